import { PRESENCE_LIFE_SECONDS, type Presence } from '../../../shared/contract/presence';
import type { ReadContext, WriteContext } from '../../core/context';

/** The most rows a list shows marks of. */
const MOST = 500;

/** Says that the person has a record open, or in edit; others hear of it when it is new. Never blocks anybody. */
export async function touchPresence(ctx: WriteContext, record: string, editing: boolean): Promise<void> {
  await ctx.db.rows(
    `insert into ibok.presence (record, editing) values ($1, $2::boolean)
     on conflict (record, login) do update set editing = excluded.editing`,
    [record, editing],
  );
}

/** Says that the person has left a record. */
export async function leavePresence(ctx: WriteContext, record: string): Promise<void> {
  await ctx.db.rows('delete from ibok.presence where record = $1 and login = session_user', [record]);
}

/** Who has what open or in edit, of one record or of all; whoever gave no sign of life for a while is left out. */
export async function listPresence(ctx: ReadContext, record: string | undefined): Promise<Presence[]> {
  return ctx.db.rows<Presence>(
    `select present.record, present.login, staff.display_name as "displayName", present.editing,
        to_char(present.seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "seenAt",
        present.login = session_user as own
       from ibok.presence as present
       left join ibok.staff_members as staff on staff.login = present.login
      where ($1::text is null or present.record = $1::text)
        and present.seen_at > now() - make_interval(secs => $2::int)
      order by present.editing desc, present.seen_at desc limit $3::int`,
    [record ?? null, PRESENCE_LIFE_SECONDS, MOST],
  );
}
