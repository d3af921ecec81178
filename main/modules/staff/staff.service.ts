import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { createStaffInput, firstPassword, StaffMember } from '../../../shared/contract/staff';
import type { ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { scramVerifier } from '../../db/scram';

type FirstPassword = z.infer<typeof firstPassword>;

/** All people of the office, those who left last. */
export async function listStaff(ctx: ReadContext): Promise<StaffMember[]> {
  const members = await ctx.models.StaffMember.findAll({
    attributes: [
      'id',
      'login',
      'displayName',
      'phone',
      'email',
      'staffGroup',
      'active',
      'mustChangePassword',
      'absentFrom',
      'absentTo',
      'substituteId',
      'createdAt',
      'passwordResetAt',
      'endedAt',
    ],
    order: [
      ['active', 'DESC'],
      ['displayName', 'ASC'],
    ],
  });
  const logins = new Map(members.map(({ id, login }) => [id, login]));
  return members.map((member) => ({
    id: member.id,
    login: member.login,
    displayName: member.displayName,
    phone: member.phone,
    email: member.email,
    group: member.staffGroup,
    active: member.active,
    mustChangePassword: member.mustChangePassword,
    absentFrom: member.absentFrom,
    absentTo: member.absentTo,
    substitute: (member.substituteId && logins.get(member.substituteId)) || null,
    createdAt: member.createdAt.toISOString(),
    passwordResetAt: member.passwordResetAt.toISOString(),
    endedAt: member.endedAt?.toISOString() ?? null,
  }));
}

/**
 * Creates a clerk's or technician's login with a first password, which the answer shows once. Until it is changed the
 * person has no rights, by `psql` neither. Throws LOGIN_TAKEN, SECOND_PERSON_REQUIRED, ALREADY_DONE, INVALID_*.
 */
export async function createStaff(ctx: WriteContext, input: z.infer<typeof createStaffInput>): Promise<FirstPassword> {
  const password = randomPassword();
  const rows = await ctx.db.rows<Made>('select api.create_staff($1, $2, $3, $4, $5, $6, $7::uuid) as made', [
    input.login,
    input.displayName,
    input.phone || null,
    input.email || null,
    input.group,
    await scramVerifier(password),
    input.requestId,
  ]);
  return shownOnce(rows, password);
}

/** Gives a new first password; rights rest until it is changed. Throws NOT_FOUND, SECOND_PERSON_REQUIRED, ALREADY_DONE. */
export async function resetPassword(
  ctx: WriteContext,
  input: { login: string; requestId: string },
): Promise<FirstPassword> {
  const password = randomPassword();
  const rows = await ctx.db.rows<Made>('select api.reset_password($1, $2, $3::uuid) as made', [
    input.login,
    await scramVerifier(password),
    input.requestId,
  ]);
  return shownOnce(rows, password);
}

/** What the database answers: the first result, with `again` when the act had been done before. */
interface Made {
  made: { login: string; validUntil: string; again?: true };
}

/** The password beside the server's answer, but never one that is not the stored one. Throws ALREADY_DONE. */
function shownOnce([row]: Made[], password: string): FirstPassword {
  if (!row) throw new Error('the database gave no answer');
  const { login, validUntil, again } = row.made;
  if (again) throw new AppError('ALREADY_DONE');
  return { login, password, validUntil: new Date(validUntil).toISOString() };
}

/** Without letters and digits that look alike: it is read from paper once. 24 of them are 118 bits. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 24 characters in six groups. */
export function randomPassword(): string {
  const groups = Array.from({ length: 6 }, () =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  );
  return groups.join('-');
}
