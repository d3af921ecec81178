import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';

/** How long the way back is offered, ms. */
const OFFERED_MS = 10_000;

/** Says what was done, with a button that takes it back. */
export function undoNotice(message: string, undo: string, onUndo: () => void): void {
  const id = notifications.show({
    autoClose: OFFERED_MS,
    color: 'green',
    icon: <IconCheck size={18} aria-hidden />,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <span>{message}</span>
        <Button
          size="compact-xs"
          variant="default"
          flex="none"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => {
            notifications.hide(id);
            onUndo();
          }}
        >
          {undo}
        </Button>
      </Group>
    ),
  });
}
