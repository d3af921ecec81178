import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { foldedWords } from '../../../shared/domain/fold';

/** An act or a screen that can be called by its name from the search box. */
export interface Command {
  id: string;
  label: string;
  /** Its keys, where it has any. */
  keys?: string;
  run: () => void;
}

interface Registry {
  known: readonly Command[];
  add(command: Command): () => void;
}

const Commands = createContext<Registry>({ known: [], add: () => () => undefined });

/** What the field begins with to ask for commands alone. */
export const COMMAND_SIGN = '>';
const MOST = 5;

/** Collects the commands of the shell and of the screen that is open. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const [known, setKnown] = useState<readonly Command[]>([]);
  const registry = useMemo<Registry>(
    () => ({
      known,
      add: (command) => {
        setKnown((all) => [...all.filter(({ id }) => id !== command.id), command]);
        return () => setKnown((all) => all.filter((each) => each !== command));
      },
    }),
    [known],
  );
  return <Commands value={registry}>{children}</Commands>;
}

/** Offers a command while the caller is on screen. */
export function useCommand({ id, label, keys, run }: Command, enabled = true): void {
  const { add } = useContext(Commands);
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const addCommand = useRef(add);
  useEffect(() => {
    if (!enabled) return;
    return addCommand.current({ id, label, ...(keys ? { keys } : {}), run: () => latest.current() });
  }, [id, label, keys, enabled]);
}

/** The commands a text asks for: after `>` all whose words begin so, else the first few, from two letters on. */
export function matchingCommands(known: readonly Command[], text: string): readonly Command[] {
  const asked = text.trim();
  const alone = asked.startsWith(COMMAND_SIGN);
  const words = foldedWords(alone ? asked.slice(1) : asked);
  if (!alone && (words.length === 0 || words.join('').length < 2)) return [];
  const found = known.filter(({ label }) => {
    const own = foldedWords(label);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  });
  return alone ? found : found.slice(0, MOST);
}

export function useMatchingCommands(text: string): readonly Command[] {
  const { known } = useContext(Commands);
  return useMemo(() => matchingCommands(known, text), [known, text]);
}
