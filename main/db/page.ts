import { z } from 'zod';
import type { Reader } from './statements';

/** A sortable column: its name in SQL and how its value travels in a cursor. The tie is broken by the list's key. */
export interface SortColumn {
  column: string;
  type: 'text' | 'integer';
}

/** A list as fixed SQL parts. Nothing of it ever comes from input; values arrive through `bind`. */
export interface ListSource<Key extends string> {
  /** Select list; must contain the key and every sort column under the alias `sort_<key>`. */
  select: string;
  from: string;
  /** The unique bigint column that breaks ties. */
  key: string;
  sorts: Record<Key, SortColumn>;
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

  get sql(): string {
    return this.parts.length === 0 ? '' : `where ${this.parts.join(' and ')}`;
  }
}

/** A cursor that was not made by `keysetPage` for this sort. */
export class BadCursor extends Error {}

const cursorShape = z.tuple([
  z.string(),
  z.boolean(),
  z.union([z.string().max(1000), z.int32()]),
  z.string().regex(/^[0-9]{1,18}$/),
]);

/**
 * One page by row comparison `(sort, key) > (…)`: as quick at any depth as at the first page. Returns the rows and
 * the cursor of the page after, null at the end. Throws BadCursor.
 */
export async function keysetPage<Key extends string, Row extends object>(
  db: Reader,
  source: ListSource<Key>,
  conditions: Conditions,
  sort: { key: Key; descending: boolean },
  cursor: string | null,
  limit: number,
): Promise<{ rows: Row[]; nextCursor: string | null }> {
  const { column, type } = source.sorts[sort.key];
  if (cursor !== null) {
    const [key, descending, value, id] = decode(cursor);
    const fits =
      key === sort.key && descending === sort.descending && (type === 'integer') === (typeof value === 'number');
    if (!fits) throw new BadCursor();
    const after = `(${conditions.add(value)}::${type}, ${conditions.add(id)}::bigint)`;
    conditions.where(`(${column}, ${source.key}) ${sort.descending ? '<' : '>'} ${after}`);
  }
  const order = sort.descending ? 'desc' : 'asc';
  const found = await db.rows<Row & { sortValue: string | number; sortId: string }>(
    `select ${source.select}, ${column} as "sortValue", ${source.key} as "sortId" from ${source.from} ${conditions.sql}
      order by ${column} ${order}, ${source.key} ${order} limit ${conditions.add(limit + 1)}`,
    conditions.bind,
  );
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const nextCursor =
    found.length > limit && last ? encode([sort.key, sort.descending, last.sortValue, String(last.sortId)]) : null;
  return { rows, nextCursor };
}

function encode(position: z.infer<typeof cursorShape>): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

function decode(cursor: string): z.infer<typeof cursorShape> {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new BadCursor();
  }
}

/** Escapes the wildcards of LIKE: `%`, `_` and the escape character itself. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
