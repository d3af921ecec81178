import { Alert, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangeRecord } from '../../../shared/contract/exchanges';
import { client } from '../../app/trpc';
import { errorShape } from '../../ui/errorShape';
import { FormDrawer } from '../../ui/FormDrawer';
import { showError } from '../../ui/showError';
import { useExchangeRecorded } from './useExchangeRecorded';

const SHORTEST = 5;

/** Takes an act back: the place is as it was before it, and the act stays in the history with its reason. */
export function ReverseDrawer({ exchange, onClose }: { exchange: ExchangeRecord; onClose: () => void }) {
  const { t } = useTranslation('exchanges');
  const recorded = useExchangeRecorded();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  // One wish, one request id: sent again after a lost answer it is the same act.
  const wish = useRef<{ reason: string; requestId: string } | null>(null);
  const short = reason.trim().length < SHORTEST;
  const mutation = useMutation({
    mutationFn: () => {
      if (wish.current?.reason !== reason) wish.current = { reason, requestId: crypto.randomUUID() };
      return client.exchanges.reverse.mutate({
        id: exchange.id,
        reason: reason.trim(),
        requestId: wish.current.requestId,
      });
    },
    onSuccess: async () => {
      await recorded();
      notifications.show({ message: t('reverse.done'), icon: <IconCheck size={18} aria-hidden />, color: 'green' });
      onClose();
    },
    onError: (error) => {
      if (errorShape(error).code !== 'CONNECTION_LOST') showError(error);
    },
  });
  return (
    <FormDrawer
      opened
      title={t('reverse.title', { number: exchange.id })}
      saveLabel={t('reverse.save')}
      dirty={reason !== ''}
      saving={mutation.isPending}
      connectionLost={mutation.isError && errorShape(mutation.error).code === 'CONNECTION_LOST'}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setChecked(true);
        if (!short && !mutation.isPending) mutation.mutate();
      }}
    >
      <Stack gap="md">
        <Alert variant="light" color="yellow" icon={<IconArrowBackUp size={18} aria-hidden />} p="xs">
          {t(`reverse.consequence.${exchange.kind}`)}
        </Alert>
        <Textarea
          label={t('reverse.reason')}
          description={t('reverse.reasonHint')}
          required
          data-autofocus
          autosize
          minRows={3}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={checked && short ? t('reverse.reasonShort') : null}
        />
      </Stack>
    </FormDrawer>
  );
}
