import type { List, ListColumn } from '../../db/list-definition';
import type { Conditions, SortColumn } from '../../db/page';
import type { Writer } from '../../db/statements';
import type { ExportValue } from './export-cells';

/** Rows fetched at once: small enough that the window's other questions are answered in between. */
const FETCHED = 1_000;

/**
 * Opens the cursor over the values of the columns for all rows of the conditions, in the list's order. It sees the
 * snapshot of `db` as it is now: what the same transaction writes later, a line of the read log for one, is not in it.
 */
export async function openRows(
  db: Writer,
  list: List,
  columns: readonly ListColumn[],
  conditions: Conditions,
  { sort, descending }: { sort: SortColumn; descending: boolean },
): Promise<void> {
  const values = columns.map((column, place) => `${exportedValue(column)} as "${place}"`).join(', ');
  const order = descending ? 'desc' : 'asc';
  // All of them will be fetched: without this the planner prefers whatever gives the first tenth soonest.
  await db.rows('set local cursor_tuple_fraction = 1');
  await db.rows(
    `declare exported no scroll cursor for
     select ${values} from ${list.from} ${conditions.sql}
      order by ${sort.column} ${order}${sort.nullable ? ' nulls last' : ''}, ${list.key} ${order}`,
    conditions.bind,
  );
}

/** The rows of the open cursor page by page: one plan, read once, nothing kept. `width` is its number of columns. */
export async function* fetchRows(db: Writer, width: number): AsyncGenerator<ExportValue[][]> {
  const places = Array.from({ length: width }, (_, place) => place);
  for (;;) {
    const rows = await db.rows<Record<string, ExportValue>>(`fetch forward ${FETCHED} from exported`);
    if (rows.length > 0) yield rows.map((row) => places.map((place) => row[place] ?? null));
    if (rows.length < FETCHED) return;
  }
}

function exportedValue({ sql, type }: ListColumn): string {
  if (type === 'date') return `(${sql})::text`;
  if (type === 'instant') return `to_char(${sql} at time zone 'Europe/Warsaw', 'YYYY-MM-DD HH24:MI:SS')`;
  return sql;
}
