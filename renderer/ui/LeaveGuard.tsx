import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ShortcutLayer } from './shortcuts';

interface LeaveGuardProps {
  /** Whether there is something to lose by leaving. */
  dirty: boolean;
  /** Whether the form is still there at the place that one goes to. */
  stays: (place: { pathname: string; search: object }) => boolean;
}

/**
 * Asks before a screen with unsaved changes is left by link, key or the back button. Closing the window is not held
 * up: the draft is kept, and an Electron window would not close at all without a word.
 */
export function LeaveGuard({ dirty, stays }: LeaveGuardProps) {
  const { t } = useTranslation('ui');
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => dirty && !stays({ pathname: next.pathname, search: next.search }),
    enableBeforeUnload: false,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Modal opened onClose={blocker.reset} title={t('drawer.unsaved')} closeButtonProps={{ 'aria-label': t('close') }}>
      <ShortcutLayer>
        <Text>{t('drawer.unsavedHint')}</Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={blocker.proceed}>
            {t('drawer.leaveDraft')}
          </Button>
          <Button data-autofocus onClick={blocker.reset}>
            {t('drawer.keepEditing')}
          </Button>
        </Group>
      </ShortcutLayer>
    </Modal>
  );
}
