import { type Client, escapeIdentifier, type QueryResult } from 'pg';
import type { Case } from './cases';
import type { Stage } from './fixtures';
import type { Expected, Role } from './matrix-model';

/** What really happened: rows seen or written, or the error. */
type Outcome = { rows: number } | { refused: string; message: string };

/**
 * Runs cases as the people themselves: one connection per role, signed in with SCRAM, each case in a transaction of
 * its own that is rolled back. Only for cases that need nothing granted before.
 * @returns one sentence per case whose outcome is not the expected one.
 */
export async function evaluateAsThemselves(stage: Stage, cases: readonly Case[]): Promise<string[]> {
  const reds: string[] = [];
  for (const role of new Set(cases.map((one) => one.role))) {
    const client =
      role === 'owner' ? await stage.database.asSuperuser() : await stage.database.asLogin(stage.logins[role]);
    const begin = role === 'owner' ? 'begin; set local role ibok_owner' : 'begin';
    for (const one of cases.filter((any) => any.role === role)) {
      const outcome = await attempt(client, begin, stage.fill(one.sql, role), 'rollback');
      reds.push(...judge(one, outcome));
    }
    await client.end();
  }
  return reds;
}

/**
 * Runs cases inside one open transaction of a superuser, who takes the place of each role by SET SESSION
 * AUTHORIZATION (so session_user is that person) and first does what the case asks for. The transaction stays open and
 * as it was: whatever the caller changed in it is under test.
 * @param enough stops after so many sentences.
 */
export async function evaluateInTransaction(
  superuser: Client,
  stage: Stage,
  cases: readonly Case[],
  enough = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  const reds: string[] = [];
  await superuser.query('select pg_current_xact_id()');
  for (const [before, members] of Map.groupBy(cases, (one) => one.before.join(';'))) {
    if (reds.length >= enough) break;
    await superuser.query(`savepoint granted; ${before}`);
    for (const one of members) {
      if (reds.length >= enough) break;
      const become = `savepoint attempt; ${takePlace(stage, one.role)}`;
      const outcome = await attempt(superuser, become, stage.fill(one.sql, one.role), 'rollback to savepoint attempt');
      reds.push(...judge(one.alone ? { ...one, expected: { refused: one.alone } } : one, outcome));
    }
    await superuser.query('rollback to savepoint granted');
  }
  return reds;
}

function takePlace(stage: Stage, role: Role): string {
  return role === 'owner'
    ? 'set local role ibok_owner'
    : `set local session authorization ${escapeIdentifier(stage.logins[role])}`;
}

async function attempt(client: Client, before: string, sql: string, after: string): Promise<Outcome> {
  try {
    const results = (await client.query(`${before}; ${sql}; ${after}`)) as unknown as QueryResult[];
    return { rows: results.at(-2)?.rowCount ?? 0 };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    await client.query(after);
    return { refused: code ?? 'no code', message };
  }
}

function judge(one: Case, outcome: Outcome): string[] {
  if (agrees(one.expected, outcome)) return [];
  const got = 'rows' in outcome ? `${outcome.rows} rows` : `${outcome.refused} ${outcome.message}`;
  return [
    `[${one.layer}] ${one.role} ${one.name} (${one.object}): expected ${JSON.stringify(one.expected)}, got ${got}`,
  ];
}

function agrees(expected: Expected, outcome: Outcome): boolean {
  if ('rows' in expected) return 'rows' in outcome && outcome.rows > 0 === (expected.rows === 'some');
  if ('rows' in outcome) return false;
  return outcome.refused === expected.refused && outcome.message.includes(expected.saying ?? '');
}
