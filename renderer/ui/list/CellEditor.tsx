import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConflictDialog, type ConflictSide } from '../ConflictDialog';
import type { EditEnd } from '../editedCell';
import { showError } from '../showError';
import type { CellEdit } from './columns';
import classes from './list.module.css';
import { sayUnsaved } from './unsavedText';

/** One wish to change one cell; sent again after a lost answer it is the same act. */
export interface CellChange {
  requestId: string;
  from: string | null;
  to: string | null;
}

/** `conflict`: somebody else changed the same cell meanwhile, and nothing was stored. */
export type CellOutcome =
  | { status: 'saved' }
  | { status: 'conflict'; mine: string | null; theirs: string | null; original: string | null };

interface CellEditorProps {
  label: string;
  edit: CellEdit;
  /** What is stored now. */
  stored: string | null;
  /** Answers when the list shows what was stored; throws what showError can say. */
  save: (change: CellChange) => Promise<CellOutcome>;
  leave: (next?: EditEnd) => void;
}

/** A cell while it is edited: Enter saves, Tab saves and goes on, Esc leaves. Nothing is shown as stored before it is. */
export function CellEditor({ label, edit, stored, save, leave }: CellEditorProps) {
  const { t } = useTranslation('lists');
  const [text, setText] = useState(stored ?? '');
  /** The value the edit began with: what others store meanwhile must not pass for it. */
  const [from, setFrom] = useState(stored);
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState<Extract<CellOutcome, { status: 'conflict' }> | null>(null);
  const wish = useRef<CellChange | null>(null);
  /** The field loses the focus on leaving: that must not store once more, let alone what Esc gave up. */
  const left = useRef(false);
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const latest = useRef({ text, from, saving });
  latest.current = { text, from, saving };
  const gone = useRef(false);
  const tellUnsaved = useRef(() => {});
  tellUnsaved.current = () => sayUnsaved(label, latest.current.text, t);
  useEffect(() => {
    field.current?.focus();
    if (field.current?.tagName === 'INPUT') field.current.select();
    gone.current = false;
    const frame = document.getElementById('main');
    return () => {
      gone.current = true;
      const now = latest.current;
      if (left.current || now.saving || (now.text.normalize('NFC').trim() || null) === now.from) return;
      // The row left the list under the hand. Not after lock or sign-out, which take the whole frame: their screen is
      // anybody's.
      setTimeout(() => frame?.isConnected && tellUnsaved.current());
    };
  }, []);

  function go(next?: EditEnd) {
    left.current = true;
    leave(next);
  }
  async function store(base: string | null, to: string | null, next?: EditEnd) {
    if (saving || left.current) return;
    if (to === base) return go(next);
    if (wish.current?.from !== base || wish.current.to !== to) {
      wish.current = { requestId: crypto.randomUUID(), from: base, to };
    }
    setSaving(true);
    try {
      const outcome = await save(wish.current);
      wish.current = null;
      setSaving(false);
      if (outcome.status === 'saved') return go(next);
      if (gone.current) return tellUnsaved.current();
      setFrom(outcome.theirs);
      setConflict(outcome);
    } catch (error) {
      setSaving(false);
      showError(error);
      if (gone.current) return tellUnsaved.current();
      field.current?.focus();
    }
  }
  const typed = () => text.normalize('NFC').trim() || null;

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      go();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void store(from, typed());
    } else if (event.key === 'Tab') {
      event.preventDefault();
      void store(from, typed(), event.shiftKey ? 'previous' : 'next');
    }
  }
  function resolve(side: ConflictSide) {
    if (!conflict) return;
    const chosen = conflict[side];
    setConflict(null);
    setText(chosen ?? '');
    void store(conflict.theirs, chosen);
  }

  const shared = {
    ref: field,
    className: classes.editor,
    'aria-label': label,
    'aria-busy': saving,
    value: text,
    onKeyDown,
    // Leaving the window is no leaving of the cell; the dialog above it is asked first.
    onBlur: () => document.hasFocus() && !conflict && !saving && void store(from, typed(), 'quietly'),
  };
  const labelOf = (value: string | null) =>
    edit.by === 'choice' ? (edit.choices.find((choice) => choice.value === value)?.label ?? value) : value;
  return (
    <>
      {edit.by === 'text' ? (
        <input
          {...shared}
          type="text"
          // Not disabled: that would take the focus from under the hand.
          readOnly={saving}
          maxLength={edit.max}
          autoComplete="off"
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : (
        <select {...shared} onChange={(event) => !saving && setText(event.currentTarget.value)}>
          <option value="">{t('edit.nothing')}</option>
          {edit.choices.map(({ value, label: word }) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      )}
      {conflict && (
        <ConflictDialog
          opened
          conflicts={[
            {
              field: 'cell',
              label,
              mine: labelOf(conflict.mine),
              theirs: labelOf(conflict.theirs),
              original: labelOf(conflict.original),
            },
          ]}
          saving={saving}
          onCancel={() => {
            setConflict(null);
            field.current?.focus();
          }}
          onResolve={(choice) => resolve(choice.cell ?? 'theirs')}
        />
      )}
    </>
  );
}
