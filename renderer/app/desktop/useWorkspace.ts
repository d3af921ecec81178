import { useEffect, useRef } from 'react';
import type { Workspace } from '../../../shared/contract/session';
import { openRecord, recordOf, useRecords } from '../records';
import { client } from '../trpc';

/** Tabs are opened and closed in bursts: the desk is stored when it has been still for this long. */
const STILL_MS = 1_500;

/**
 * Brings back the records that lay open when the person left, and keeps what lies open now in the person's settings, so
 * that the next morning, or another computer, begins there. Only ids are kept; who may no longer read a record gets the
 * screen that says so. The window of a single record neither restores nor stores.
 */
export function useWorkspace(): void {
  const records = useRecords();
  const stored = useRef<Workspace | null>(null);
  const tabs = records.map(({ kind, id }) => `/${kind}/${id}`);
  const now = tabs.join(' ');

  useEffect(() => {
    let gone = false;
    void client.session.workspace.query().then(
      (workspace) => {
        if (gone) return;
        if (workspace.restore) {
          for (const place of workspace.tabs) {
            const record = recordOf(place);
            if (record) openRecord(record);
          }
        }
        stored.current = workspace;
      },
      // Without the stored desk nothing is stored either: an empty one must not take its place.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);

  useEffect(() => {
    const timer = setTimeout(() => {
      const workspace = stored.current;
      if (!workspace || workspace.tabs.join(' ') === now) return;
      const next = { ...workspace, tabs: now === '' ? [] : now.split(' ') };
      client.session.saveWorkspace.mutate(next).then(
        () => {
          stored.current = next;
        },
        // The link may be away: the next change stores all of it.
        () => undefined,
      );
    }, STILL_MS);
    return () => clearTimeout(timer);
  }, [now]);
}
