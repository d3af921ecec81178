import type { HistoryEvent } from '../../../shared/contract/audit';
import type { ReadContext } from '../../core/context';

const PAGE = 50;

interface Row {
  event_id: string;
  at: Date;
  login: string;
  display_name: string | null;
  table_name: string;
  row_id: string;
  op: HistoryEvent['op'];
  reason: string | null;
  changes: Record<string, [unknown, unknown]>;
}

/** A record's history, newest first, as far as the database lets this person see it. */
export async function history(
  ctx: ReadContext,
  input: { table: string; id: string; before?: string | null | undefined },
): Promise<{ events: HistoryEvent[]; more: boolean }> {
  const rows = await ctx.db.rows<Row>('select * from api.history($1, $2::bigint, $3::bigint, $4)', [
    input.table,
    input.id,
    input.before ?? null,
    PAGE + 1,
  ]);
  return { events: rows.slice(0, PAGE).map(event), more: rows.length > PAGE };
}

function event(row: Row): HistoryEvent {
  return {
    id: row.event_id,
    at: row.at.toISOString(),
    login: row.login,
    displayName: row.display_name,
    table: row.table_name,
    rowId: row.row_id,
    op: row.op,
    reason: row.reason,
    changes: changedValues(row.changes ?? {}),
  };
}

/** Column → [before, after] as text. */
export function changedValues(changes: Record<string, [unknown, unknown]>): HistoryEvent['changes'] {
  return Object.fromEntries(
    Object.entries(changes).map(([column, [before, after]]) => [column, [text(before), text(after)]]),
  );
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
