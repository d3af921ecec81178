import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddMeterInput } from '../../../shared/contract/meters';
import { client, trpc } from '../../app/trpc';
import { errorSentence, showError } from '../../ui/showError';

/** A meter scanned on this screen, and what became of it. */
export interface AcceptedMeter {
  /** The request id: sent again after a lost answer it is the same meter. */
  key: string;
  factoryNo: string;
  typeLabel: string;
  mark: string | null;
  state: 'saving' | 'ok' | 'failed' | 'undone';
  id: string | null;
  until: string | null;
  /** How many other meters in use bear the number. */
  twins: number;
  refusal: string | null;
  sent: AddMeterInput;
}

/**
 * Accepts meters one after the other without keeping the scanner waiting: each is in the list at once, and says there
 * whether it is stored. `announce` is what a screen reader hears.
 */
export function useAccept(announce: (words: string) => void) {
  const { t } = useTranslation('meters');
  const queries = useQueryClient();
  const [rows, setRows] = useState<readonly AcceptedMeter[]>([]);
  const change = useCallback(
    (key: string, to: Partial<AcceptedMeter>) =>
      setRows((now) => now.map((row) => (row.key === key ? { ...row, ...to } : row))),
    [],
  );
  const send = useCallback(
    async (sent: AddMeterInput) => {
      const { requestId: key, factoryNo } = sent;
      change(key, { state: 'saving', refusal: null });
      try {
        const { id, twins, legalization } = await client.meters.add.mutate(sent);
        change(key, { state: 'ok', id, twins: twins.length, until: legalization?.validUntil ?? null });
        announce(t(twins.length > 0 ? 'accept.saidTwin' : 'accept.said', { factoryNo }));
        void queries.invalidateQueries(trpc.meters.pathFilter());
      } catch (error) {
        change(key, { state: 'failed', refusal: errorSentence(error) });
        announce(t('accept.saidFailed', { factoryNo }));
      }
    },
    [announce, change, queries, t],
  );
  const accept = useCallback(
    (sent: AddMeterInput, typeLabel: string) => {
      const row: AcceptedMeter = {
        key: sent.requestId,
        factoryNo: sent.factoryNo,
        typeLabel,
        mark: sent.mark?.raw ?? null,
        state: 'saving',
        id: null,
        until: null,
        twins: 0,
        refusal: null,
        sent,
      };
      setRows((now) => [row, ...now]);
      void send(sent);
    },
    [send],
  );
  const undo = useCallback(
    async (row: AcceptedMeter) => {
      if (!row.id) return;
      try {
        await client.meters.move.mutate({
          id: row.id,
          kind: 'scrapped',
          on: row.sent.acceptedOn,
          reason: t('accept.undoReason'),
          place: null,
          requestId: crypto.randomUUID(),
        });
        change(row.key, { state: 'undone' });
        void queries.invalidateQueries(trpc.meters.pathFilter());
      } catch (error) {
        showError(error);
      }
    },
    [change, queries, t],
  );
  return {
    rows,
    accept,
    retry: (row: AcceptedMeter) => void send(row.sent),
    undo: (row: AcceptedMeter) => void undo(row),
  };
}
