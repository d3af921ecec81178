import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../ui/permissions';
import { host } from '../host';
import { trpc } from '../trpc';

/** A task falls due at midnight, without anybody writing a row. */
const LOOK_EVERY_MS = 5 * 60_000;

/**
 * Shows how many tasks and requests for approval wait for this person on the program's icon, and tells when more came
 * while the person is elsewhere. A notice may stand beside a locked session: it holds a count, no title and no name.
 */
export function useWaiting(): void {
  const { t } = useTranslation('shell');
  const decides = useMay('approvals.decide');
  const tasks = useQuery(trpc.tasks.counters.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS })).data;
  const requests = useQuery(
    trpc.approvals.counters.queryOptions(undefined, { refetchInterval: LOOK_EVERY_MS, enabled: decides }),
  ).data;
  const decidesRegistrations = useMay('registrations.approve');
  const registrations = useQuery(
    trpc.registrations.counters.queryOptions(undefined, {
      refetchInterval: LOOK_EVERY_MS,
      enabled: decidesRegistrations,
    }),
  ).data;
  const open = tasks && tasks.open + tasks.substituted;
  const waiting = decides ? requests?.waiting : 0;
  useEffect(() => {
    if (open !== undefined && waiting !== undefined) void host.setBadge(open + waiting);
  }, [open, waiting]);
  useMoreNotice(open, (count) => t('waiting.tasks', { count }), '/tasks');
  useMoreNotice(waiting, (count) => t('waiting.approvals', { count }), '/approvals');
  useMoreNotice(registrations?.open, (count) => t('waiting.registrations', { count }), '/registrations');
  useEffect(() => () => void host.setBadge(0), []);
}

/** A notice of the desktop whenever a count rises while the window has no focus. */
function useMoreNotice(count: number | undefined, text: (count: number) => string, place: string): void {
  const before = useRef<number>(undefined);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  useEffect(() => {
    if (count === undefined) return;
    const more = before.current !== undefined && count > before.current;
    before.current = count;
    if (more && !document.hasFocus()) void host.notify({ title: 'IBOK Desk', text: latest.current(count), place });
  }, [count, place]);
}
