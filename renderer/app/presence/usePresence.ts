import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { PRESENCE_LIFE_SECONDS, type Presence } from '../../../shared/contract/presence';
import { client, trpc } from '../trpc';

/** A sign of life at least every third of the time after which one is thought to have left. */
const TOUCH_MS = (PRESENCE_LIFE_SECONDS * 1000) / 3;

/**
 * Says that this person has a record (`customers:12`) open, or in edit, for as long as the caller is on screen. It only
 * informs: nobody is ever kept from anything, and what cannot be said now is said by the next sign.
 */
export function usePresence(record: string, editing: boolean): void {
  useEffect(() => {
    const touch = () => {
      if (document.visibilityState === 'visible') {
        client.presence.touch.mutate({ record, editing }).catch(() => undefined);
      }
    };
    touch();
    const timer = setInterval(touch, TOUCH_MS);
    document.addEventListener('visibilitychange', touch);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', touch);
    };
  }, [record, editing]);
  useEffect(
    () => () => {
      client.presence.leave.mutate({ record }).catch(() => undefined);
    },
    [record],
  );
}

/** Who else has records open, asked in one question for all marks on screen; people who left fade out by themselves. */
export function useOthers(): readonly Presence[] {
  const present = useQuery(
    trpc.presence.list.queryOptions(
      {},
      { refetchInterval: TOUCH_MS, select: ({ present: all }) => all.filter(({ own }) => !own) },
    ),
  );
  return present.data ?? NOBODY;
}

const NOBODY: readonly Presence[] = [];
