import { z } from 'zod';
import { planned, type Reader } from './statements';

/** How a sort column's value travels in a cursor and back: as SQL type of the comparison. */
export type SortType = 'text' | 'integer' | 'bigint' | 'date' | 'timestamptz';

/** A sortable column, indexed together with the list's key, which breaks the tie. */
export interface SortColumn {
  /** As in the index, with its collation. */
  column: string;
  type: SortType;
  /** Rows without a value come last in either direction, as in a spreadsheet. */
  nullable?: true;
}

/** The rows of a list as fixed SQL parts. Nothing of it ever comes from input; values arrive through `bind`. */
export interface PageSource {
  select: string;
  from: string;
  /** The unique bigint column that breaks ties. */
  key: string;
}

/** Conditions with their values; `add` returns the placeholder of a bound value. */
export class Conditions {
  readonly bind: unknown[] = [];
  private readonly parts: string[] = [];

  add(value: unknown): string {
    this.bind.push(value);
    return `$${this.bind.length}`;
  }

  where(condition: string): void {
    this.parts.push(condition);
  }

  copy(): Conditions {
    const same = new Conditions();
    same.bind.push(...this.bind);
    same.parts.push(...this.parts);
    return same;
  }

  get sql(): string {
    return this.parts.length === 0 ? '' : `where ${this.parts.join(' and ')}`;
  }
}

/** A question that the list does not answer: an unknown column, an unfitting filter, a foreign cursor. */
export class BadQuestion extends Error {
  constructor(readonly field: string) {
    super(field);
  }
}

/** Sort key, direction, the value of the last row (null: none) and its key. */
const cursorShape = z.tuple([
  z.string(),
  z.boolean(),
  z.union([z.string().max(1000), z.int32(), z.null()]),
  z.string().regex(/^[0-9]{1,18}$/),
]);
type Position = z.infer<typeof cursorShape>;

/** What a page is asked for: the sort by name and column, and the cursor of the page before. */
export interface PageQuestion {
  key: string;
  sort: SortColumn;
  descending: boolean;
  cursor: string | null;
  limit: number;
}

/**
 * One page by row comparison `(sort, key) > (…)`: as quick at any depth as at the first page. Returns the rows and
 * the cursor of the page after, null at the end. Throws BadQuestion for a cursor of another sort.
 */
export async function keysetPage<Row extends object>(
  db: Reader,
  source: PageSource,
  conditions: Conditions,
  asked: PageQuestion,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const after = asked.cursor === null ? null : decode(asked.cursor, asked);
  const wanted = asked.limit + 1;
  const found: Placed<Row>[] = [];
  if (after === null || after[2] !== null) {
    found.push(
      ...(await segment<Row>(db, source, conditions, asked, after, asked.sort.nullable ? 'filled' : 'all', wanted)),
    );
  }
  if (asked.sort.nullable && found.length < wanted) {
    const from = after?.[2] === null ? after : null;
    found.push(...(await segment<Row>(db, source, conditions, asked, from, 'empty', wanted - found.length)));
  }
  const rows = found.slice(0, asked.limit);
  const last = rows.at(-1);
  const nextCursor =
    found.length > asked.limit && last
      ? encode([asked.key, asked.descending, last.sortValue, String(last.sortId)])
      : null;
  return { rows, nextCursor };
}

type Placed<Row> = Row & { sortValue: string | number | null; sortId: string };

/** Rows of one kind in index order. Rows with and without a value are asked apart: one index then gives both. */
function segment<Row extends object>(
  db: Reader,
  { select, from, key }: PageSource,
  conditions: Conditions,
  { sort: { column, type }, descending }: PageQuestion,
  after: Position | null,
  kind: 'all' | 'filled' | 'empty',
  limit: number,
): Promise<Placed<Row>[]> {
  const own = conditions.copy();
  const beyond = descending ? '<' : '>';
  if (kind === 'filled') own.where(`${column} is not null`);
  if (kind === 'empty') own.where(`${column} is null`);
  if (after !== null && kind === 'empty') own.where(`${key} ${beyond} ${own.add(after[3])}::bigint`);
  else if (after !== null) {
    own.where(`(${column}, ${key}) ${beyond} (${own.add(after[2])}::${type}, ${own.add(after[3])}::bigint)`);
  }
  const order = descending ? 'desc' : 'asc';
  // As text, an instant keeps its microseconds.
  const value = type === 'text' || type === 'integer' ? column : `(${column})::text`;
  const pageOf = (
    most: string,
  ) => `select ${select}, ${value} as "sortValue", ${key} as "sortId" from ${from} ${own.sql}
      order by ${column} ${order}, ${key} ${order} limit ${most}`;
  // Without filters there are few texts, and one plan is right for all values once it knows that a page is short.
  const sql = conditions.bind.length === 0 ? planned(pageOf(String(Math.trunc(limit)))) : pageOf(own.add(limit));
  return db.rows<Placed<Row>>(sql, own.bind);
}

function encode(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(cursor: string, { key: sortKey, descending, sort }: PageQuestion): Position {
  const position = read(cursor);
  const [key, wasDescending, value] = position;
  const kindFits = value === null ? sort.nullable : (sort.type === 'integer') === (typeof value === 'number');
  if (key !== sortKey || wasDescending !== descending || !kindFits) throw new BadQuestion('cursor');
  return position;
}

function read(cursor: string): Position {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new BadQuestion('cursor');
  }
}

/** Escapes the wildcards of LIKE: `%`, `_` and the escape character itself. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
