import { notifications } from '@mantine/notifications';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangePlace } from '../../../shared/contract/exchanges';
import { client } from '../../app/trpc';
import { errorShape } from '../../ui/errorShape';
import { showError } from '../../ui/showError';
import { actOf, type ExchangeValues } from './exchangeForm';
import { useExchangeRecorded } from './useExchangeRecorded';

interface RecordOptions {
  place: ExchangePlace;
  orderId: string | null;
  draft: { discard: () => Promise<void> };
}

/**
 * Saves the act once, however often it is sent: one wish has one request id. Afterwards a technician is back where the order
 * was opened; anybody else sees the act. Where a colleague was quicker, their act is shown and said to be theirs.
 */
export function useRecord({ place, orderId, draft }: RecordOptions) {
  const { t } = useTranslation('exchanges');
  const navigate = useNavigate();
  const router = useRouter();
  const recorded = useExchangeRecorded();
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  const [done, setDone] = useState(false);
  const mutation = useMutation({
    mutationFn: (values: ExchangeValues) => {
      const content = JSON.stringify(values);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      return client.exchanges.record.mutate(actOf(values, place, orderId, wish.current.requestId));
    },
    onSuccess: async ({ id, kind, already }) => {
      setDone(true);
      await draft.discard();
      await recorded();
      notifications.show(
        already
          ? {
              message: t('form.already'),
              icon: <IconInfoCircle size={18} aria-hidden />,
              color: 'yellow',
              autoClose: false,
            }
          : { message: t(`form.done.${kind}`), icon: <IconCheck size={18} aria-hidden />, color: 'green' },
      );
      if (orderId && !already && router.history.canGoBack()) router.history.back();
      else await navigate({ to: '/exchanges/$id', params: { id }, replace: true });
    },
    onError: (error) => {
      // Said in the form, which keeps what was typed.
      if (errorShape(error).code !== 'CONNECTION_LOST') showError(error);
    },
  });
  return {
    record: mutation.mutate,
    busy: mutation.isPending,
    done,
    connectionLost: mutation.isError && errorShape(mutation.error).code === 'CONNECTION_LOST',
  };
}
