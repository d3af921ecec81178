import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../../app/trpc';
import { ShortcutLayer } from '../../ui/shortcuts';
import { showError } from '../../ui/showError';

/** Asks why an order is no longer needed. */
export function CancelOrder({ id, onClose }: { id: string; onClose: (cancelled: boolean) => void }) {
  const { t } = useTranslation(['orders', 'ui']);
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const requestId = useRef(crypto.randomUUID());
  const cancel = useMutation({
    mutationFn: () => client.orders.cancel.mutate({ id, reason: reason.trim(), requestId: requestId.current }),
    onSuccess: async () => {
      notifications.show({ message: t('cancel.done'), color: 'green' });
      await queries.invalidateQueries(trpc.orders.pathFilter());
      onClose(true);
    },
    onError: showError,
  });
  return (
    <Modal
      opened
      onClose={() => onClose(false)}
      title={t('cancel.title', { number: id })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ShortcutLayer>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim()) cancel.mutate();
          }}
        >
          <Stack gap="md">
            <Text>{t('cancel.text')}</Text>
            <TextInput
              label={t('cancel.reason')}
              data-autofocus
              required
              autoComplete="off"
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => onClose(false)}>
                {t('ui:back')}
              </Button>
              <Button type="submit" color="red" loading={cancel.isPending} disabled={!reason.trim()}>
                {t('cancel.confirm')}
              </Button>
            </Group>
          </Stack>
        </form>
      </ShortcutLayer>
    </Modal>
  );
}
