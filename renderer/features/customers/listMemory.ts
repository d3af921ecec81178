import { useSyncExternalStore } from 'react';
import { useSession } from '../../app/session';
import type { ListQuestion } from './listSearch';

/**
 * The words filtered by and the list a record was opened from. They may name a person, so they stand neither in the
 * address nor in storage: they live in this window's memory, per person, and survive a lock but not another's sign-in.
 */
interface Memory {
  login: string;
  words: string;
  walked: ListQuestion | null;
  /** The record opened last: the list comes back to it. */
  at: string | null;
}

let memory: Memory = { login: '', words: '', walked: null, at: null };
const listeners = new Set<() => void>();

function of(login: string): Memory {
  if (memory.login !== login) memory = { login, words: '', walked: null, at: null };
  return memory;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The words the list is filtered by, the list a record was opened from, and their setters. */
export function useListMemory() {
  const { login } = useSession().user;
  const { words, walked, at } = useSyncExternalStore(subscribe, () => of(login));
  const set = (part: Partial<Memory>) => {
    memory = { ...of(login), ...part };
    for (const listener of listeners) listener();
  };
  return {
    words,
    setWords: (next: string) => set({ words: next }),
    walked,
    at,
    /** Called when a record is opened, for the keys "next" and "previous" inside it. */
    rememberList: (question: ListQuestion, id: string) => set({ walked: question, at: id }),
  };
}
