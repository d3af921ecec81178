import { useCallback, useEffect, useState } from 'react';
import { useDraft } from './drafts';

/** A record's fields as they are stored; an empty one is null there and '' in the form. */
export type Stored<Field extends string> = Readonly<Record<Field, string | null>>;
export type Typed<Field extends string> = Readonly<Record<Field, string>>;
export type FieldChanges<Field extends string> = Partial<Record<Field, { from: string | null; to: string | null }>>;

/** Both sides of a field that two people changed, and what it was before. */
export interface FieldSides {
  mine: string | null;
  theirs: string | null;
  original: string | null;
}

const fieldsOf = <Field extends string>(record: Readonly<Record<Field, unknown>>) => Object.keys(record) as Field[];

export function typedOf<Field extends string>(stored: Stored<Field>): Typed<Field> {
  return Object.fromEntries(fieldsOf(stored).map((field) => [field, stored[field] ?? ''])) as Typed<Field>;
}

/** What differs from what the form began with: the value then and the wanted one. */
export function changesOf<Field extends string>(base: Stored<Field>, typed: Typed<Field>): FieldChanges<Field> {
  const changes: FieldChanges<Field> = {};
  for (const field of fieldsOf(base)) {
    const to = typed[field].trim() || null;
    if (to !== base[field]) changes[field] = { from: base[field], to };
  }
  return changes;
}

interface Kept<Field extends string> {
  base: Stored<Field>;
  typed: Typed<Field>;
}

/** What others stored since comes in where this person has not typed. */
export function mergeFresh<Field extends string>({ base, typed }: Kept<Field>, fresh: Stored<Field>): Kept<Field> {
  const own = changesOf(base, typed);
  const merged: Record<Field, string | null> = { ...base };
  const shown: Record<Field, string> = { ...typed };
  for (const field of fieldsOf(fresh)) {
    if (own[field]) continue;
    merged[field] = fresh[field];
    shown[field] = fresh[field] ?? '';
  }
  return { base: merged, typed: shown };
}

/**
 * A form over one record that is saved field by field: what it began with, what is typed, and the draft that survives a
 * crash. `stored` is the record as others change it meanwhile.
 */
export function useComparedForm<Field extends string>(draftId: string, stored: Stored<Field>) {
  const [kept, setKept] = useState<Kept<Field>>({ base: stored, typed: typedOf(stored) });
  const changes = changesOf(kept.base, kept.typed);
  const dirty = Object.keys(changes).length > 0;
  const draft = useDraft<Kept<Field>>(draftId, kept, {
    dirty,
    onRestore: (before) => setKept(mergeFresh(before, stored)),
  });
  const content = JSON.stringify(stored);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the record's content decides, not its object
  useEffect(() => setKept((now) => mergeFresh(now, stored)), [content]);
  const set = useCallback((field: Field, value: string) => {
    setKept((now) => ({ ...now, typed: { ...now.typed, [field]: value } }));
  }, []);
  return { base: kept.base, typed: kept.typed, set, put: setKept, changes, dirty, draft };
}
