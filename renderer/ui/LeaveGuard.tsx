import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ShortcutLayer } from './shortcuts';

/** What is asked where nothing is kept as a draft. */
interface LeaveWords {
  title: string;
  text: string;
  leave: string;
  stay: string;
}

interface LeaveGuardProps {
  /** Whether there is something to lose by leaving. */
  dirty: boolean;
  /** Whether the form is still there at the place that one goes to. */
  stays: (place: { pathname: string; search: object }) => boolean;
  /** Instead of what is said of a draft. */
  words?: LeaveWords;
}

/**
 * Asks before a screen with unsaved changes is left by link, key or the back button. Closing the window is not held
 * up: the draft is kept, and an Electron window would not close at all without a word.
 */
export function LeaveGuard({ dirty, stays, words }: LeaveGuardProps) {
  const { t } = useTranslation('ui');
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => dirty && !stays({ pathname: next.pathname, search: next.search }),
    enableBeforeUnload: false,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  const { title, text, leave, stay } = words ?? {
    title: t('drawer.unsaved'),
    text: t('drawer.unsavedHint'),
    leave: t('drawer.leaveDraft'),
    stay: t('drawer.keepEditing'),
  };
  return (
    <Modal opened onClose={blocker.reset} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <ShortcutLayer>
        <Text>{text}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={blocker.proceed}>
            {leave}
          </Button>
          <Button data-autofocus onClick={blocker.reset}>
            {stay}
          </Button>
        </Group>
      </ShortcutLayer>
    </Modal>
  );
}
