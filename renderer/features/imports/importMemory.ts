import { useSyncExternalStore } from 'react';
import type { CheckedImport, ImportMode } from '../../../shared/contract/imports';
import { useSession } from '../../app/session';

/** A run that was asked for. The request id stays with it: sent again after a lost answer it is the same import. */
export interface AskedRun {
  mode: ImportMode;
  requestId: string;
  /** The import that was cut off and goes on. */
  resume?: string;
}

/**
 * The checked file and its run, kept while the person works on other screens. It shows rows of persons, so it lives in
 * this window's memory only and ends with the session.
 */
interface Memory {
  login: string;
  checked: CheckedImport | null;
  run: AskedRun | null;
}

let memory: Memory = { login: '', checked: null, run: null };
const listeners = new Set<() => void>();

function of(login: string): Memory {
  if (memory.login !== login) memory = { login, checked: null, run: null };
  return memory;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The import of this window and its setter. */
export function useImportMemory() {
  const { login } = useSession().user;
  const { checked, run } = useSyncExternalStore(subscribe, () => of(login));
  const remember = (part: Partial<Pick<Memory, 'checked' | 'run'>>) => {
    memory = { ...of(login), ...part };
    for (const listener of listeners) listener();
  };
  return { checked, run, remember };
}
