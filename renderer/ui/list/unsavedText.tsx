import { Button, CopyButton, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { TFunction } from 'i18next';

/** Says that the text of a cell was not stored since its row is no longer in the list, and offers it to be copied. */
export function sayUnsaved(label: string, text: string, t: TFunction<'lists'>): void {
  notifications.show({
    role: 'alert',
    color: 'yellow',
    title: t('edit.rowGone'),
    // Until it is put away: what was typed stands nowhere else.
    autoClose: false,
    message: (
      <>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text c="var(--mantine-color-text)" style={{ overflowWrap: 'anywhere' }}>
            {text}
          </Text>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                size="compact-xs"
                variant="default"
                flex="none"
                leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
                onClick={copy}
              >
                {t(copied ? 'edit.copied' : 'edit.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </>
    ),
  });
}
