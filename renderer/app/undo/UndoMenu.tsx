import { ActionIcon, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { UndoStep } from '../../../shared/contract/lists';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { ShortcutLayer, useShortcut } from '../../ui/shortcuts';
import { trpc } from '../trpc';
import { useStepWords } from './stepWords';
import classes from './UndoMenu.module.css';
import { useUndo } from './useUndo';

/**
 * The person's last acts by name, each of which can be taken back while nobody changed the same since. Ctrl+Z takes the
 * newest back; in a text field it stays the field's own.
 */
export function UndoMenu() {
  const { t } = useTranslation('undo');
  const [opened, menu] = useDisclosure(false);
  const stack = useQuery(trpc.undo.stack.queryOptions(undefined, { enabled: opened, staleTime: 0 }));
  const steps = stack.data?.steps ?? [];
  const { undo, undoNewest, undoing } = useUndo();
  useShortcut('Ctrl+Z', t('newest'), () => undoing || void undoNewest(), { whileTyping: false });
  return (
    <Popover
      opened={opened}
      onChange={menu.toggle}
      position="bottom-end"
      width="22rem"
      trapFocus
      returnFocus
      withinPortal={false}
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('title')}
          title={t('title')}
          onClick={menu.toggle}
        >
          <IconArrowBackUp size={20} stroke={1.6} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <ShortcutLayer>
          <Text fw={600} px="xs" pb={4}>
            {t('title')}
          </Text>
          {stack.isError && <ErrorState error={stack.error} onRetry={() => void stack.refetch()} />}
          {stack.isSuccess && steps.length === 0 && (
            <Text size="sm" c="dimmed" px="xs" pb="xs">
              {t('empty')}
            </Text>
          )}
          <Stack gap={0} className={classes.steps}>
            {steps.map((step) => (
              <Step
                key={step.id}
                step={step}
                disabled={undoing}
                onUndo={() => {
                  menu.close();
                  void undo(step);
                }}
              />
            ))}
          </Stack>
        </ShortcutLayer>
      </Popover.Dropdown>
    </Popover>
  );
}

function Step({ step, disabled, onUndo }: { step: UndoStep; disabled: boolean; onUndo: () => void }) {
  const { t } = useTranslation('undo');
  const format = useFormat();
  const words = useStepWords();
  const open = step.state === 'open';
  const state = step.state === 'open' ? '' : ` · ${t(`state.${step.state}`)}`;
  return (
    <UnstyledButton className={classes.step} disabled={!open || disabled} onClick={onUndo}>
      <Text size="sm">{words(step)}</Text>
      <Text size="xs" c="dimmed">
        {format.dateTime(step.at)}
        {state}
      </Text>
    </UnstyledButton>
  );
}
