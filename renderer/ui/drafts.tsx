import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { DraftVault, StoredDraft } from './draftVault';

const QUIET_MS = 400;
const LONGEST_MS = 2_000;

const Vault = createContext<DraftVault | null>(null);

/** Gives forms the drafts of the signed-in person; null while there is no key. */
export function DraftsProvider({ vault, children }: { vault: DraftVault | null; children: ReactNode }) {
  return <Vault value={vault}>{children}</Vault>;
}

interface DraftOptions<T> {
  /** Whether the form differs from what is stored; an unchanged form keeps no draft. */
  dirty: boolean;
  /** Called once with what an earlier visit left behind. Put it into the form. */
  onRestore: (values: T, savedAt: Date) => void;
}

interface Draft {
  /** False until the vault was asked: show the form only then, or a restore would overwrite typing. */
  ready: boolean;
  savedAt: Date | null;
  /** When the restored draft was saved; null when there was none. */
  restoredAt: Date | null;
  /** Forgets the draft: call after a successful save and on discard, never otherwise. */
  discard: () => Promise<void>;
}

/**
 * Keeps what is typed into a form on this workstation, encrypted, until it is saved or discarded. Written 400 ms after
 * the last key (at the latest 2 s after the first), when the window is hidden or left, and when the form goes away.
 */
export function useDraft<T extends object>(formId: string, values: T, options: DraftOptions<T>): Draft {
  const vault = useContext(Vault);
  const [ready, setReady] = useState(false);
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const [restoredAt, setRestoredAt] = useState<Date | null>(null);
  const latest = useRef({ values, options });
  const firstChange = useRef<number | null>(null);
  const text = JSON.stringify(values);
  const written = useRef<string | null>(null);
  const writing = useRef<Promise<unknown>>(Promise.resolve());
  /** A draft lies in the vault: typing back to the stored values must overwrite it, or it would come back. */
  const kept = useRef(false);

  useEffect(() => {
    latest.current = { values, options };
  });

  useEffect(() => {
    if (!vault) return;
    let gone = false;
    void vault
      .load<T>(formId)
      .catch(() => null)
      .then((stored) => {
        if (gone) return;
        if (stored) {
          written.current = JSON.stringify(stored.values);
          kept.current = true;
          latest.current.options.onRestore(stored.values, stored.savedAt);
          setRestoredAt(stored.savedAt);
          setSavedAt(stored.savedAt);
        }
        setReady(true);
      });
    return () => {
      gone = true;
    };
  }, [vault, formId]);

  const write = useCallback(() => {
    const now = latest.current;
    const typed = JSON.stringify(now.values);
    if (!vault || !(now.options.dirty || kept.current) || typed === written.current) return;
    written.current = typed;
    kept.current = true;
    firstChange.current = null;
    writing.current = vault.save(formId, now.values).then(setSavedAt, () => {
      // Storage refused (full, private mode): the next key tries again.
      written.current = null;
    });
  }, [vault, formId]);

  useEffect(() => {
    if (!ready || !(options.dirty || kept.current) || text === written.current) return;
    firstChange.current ??= Date.now();
    const wait = Math.min(QUIET_MS, Math.max(0, firstChange.current + LONGEST_MS - Date.now()));
    const timer = setTimeout(write, wait);
    return () => clearTimeout(timer);
  }, [ready, options.dirty, text, write]);

  useEffect(() => {
    if (!ready) return;
    const onHide = () => document.visibilityState === 'hidden' && write();
    window.addEventListener('pagehide', write);
    document.addEventListener('visibilitychange', onHide);
    return () => {
      window.removeEventListener('pagehide', write);
      document.removeEventListener('visibilitychange', onHide);
      // Lock and sign-out take the form away: the vault still has the key for this last write.
      write();
    };
  }, [ready, write]);

  const discard = useCallback(async () => {
    // What stands in the form now is dealt with; going away must not write it again.
    written.current = JSON.stringify(latest.current.values);
    firstChange.current = null;
    kept.current = false;
    // A write under way would put the draft back after it was removed.
    await writing.current;
    await vault?.remove(formId);
    setSavedAt(null);
    setRestoredAt(null);
  }, [vault, formId]);

  return { ready: ready || !vault, savedAt, restoredAt, discard };
}

/** The draft an earlier visit left for a form, to offer it; undefined while asking, null when there is none. */
export function useStoredDraft<T>(formId: string): StoredDraft<T> | null | undefined {
  const vault = useContext(Vault);
  const [stored, setStored] = useState<StoredDraft<T> | null>();
  useEffect(() => {
    if (!vault) return setStored(null);
    let gone = false;
    void vault
      .load<T>(formId)
      .catch(() => null)
      .then((draft) => !gone && setStored(draft));
    return () => {
      gone = true;
    };
  }, [vault, formId]);
  return stored;
}
