import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { client, trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

export type MailAct = 'cancel' | 'hold' | 'release' | 'confirm';

/** Cancels, holds, releases or confirms a message and says so. One act at a time per message. */
export function useMailActs(): (act: MailAct, id: string) => void {
  const { t } = useTranslation('mail');
  const queries = useQueryClient();
  const busy = useRef(new Set<string>());
  return useCallback(
    (act, id) => {
      if (busy.current.has(id)) return;
      busy.current.add(id);
      client.mail[act]
        .mutate({ id, requestId: crypto.randomUUID() })
        .then(() => notifications.show({ message: t(`done.${act}`), color: 'green' }), showError)
        .finally(() => {
          busy.current.delete(id);
          void queries.invalidateQueries(trpc.mail.pathFilter());
        });
    },
    [queries, t],
  );
}
