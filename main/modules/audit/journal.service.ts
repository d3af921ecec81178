import type { JournalRow, ReadRow } from '../../../shared/contract/audit';
import type { ListInput } from '../../../shared/contract/lists';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { JOURNAL, READS } from './audit.lists';
import { changedValues } from './audit.service';

/** A page of the journal. */
export async function journal(ctx: ReadContext, input: ListInput) {
  return dated(await listPage<Dated<JournalRow>>(ctx.db, JOURNAL, input));
}

/** A page of the read log. */
export async function reads(ctx: ReadContext, input: ListInput) {
  return dated(await listPage<Dated<ReadRow>>(ctx.db, READS, input));
}

type Dated<Row> = Omit<Row, 'at'> & { at: Date };

function dated<Row extends { at: Date }>({ rows, nextCursor }: { rows: Row[]; nextCursor: string | null }) {
  return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor };
}

/** What one act changed, for the data protection officer. Values of an erased person are gone: null. */
export async function journalValues(ctx: ReadContext, event: string) {
  const [row] = await ctx.db.rows<{ subject: string | null; changes: Record<string, [unknown, unknown]> | null }>(
    `select v.subject, v.changes from audit.events e left join audit.event_values v on v.event_id = e.id where e.id = $1::bigint`,
    [event],
  );
  if (!row) throw new AppError('NOT_FOUND');
  return { subject: row.subject, changes: row.changes && changedValues(row.changes) };
}

/** Acts per person and day of the office, newest first; at most 31 days at once, else INVALID_INPUT. */
export async function activityOf(ctx: ReadContext, { from, to }: { from: string; to: string }) {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 0 || days > 31) throw new AppError('INVALID_INPUT', { field: 'to' });
  return ctx.db.rows<{ day: string; login: string; displayName: string | null; acts: number }>(
    `select to_char(day, 'YYYY-MM-DD') as day, counted.login, s.display_name as "displayName", acts
       from (select (at at time zone 'Europe/Warsaw')::date as day, login, count(*)::int as acts from audit.events
              where at >= $1::date::timestamp at time zone 'Europe/Warsaw'
                and at < ($2::date + 1)::timestamp at time zone 'Europe/Warsaw'
              group by 1, 2) as counted
       left join ibok.staff_members s on s.login = counted.login
      order by day desc, acts desc, counted.login`,
    [from, to],
  );
}
