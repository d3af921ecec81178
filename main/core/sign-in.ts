import type pg from 'pg';
import type { ErrorCode } from '../../shared/errors';
import type { StaffGroup } from '../../shared/permissions';
import type { Connection } from '../db/connect';
import { EXPECTED_SCHEMA } from '../db/migrate';
import { NoWritableHost, OnlyStandby, type Reached, Route } from '../db/route';
import { UnsafeAuthentication } from '../db/scram-client';
import { drop, hangUp } from '../db/wires';
import type { ServerConfig } from './config';
import { AppError } from './errors';

/** The oldest minor version without known holes an ordinary login could use (security.md, finding 2). */
const FLOOR: Record<number, number> = { 15: 20, 16: 16, 17: 12, 18: 7 };

/** What the database says of the person who just signed in. */
export interface WhoAmI {
  login: string;
  displayName: string;
  group: StaffGroup;
  mustChangePassword: boolean;
  passwordExpired: boolean;
  serverVersion: string;
}

/** Longest wait for the database to say who signed in, in milliseconds. */
const ANSWER_MS = 4_000;

/**
 * Connects as the person, at the host that can be written to, and asks the database who that is. The client stays open
 * for LISTEN; the caller ends it. Throws an AppError with an own code for each thing that can be wrong.
 */
export async function signIn(
  server: ServerConfig,
  to: Connection,
  route = new Route(to.hosts),
): Promise<{ reached: Reached; who: WhoAmI }> {
  const reached = await route.connect(to).catch((error: unknown) => {
    throw new AppError(connectFault(error instanceof NoWritableHost ? error.telling : error));
  });
  const { client } = reached;
  const late = setTimeout(() => drop(client), ANSWER_MS);
  try {
    const who = await whoAmI(client, server);
    if (who.passwordExpired) throw new AppError('SIGN_IN_EXPIRED');
    return { reached, who };
  } catch (error) {
    await hangUp(client);
    throw error;
  } finally {
    clearTimeout(late);
  }
}

async function whoAmI(client: pg.Client, server: ServerConfig): Promise<WhoAmI> {
  const version = await client.query<{ number: number; text: string }>(
    `select pg_catalog.current_setting('server_version_num')::int as number,
            pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1) as text`,
  );
  const { number, text } = version.rows[0] as { number: number; text: string };
  if (!server.embedded) checkFloor(number, text);
  try {
    const answer = await client.query<{ who: Omit<WhoAmI, 'serverVersion'> & { schemaVersion: number } }>(
      'select api.whoami() as who',
    );
    const who = answer.rows[0]?.who;
    if (!who?.group) throw new AppError('SIGN_IN_NOT_ALLOWED');
    checkSchema(who.schemaVersion);
    return { ...who, serverVersion: text };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === '3F000' || code === '42883')
      throw new AppError('SCHEMA_TOO_OLD', { expected: EXPECTED_SCHEMA, found: 0 });
    throw code === '42501' ? new AppError('SIGN_IN_NOT_ALLOWED') : error;
  }
}

/** The floor of a server's line, as number and as text; null for a line newer than this program knows. */
export function floorOf(versionNumber: number): { number: number; text: string } | null {
  const major = Math.floor(versionNumber / 10_000);
  if (major > Math.max(...Object.keys(FLOOR).map(Number))) return null;
  const minor = FLOOR[major];
  // Lines before 15 are below every floor.
  return minor === undefined
    ? { number: 15 * 10_000 + 20, text: '15.20' }
    : { number: major * 10_000 + minor, text: `${major}.${minor}` };
}

/** Throws SERVER_TOO_OLD below the floor of its line, and for lines older than 15. */
export function checkFloor(versionNumber: number, text: string): void {
  const floor = floorOf(versionNumber);
  if (floor && versionNumber < floor.number) throw new AppError('SERVER_TOO_OLD', { found: text, needed: floor.text });
}

/** Throws SCHEMA_TOO_OLD or SCHEMA_TOO_NEW unless the database stands where this program expects it. */
export function checkSchema(found: number): void {
  const details = { found, expected: EXPECTED_SCHEMA };
  if (found < EXPECTED_SCHEMA) throw new AppError('SCHEMA_TOO_OLD', details);
  if (found > EXPECTED_SCHEMA) throw new AppError('SCHEMA_TOO_NEW', details);
}

const CONNECT_FAULTS: Record<string, ErrorCode> = {
  '28P01': 'SIGN_IN_WRONG_PASSWORD',
  '28000': 'SIGN_IN_NOT_ALLOWED',
  '3D000': 'SIGN_IN_NO_DATABASE',
  '42501': 'SIGN_IN_NOT_ALLOWED',
  '53300': 'SIGN_IN_TOO_MANY_CONNECTIONS',
  '57P03': 'SIGN_IN_NO_SERVER',
  ENOTFOUND: 'SIGN_IN_UNKNOWN_HOST',
  EAI_AGAIN: 'SIGN_IN_UNKNOWN_HOST',
  ECONNREFUSED: 'SIGN_IN_NO_SERVER',
  EHOSTUNREACH: 'SIGN_IN_NO_SERVER',
  ENETUNREACH: 'SIGN_IN_NO_SERVER',
  ECONNRESET: 'SIGN_IN_NO_SERVER',
  ETIMEDOUT: 'SIGN_IN_TIMEOUT',
};
const TLS_FAULT = /CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|DEPTH_ZERO|does not support SSL/;

/** The code for a connection that could not be made; the server's own words are never shown. */
export function connectFault(error: unknown): ErrorCode {
  if (error instanceof UnsafeAuthentication) return 'SIGN_IN_UNSAFE_METHOD';
  if (error instanceof OnlyStandby) return 'SIGN_IN_ONLY_STANDBY';
  if (!(error instanceof Error)) return 'SIGN_IN_NO_SERVER';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = CONNECT_FAULTS[code];
  if (known) return known;
  if (TLS_FAULT.test(`${code} ${error.message}`)) return 'SIGN_IN_NOT_TRUSTED';
  if (/SASL|SCRAM/.test(error.message)) return 'SIGN_IN_UNSAFE_METHOD';
  if (/timeout/i.test(error.message)) return 'SIGN_IN_TIMEOUT';
  return 'SIGN_IN_NO_SERVER';
}
