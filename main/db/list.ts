import type { ListCount, ListInput, Selection } from '../../shared/contract/lists';
import { type List, sortOf } from './list-definition';
import { conditionsOf, type Narrowing } from './list-filter';
import { type Conditions, keysetPage } from './page';
import type { Reader } from './statements';

/** Counting for the screen stops here; it then says "ponad 10 000". */
const COUNT_CAP = 10_000;

/** A page of a list, sorted by an indexed column. Throws BadQuestion. */
export async function listPage<Row extends object>(
  db: Reader,
  list: List,
  { question, cursor, limit }: Pick<ListInput, 'question' | 'cursor' | 'limit'>,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const { key, descending } = question.sort;
  return keysetPage<Row>(db, list, conditionsOf(list, question), {
    key,
    sort: sortOf(list, key),
    descending,
    cursor: cursor ?? null,
    limit,
  });
}

/** How many rows match, exact up to 10,000. Throws BadQuestion. */
export async function countList(db: Reader, list: List, question: Narrowing): Promise<ListCount> {
  const conditions = conditionsOf(list, question);
  const [row] = await db.rows<{ count: number }>(
    `select count(*)::int as count from (
       select 1 from ${list.from} ${conditions.sql} limit ${conditions.add(COUNT_CAP + 1)}) as capped`,
    conditions.bind,
  );
  const count = row?.count ?? 0;
  return { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP };
}

/**
 * The conditions of a selection: the rows named, or all that match now minus the exceptions. A row that is gone or
 * hidden from the person is not selected. Throws BadQuestion.
 */
export function selectionConditions(list: List, selection: Selection): Conditions {
  if (selection.is === 'rows') {
    const conditions = conditionsOf(list, { filters: {} });
    conditions.where(`${list.key} = any (${conditions.add(selection.ids)}::bigint[])`);
    return conditions;
  }
  const conditions = conditionsOf(list, selection.question);
  if (selection.except.length > 0)
    conditions.where(`${list.key} <> all (${conditions.add(selection.except)}::bigint[])`);
  return conditions;
}

/** How many rows the conditions of a selection choose: exact, whatever it takes. */
export async function countSelected(db: Reader, list: List, conditions: Conditions): Promise<number> {
  const [row] = await db.rows<{ count: number }>(
    `select count(*)::int as count from ${list.from} ${conditions.sql}`,
    conditions.bind,
  );
  return row?.count ?? 0;
}

/** The keys of a selection in ascending order, at most `limit`. Throws BadQuestion. */
export async function selectedIds(db: Reader, list: List, selection: Selection, limit: number): Promise<string[]> {
  const conditions = selectionConditions(list, selection);
  const rows = await db.rows<{ id: string }>(
    `select ${list.key} as id from ${list.from} ${conditions.sql} order by ${list.key} limit ${conditions.add(limit)}`,
    conditions.bind,
  );
  return rows.map(({ id }) => id);
}
