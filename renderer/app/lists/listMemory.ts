import { useCallback, useSyncExternalStore } from 'react';
import type { ListName, ListQuestion, ViewState } from '../../../shared/contract/lists';
import { useSession } from '../session';

/** What a window remembers of one list. */
interface ListMemory {
  /** The saved view it shows, and how it stands now; null is the standard, untouched. */
  viewId: string | null;
  state: ViewState | null;
  /** The list a record was opened from, and where in it. */
  walked: ListQuestion | null;
  at: { key: string; index: number } | null;
}

const NOTHING: ListMemory = { viewId: null, state: null, walked: null, at: null };

/**
 * Words and values of filters may name a person, so they stand neither in the address nor in storage: they live in this
 * window's memory, per person, and survive a lock but not another's sign-in. What should last longer is a saved view.
 */
let memory: { login: string; lists: Partial<Record<ListName, ListMemory>> } = { login: '', lists: {} };
const listeners = new Set<() => void>();

function of(login: string, list: ListName): ListMemory {
  if (memory.login !== login) memory = { login, lists: {} };
  return memory.lists[list] ?? NOTHING;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What this window remembers of a list, and how it learns more. */
export function useListMemory(list: ListName) {
  const { login } = useSession().user;
  const kept = useSyncExternalStore(subscribe, () => of(login, list));
  const remember = useCallback(
    (part: Partial<ListMemory>) => {
      const next = { ...of(login, list), ...part };
      memory = { login, lists: { ...memory.lists, [list]: next } };
      for (const listener of listeners) listener();
    },
    [login, list],
  );
  return { ...kept, remember };
}
