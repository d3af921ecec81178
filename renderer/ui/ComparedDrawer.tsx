import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { ConflictDialog, type ConflictSide } from './ConflictDialog';
import {
  changesOf,
  type FieldChanges,
  type FieldSides,
  type Stored,
  type Typed,
  useComparedForm,
} from './comparedForm';
import { errorShape } from './errorShape';
import { FormDrawer } from './FormDrawer';
import { LeaveGuard } from './LeaveGuard';
import { showError } from './showError';

type Answer<Field extends string> =
  | { status: 'saved' }
  | { status: 'conflict'; fields: Partial<Record<Field, FieldSides>> };

interface ComparedDrawerProps<Field extends string> {
  title: string;
  /** The record as it stands; what others store meanwhile comes in where this person has not typed. */
  stored: Stored<Field>;
  /** Names of the fields, for the question whose value stays. */
  labels: Readonly<Record<Field, string>>;
  /** A value as people read it. */
  shown?: (field: Field, value: string) => string;
  draftId: string;
  /** Field → what is wrong with it. */
  validate?: (typed: Typed<Field>) => Partial<Record<Field, string>>;
  /** One wish, one request id: sent again after a lost answer it is the same act. */
  save: (changes: FieldChanges<Field>, requestId: string) => Promise<Answer<Field>>;
  onSaved: () => void;
  onClose: () => void;
  size?: string;
  children: (form: {
    typed: Typed<Field>;
    set: (field: Field, value: string) => void;
    errors: Partial<Record<Field, string>>;
  }) => ReactNode;
}

/** A form beside a record: kept as a draft, saved field by field, asking only where two people changed the same one. */
export function ComparedDrawer<Field extends string>(props: ComparedDrawerProps<Field>) {
  const { title, stored, labels, shown = (_, value) => value, draftId, validate, onClose } = props;
  const form = useComparedForm(draftId, stored);
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});
  const [sides, setSides] = useState<Partial<Record<Field, FieldSides>> | null>(null);
  const wish = useRef<{ content: string; requestId: string } | null>(null);
  // Leaving on purpose (saved, discarded, draft kept) is not asked about again.
  const leaving = useRef(false);
  const leave = () => {
    leaving.current = true;
    onClose();
  };
  const mutation = useMutation({
    mutationFn: (changes: FieldChanges<Field>) => {
      const content = JSON.stringify(changes);
      if (wish.current?.content !== content) wish.current = { content, requestId: crypto.randomUUID() };
      return props.save(changes, wish.current.requestId);
    },
    onSuccess: async (answer) => {
      wish.current = null;
      if (answer.status === 'conflict') return setSides(answer.fields);
      await form.draft.discard();
      props.onSaved();
      leave();
    },
    onError: (error) => {
      // Said in the form, which keeps what was typed.
      if (errorShape(error).code !== 'CONNECTION_LOST') showError(error);
    },
  });

  const submit = () => {
    const found = validate?.(form.typed) ?? {};
    setErrors(found);
    if (Object.keys(found).length > 0 || mutation.isPending) return;
    if (form.dirty) mutation.mutate(form.changes);
    else leave();
  };
  const discard = () => void form.draft.discard().then(leave);
  const resolve = (choice: Record<string, ConflictSide>) => {
    if (!sides) return;
    const base: Record<Field, string | null> = { ...form.base };
    const typed: Record<Field, string> = { ...form.typed };
    for (const field of Object.keys(sides) as Field[]) {
      const values = sides[field];
      if (!values) continue;
      base[field] = values.theirs;
      typed[field] = values[choice[field] ?? 'mine'] ?? '';
    }
    form.put({ base, typed });
    setSides(null);
    const left = changesOf(base, typed);
    if (Object.keys(left).length > 0) mutation.mutate(left);
    else discard();
  };
  const conflicts = useMemo(
    () =>
      (Object.keys(sides ?? {}) as Field[]).flatMap((field) => {
        const values = sides?.[field];
        if (!values) return [];
        const words = (value: string | null) => (value === null ? null : shown(field, value));
        const said = { mine: words(values.mine), theirs: words(values.theirs), original: words(values.original) };
        return [{ field, label: labels[field], ...said }];
      }),
    [sides, labels, shown],
  );

  if (!form.draft.ready) return null;
  return (
    <>
      <FormDrawer
        opened
        title={title}
        onSubmit={submit}
        onClose={leave}
        onDiscard={discard}
        dirty={form.dirty}
        saving={mutation.isPending}
        connectionLost={mutation.isError && errorShape(mutation.error).code === 'CONNECTION_LOST'}
        draftSavedAt={form.draft.savedAt}
        draftRestoredAt={form.draft.restoredAt}
        size={props.size}
      >
        {props.children({ typed: form.typed, set: form.set, errors })}
      </FormDrawer>
      <ConflictDialog
        opened={sides !== null}
        conflicts={conflicts}
        saving={mutation.isPending}
        onResolve={resolve}
        onCancel={() => setSides(null)}
      />
      <LeaveGuard dirty={form.dirty} stays={() => leaving.current} />
    </>
  );
}
