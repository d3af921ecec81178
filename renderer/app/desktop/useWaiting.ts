import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { host } from '../host';
import { trpc } from '../trpc';

/** A task falls due at midnight, without anybody writing a row. */
const LOOK_EVERY_MS = 5 * 60_000;

/**
 * Shows how many tasks wait for this person on the program's icon, and tells when more came while the person is
 * elsewhere. A notice may stand beside a locked session: it holds a count, no title and no name.
 */
export function useWaiting(): void {
  const { t } = useTranslation('shell');
  const counters = useQuery(trpc.tasks.counters.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS }));
  const open = counters.data ? counters.data.open + counters.data.substituted : undefined;
  const before = useRef<number>(undefined);
  useEffect(() => {
    if (open === undefined) return;
    void host.setBadge(open);
    const more = before.current !== undefined && open > before.current;
    before.current = open;
    if (more && !document.hasFocus()) {
      void host.notify({ title: 'IBOK Desk', text: t('waiting.tasks', { count: open }), place: '/tasks' });
    }
  }, [open, t]);
  useEffect(() => () => void host.setBadge(0), []);
}
