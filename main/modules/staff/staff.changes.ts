import type { z } from 'zod';
import type {
  AbsenceField,
  Colleague,
  changeAbsenceInput,
  changeStaffDetailsInput,
  changeStaffGroupInput,
  endStaffInput,
  StaffDetail,
} from '../../../shared/contract/staff';
import type { ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { type Compared, changesByColumn, comparedByField, type FieldChange } from '../../db/compare';

/** Everybody of the office by name, those who left too, and the office's day that absences are judged by. */
export async function listColleagues(ctx: ReadContext): Promise<{ today: string; colleagues: Colleague[] }> {
  const rows = await ctx.db.rows<Colleague & { today: string }>(
    `select m.login, m.display_name as "displayName", m.staff_group as "group", m.active,
            m.absent_from::text as "absentFrom", m.absent_to::text as "absentTo", s.login as substitute,
            ibok.today()::text as today
       from ibok.staff_members m left join ibok.staff_members s on s.id = m.substitute_id
      order by m.active desc, m.display_name`,
  );
  const today = rows[0]?.today;
  if (!today) throw new Error('the office has no staff');
  return { today, colleagues: rows };
}

/** How many open tasks somebody has: a number, for whoever ends an account. */
export async function countOpenTasks(ctx: ReadContext, login: string): Promise<{ count: number }> {
  const [row] = await ctx.db.rows<{ count: number }>('select api.open_follow_ups($1)::int as count', [login]);
  return { count: row?.count ?? 0 };
}

/**
 * A leaver: no login, no groups, sessions ended at once; the open tasks go to `tasksTo`. Throws NOT_FOUND, CONFLICT for
 * oneself or somebody who has left, INVALID_INPUT when `tasksTo` does not work here.
 */
export async function endStaff(ctx: WriteContext, input: z.output<typeof endStaffInput>) {
  const [row] = await ctx.db.rows<{ ended: { tasksHandedOver: number } }>(
    'select api.end_staff($1, $2::uuid, $3) as ended',
    [input.login, input.requestId, input.tasksTo],
  );
  if (!row) throw new Error('the database gave no answer');
  return { login: input.login, tasksHandedOver: row.ended.tasksHandedOver };
}

const DETAILS: Record<StaffDetail, string> = { displayName: 'display_name', phone: 'phone', email: 'email' };

/** Name, phone and e-mail, field by field. Throws NOT_FOUND, CONFLICT for a leaver, INVALID_PHONE, INVALID_EMAIL. */
export function changeStaffDetails(ctx: WriteContext, input: z.infer<typeof changeStaffDetailsInput>) {
  return compared(ctx, DETAILS, 'select api.change_staff_details($1, $2::jsonb, $3::uuid) as answer', input);
}

const ABSENCE: Record<AbsenceField, string> = {
  absentFrom: 'absent_from',
  absentTo: 'absent_to',
  substitute: 'substitute',
};

/**
 * From when to when somebody is away and who stands in. Throws INVALID_INPUT for days in the wrong order or a substitute
 * who left, SUBSTITUTE_AWAY, NOT_ALLOWED for somebody else's absence.
 */
export function changeAbsence(ctx: WriteContext, input: z.infer<typeof changeAbsenceInput>) {
  return compared(ctx, ABSENCE, 'select api.change_absence($1, $2::jsonb, $3::uuid) as answer', input);
}

async function compared<Field extends string>(
  ctx: WriteContext,
  columns: Readonly<Record<Field, string>>,
  sql: string,
  input: { login: string; requestId: string; changes: Partial<Record<Field, FieldChange | undefined>> },
) {
  const changes = changesByColumn(columns, input.changes);
  if (!changes) throw new AppError('INVALID_INPUT', { field: 'changes' });
  const [row] = await ctx.db.rows<{ answer: Compared }>(sql, [input.login, changes, input.requestId]);
  if (!row) throw new Error('the database gave no answer');
  return comparedByField(columns, row.answer);
}

/**
 * Another role; the person's sessions end, so that the next sign-in has the new rights and no screen of the old ones.
 * Throws SECOND_PERSON_REQUIRED to or from any group but clerks and technicians, CONFLICT when `from` no longer stands.
 */
export async function changeGroup(ctx: WriteContext, input: z.infer<typeof changeStaffGroupInput>) {
  await ctx.db.rows('select api.change_staff_group($1, $2, $3, $4::uuid)', [
    input.login,
    input.from,
    input.to,
    input.requestId,
  ]);
  return { login: input.login, group: input.to };
}
