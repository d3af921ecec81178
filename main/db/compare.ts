/** A field as it was when the form opened, and as it is wanted. */
export interface FieldChange {
  from: string | null;
  to: string | null;
}

interface Sides {
  mine: string | null;
  theirs: string | null;
  original: string | null;
}

/** What a function that compares field by field answers (`ibok.compare_fields`), by column. */
export type Compared = { status: 'saved' } | { status: 'conflict'; fields: Record<string, Sides> };

/** The changes as such a function takes them: JSON text of `{column: [from, to]}`; null when nothing is changed. */
export function changesByColumn<Field extends string>(
  columns: Readonly<Record<Field, string>>,
  changes: Readonly<Partial<Record<Field, FieldChange | undefined>>>,
): string | null {
  const named = (Object.keys(columns) as Field[]).flatMap((field) => {
    const change = changes[field];
    return change ? [[columns[field], [change.from, change.to]]] : [];
  });
  return named.length === 0 ? null : JSON.stringify(Object.fromEntries(named));
}

/** The answer by the contract's field names. Throws on a column that is none of them: then the two have parted. */
export function comparedByField<Field extends string>(
  columns: Readonly<Record<Field, string>>,
  answer: Compared,
): { status: 'saved' } | { status: 'conflict'; fields: Partial<Record<Field, Sides>> } {
  if (answer.status === 'saved') return { status: 'saved' };
  const fields: Partial<Record<Field, Sides>> = {};
  for (const [column, sides] of Object.entries(answer.fields)) {
    const field = (Object.keys(columns) as Field[]).find((name) => columns[name] === column);
    if (!field) throw new Error('the database answered with a column that is no field of the form');
    fields[field] = sides;
  }
  return { status: 'conflict', fields };
}
