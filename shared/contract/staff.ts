import { z } from 'zod';
import { STAFF_GROUPS } from '../permissions';
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
  createdAt: instant,
  endedAt: instant.nullable(),
});
export type StaffMember = z.infer<typeof staffMember>;
export const staffList = z.object({ members: z.array(staffMember) });

/** Clerks and technicians; supervisors and admins need a second person. */
export const createStaffInput = z.strictObject({
  requestId,
  login,
  displayName: line(100).refine((text) => text.length > 0, { message: 'INVALID_INPUT' }),
  phone: line(24).nullable(),
  email: line(200).nullable(),
  group: z.enum(['bok_clerk', 'bok_technician']),
});

/** The first password is made in the core, shown once, valid for 72 hours and stored nowhere. */
export const firstPassword = z.object({ login: z.string(), password: z.string(), validUntil: instant });
export const staffLoginInput = z.strictObject({ requestId, login });
export const staffEnded = z.object({ login: z.string() });
