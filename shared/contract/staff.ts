import { z } from 'zod';
import { STAFF_GROUPS, type StaffGroup } from '../permissions';
import { day, id, instant, line, requestId } from './values';

const login = z.string().regex(/^s_[a-z0-9_]{2,30}$/);

export const staffMember = z.object({
  id,
  login: z.string(),
  displayName: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  group: z.enum(STAFF_GROUPS),
  active: z.boolean(),
  mustChangePassword: z.boolean(),
  absentFrom: day.nullable(),
  absentTo: day.nullable(),
  /** Login of who stands in. */
  substitute: z.string().nullable(),
  createdAt: instant,
  /** When the person last got a first password; equals `createdAt` when never reset. */
  passwordResetAt: instant,
  endedAt: instant.nullable(),
});
export type StaffMember = z.infer<typeof staffMember>;
export const staffList = z.object({ members: z.array(staffMember) });

/** Groups whose members one administrator makes, resets and moves; the others take a second person. */
export const SINGLE_PERSON_GROUPS = ['bok_clerk', 'bok_technician'] as const satisfies readonly StaffGroup[];

/** Whether one administrator may give this group, and reset its members. */
export function takesOnePerson(group: StaffGroup): boolean {
  return (SINGLE_PERSON_GROUPS as readonly StaffGroup[]).includes(group);
}

/** Clerks and technicians; supervisors and admins need a second person. */
export const createStaffInput = z.strictObject({
  requestId,
  login,
  displayName: line(100).refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
  phone: line(24).nullable(),
  email: line(200).nullable(),
  group: z.enum(SINGLE_PERSON_GROUPS),
});

/** Why a second person should approve. */
const reason = line(1000).refine((text) => text.length >= 5, { message: 'INVALID_INPUT' });
export const requestStaffInput = createStaffInput.extend({
  group: z.enum(['bok_supervisor', 'bok_admin', 'bok_dpo']),
  reason,
});
export const requestResetInput = z.strictObject({ requestId, login, reason });
export const requestGroupInput = z.strictObject({
  requestId,
  login,
  /** The group the administrator saw. */
  from: z.enum(STAFF_GROUPS),
  to: z.enum(STAFF_GROUPS),
  reason,
});
/** Works only once the request is approved: valid for 72 hours from then on. */
export const requestedPassword = z.object({ login: z.string(), password: z.string(), approvalId: id });
export const groupRequested = z.object({ login: z.string(), approvalId: id });

/** The first password is made in the core, shown once, valid for 72 hours and stored nowhere. */
export const firstPassword = z.object({ login: z.string(), password: z.string(), validUntil: instant });
export const staffLoginInput = z.strictObject({ requestId, login });
export const endStaffInput = z.strictObject({
  requestId,
  login,
  /** Login that gets the leaver's open tasks; null leaves them to the colleagues. */
  tasksTo: login.nullable().default(null),
});
export const staffEnded = z.object({ login: z.string(), tasksHandedOver: z.int() });
export const openTasksInput = z.strictObject({ login });
export const openTasks = z.object({ count: z.int() });

/** What everybody of the office knows of a colleague. */
export const colleague = z.object({
  login: z.string(),
  displayName: z.string(),
  group: z.enum(STAFF_GROUPS),
  active: z.boolean(),
  absentFrom: day.nullable(),
  absentTo: day.nullable(),
  substitute: z.string().nullable(),
});
export type Colleague = z.infer<typeof colleague>;
export const colleagueList = z.object({ today: day, colleagues: z.array(colleague) });

const change = z.strictObject({ from: line(200).nullable(), to: line(200).nullable() });
const sides = z.object({ mine: z.string().nullable(), theirs: z.string().nullable(), original: z.string().nullable() });

export const STAFF_DETAILS = ['displayName', 'phone', 'email'] as const;
export type StaffDetail = (typeof STAFF_DETAILS)[number];
export const changeStaffDetailsInput = z.strictObject({
  requestId,
  login,
  /** Only the fields the person changed: the value the form started from, and the wanted one. */
  changes: z.partialRecord(z.enum(STAFF_DETAILS), change),
});

export const ABSENCE_FIELDS = ['absentFrom', 'absentTo', 'substitute'] as const;
export type AbsenceField = (typeof ABSENCE_FIELDS)[number];
/** Days, and the substitute's login; a null `absentFrom` says that the person is here again. */
export const changeAbsenceInput = z.strictObject({
  requestId,
  login,
  changes: z.partialRecord(z.enum(ABSENCE_FIELDS), change),
});
/** `conflict`: somebody else changed the same field meanwhile; nothing was stored. */
export const staffChanged = z.discriminatedUnion('status', [
  z.object({ status: z.literal('saved') }),
  z.object({ status: z.literal('conflict'), fields: z.record(z.string(), sides) }),
]);

export const changeStaffGroupInput = z.strictObject({
  requestId,
  login,
  /** The group the administrator saw. */
  from: z.enum(STAFF_GROUPS),
  to: z.enum(STAFF_GROUPS),
});
export const staffGroupChanged = z.object({ login: z.string(), group: z.enum(STAFF_GROUPS) });
