import { Modal, Table } from '@mantine/core';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from './Keys';
import { isTyping, pressed } from './shortcutKeys';

interface Shortcut {
  keys: string;
  label: string;
}

interface ShortcutOptions {
  enabled?: boolean;
  /** Also while a dialog lies over the caller. */
  everywhere?: boolean;
  /** Also while the person types in a field; the default for shortcuts with Ctrl or Alt. */
  whileTyping?: boolean;
  /** Goes before the same keys of the frame around the caller. */
  first?: boolean;
}

interface Registry {
  add(shortcut: Shortcut): () => void;
}

const Shortcuts = createContext<Registry>({ add: () => () => undefined });

const SingleKeys = createContext(true);

/** Says whether shortcuts of a single sign work: who dictates, or types by accident, switches them off (WCAG 2.1.4). */
export function SingleKeysProvider({ enabled, children }: { enabled: boolean; children: ReactNode }) {
  return <SingleKeys value={enabled}>{children}</SingleKeys>;
}

/** The layers on screen, the topmost last; 0 is the screen itself. */
const layers = [0];
let nextLayer = 1;
const Layer = createContext(0);

/** Put around what a dialog holds: while it is there, the shortcuts below it rest. */
export function ShortcutLayer({ children }: { children: ReactNode }) {
  const [layer] = useState(() => nextLayer++);
  useEffect(() => {
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, [layer]);
  return <Layer value={layer}>{children}</Layer>;
}

/** Collects the shortcuts of what is on screen and shows them with `?`. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [known, setKnown] = useState<readonly Shortcut[]>([]);
  const [open, setOpen] = useState(false);
  const registry = useMemo<Registry>(
    () => ({
      add: (shortcut) => {
        setKnown((all) => [...all, shortcut]);
        return () => setKnown((all) => all.filter((each) => each !== shortcut));
      },
    }),
    [],
  );
  return (
    <Shortcuts value={registry}>
      {children}
      <CheatSheet opened={open} onOpen={() => setOpen(true)} onClose={() => setOpen(false)} known={known} />
    </Shortcuts>
  );
}

interface CheatSheetProps {
  opened: boolean;
  onOpen: () => void;
  onClose: () => void;
  known: readonly Shortcut[];
}

function CheatSheet({ opened, onOpen, onClose, known }: CheatSheetProps) {
  const { t } = useTranslation('ui');
  useShortcut('?', t('shortcuts.help'), onOpen);
  // The same shortcut of several lists on one screen is one line.
  const lines = [...new Map(known.map((each) => [`${each.keys} ${each.label}`, each])).values()];
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <ShortcutLayer>
        <Table>
          <Table.Tbody>
            {lines.map(({ keys, label }) => (
              <Table.Tr key={`${keys} ${label}`}>
                <Table.Td>{label}</Table.Td>
                <Table.Td ta="right">
                  <Keys keys={keys} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ShortcutLayer>
    </Modal>
  );
}

/** Runs `act` on a key press and lists it in the cheat sheet while the caller is on screen. */
export function useShortcut(keys: string, label: string, act: () => void, options: ShortcutOptions = {}): void {
  const singleKeys = useContext(SingleKeys);
  const { everywhere = false, whileTyping = /^(Ctrl|Alt)\+/.test(keys), first = false } = options;
  const enabled = (options.enabled ?? true) && (singleKeys || keys.length > 1);
  const { add } = useContext(Shortcuts);
  const layer = useContext(Layer);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => (enabled ? add({ keys, label }) : undefined), [enabled, keys, label, add]);
  useEffect(() => {
    if (!enabled) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !pressed(event, keys)) return;
      if (!everywhere && layers.at(-1) !== layer) return;
      if (!whileTyping && isTyping(event.target)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey, first);
    return () => window.removeEventListener('keydown', onKey, first);
  }, [enabled, everywhere, first, keys, layer, whileTyping]);
}

/** Lists keys in the cheat sheet that the caller handles itself. */
export function useListedKeys(shortcuts: readonly Shortcut[]): void {
  const { add } = useContext(Shortcuts);
  useEffect(() => {
    const removals = shortcuts.map((shortcut) => add(shortcut));
    return () => {
      for (const remove of removals) remove();
    };
  }, [add, shortcuts]);
}
