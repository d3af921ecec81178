import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Case, makeCases } from './cases';
import { readCatalogue } from './catalogue';
import { evaluateInTransaction } from './evaluate';
import { type Stage, setStage } from './fixtures';
import { MATRIX } from './matrix';

/** A fault planted by the superuser, and the objects whose cases must notice it. */
interface Mutation {
  name: string;
  sql: string;
  objects: readonly string[];
}

/** Tables with a planted right on one column: only there the cases of single columns have something to notice. */
const PLANTED_COLUMNS = ['ibok.customers', 'ibok.approvals'];
const SLOW = 180_000;

let stage: Stage;
let superuser: Client;
let cases: Case[];

beforeAll(async () => {
  stage = await setStage();
  superuser = await stage.database.asSuperuser();
  await superuser.query('set statement_timeout = 0');
  const all = makeCases(await readCatalogue(superuser));
  cases = all.filter(({ column, object }) => !column || PLANTED_COLUMNS.includes(object));
});
afterAll(() => stage?.close());

/** Plants each fault in a transaction of its own; returns those that no case noticed. */
async function unnoticed(mutations: readonly Mutation[]): Promise<string[]> {
  const silent: string[] = [];
  for (const { name, sql, objects } of mutations) {
    await superuser.query(`begin; ${sql}`);
    const touched = cases.filter(({ object }) => objects.includes(object));
    if ((await evaluateInTransaction(superuser, stage, touched, 1)).length === 0) silent.push(name);
    await superuser.query('rollback');
  }
  return silent;
}

interface PolicyRow {
  name: string;
  table: string;
  using: string | null;
  check: string | null;
}

async function policies(): Promise<PolicyRow[]> {
  const { rows } = await superuser.query<PolicyRow>(`
    select quote_ident(policyname) as name, schemaname || '.' || tablename as table, qual as using, with_check as check
      from pg_policies where schemaname in ('ibok', 'audit') order by 2, 1`);
  return rows;
}

interface FunctionRow {
  name: string;
  signature: string;
  definition: string;
}

/** demand_contact_value is none: it only names the column that the domain would refuse anyway. */
const GUARD = /perform (?:api|ibok|keeper)\.demand_(?!contact_value)\w+\([^;]*\);/g;

async function functions(): Promise<FunctionRow[]> {
  const { rows } = await superuser.query<FunctionRow>(`
    select n.nspname || '.' || p.proname as name, p.oid::regprocedure::text as signature,
           pg_get_functiondef(p.oid) as definition
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('ibok', 'api', 'portal', 'billing', 'jobs', 'audit', 'keeper') and p.prokind = 'f' order by 1`);
  return rows;
}

/** The function itself, and those that reach it through the functions they call. */
function exposedThrough(name: string, all: readonly FunctionRow[]): string[] {
  const reached = new Set<string>();
  const waiting = [name];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    const callers = all.filter(({ definition, name: caller }) => caller !== next && definition.includes(`${next}(`));
    waiting.push(...callers.map((caller) => caller.name));
  }
  return [...reached];
}

test(
  'without a fault nothing is red, else the faults below would prove nothing',
  async () => {
    await superuser.query('begin');
    expect(await evaluateInTransaction(superuser, stage, cases)).toEqual([]);
    await superuser.query('rollback');
  },
  SLOW,
);

// Each mutation asks every case of its objects anew.
describe('is noticed by at least one case', { timeout: 180_000 }, () => {
  test('each policy dropped', async () => {
    const all = await policies();
    expect(all.length).toBeGreaterThan(60);
    const mutations = all.map(({ name, table }) => ({
      name: `drop ${name} on ${table}`,
      sql: `drop policy ${name} on ${table}`,
      objects: [table],
    }));
    expect(await unnoticed(mutations)).toEqual([]);
  });

  test('each condition of a policy turned to true', async () => {
    const conditions = (await policies()).flatMap(({ name, table, using, check }): Mutation[] => {
      const alter = (clause: string): Mutation => ({
        name: `${name} on ${table} ${clause} (true)`,
        sql: `alter policy ${name} on ${table} ${clause} (true)`,
        objects: [table],
      });
      return [
        ...(using !== null && using !== 'true' ? [alter('using')] : []),
        ...(check !== null && check !== 'true' ? [alter('with check')] : []),
      ];
    });
    expect(conditions.length).toBeGreaterThan(8);
    expect(await unnoticed(conditions)).toEqual([]);
  });

  test('each policy opened to all staff', async () => {
    const narrow = (await policies()).filter(({ table, name }) => {
      const policy = MATRIX.tables[table]?.policies[name];
      return policy && ![...(policy.all ?? []), ...(policy.own ?? [])].includes('newcomer');
    });
    expect(narrow.length).toBeGreaterThan(20);
    const mutations = narrow.map(({ name, table }) => ({
      name: `${name} on ${table} to bok_staff`,
      sql: `alter policy ${name} on ${table} to bok_staff`,
      objects: [table],
    }));
    expect(await unnoticed(mutations)).toEqual([]);
  });

  test('row-level security switched off, table by table', async () => {
    const mutations = Object.keys(MATRIX.tables).map((table) => ({
      name: `disable row level security on ${table}`,
      sql: `alter table ${table} disable row level security`,
      objects: [table],
    }));
    expect(await unnoticed(mutations)).toEqual([]);
  });

  test('EXECUTE on each function granted to bok_staff', async () => {
    const closed = (await functions()).filter(({ name }) => !MATRIX.functions[name]?.execute.includes('newcomer'));
    expect(closed.length).toBeGreaterThan(60);
    const mutations = closed.map(({ name, signature }) => ({
      name: `grant execute on ${signature}`,
      sql: `grant execute on function ${signature} to bok_staff`,
      objects: [name],
    }));
    expect(await unnoticed(mutations)).toEqual([]);
  });

  test('EXECUTE on each function taken from those who need it', async () => {
    const mutations = (await functions())
      .filter(({ name }) => MATRIX.functions[name])
      .map(({ name, signature }) => ({
        name: `revoke execute on ${signature}`,
        sql: `revoke execute on function ${signature} from public, bok_staff, bok_clerk, bok_technician, bok_supervisor,
          bok_admin, bok_dpo, ibok_portal, ibok_billing, ibok_worker`,
        objects: [name],
      }));
    expect(await unnoticed(mutations)).toEqual([]);
  });

  test('each guard taken out of its function', async () => {
    const all = await functions();
    const mutations = all.flatMap(({ name, definition }) =>
      [...definition.matchAll(GUARD)].map(([guard], place): Mutation => {
        const [before = '', ...after] = definition.split(guard);
        return {
          name: `${name} without guard ${place + 1}: ${guard}`,
          sql: [before, ...after].join('null;'),
          objects: exposedThrough(name, all),
        };
      }),
    );
    expect(mutations.length).toBeGreaterThan(20);
    expect(await unnoticed(mutations)).toEqual([]);
  });

  test('a history anybody may see', async () => {
    const all = await functions();
    const may = all.find(({ name }) => name === 'ibok.may_see_history');
    const sql = may?.definition.replace(/\bselect case\b/i, 'select true or case') ?? '';
    expect(sql).not.toBe(may?.definition);
    expect(await unnoticed([{ name: 'may_see_history', sql, objects: ['api.history'] }])).toEqual([]);
  });

  test('a single planted right', async () => {
    const { newcomer, portal } = stage.logins;
    const planted: Mutation[] = [
      ['grant select (pesel) on ibok.customers to bok_clerk', 'ibok.customers'],
      ['grant update (vip) on ibok.customers to bok_clerk', 'ibok.customers'],
      ['grant insert (state) on ibok.approvals to bok_clerk', 'ibok.approvals'],
      ['grant delete on audit.events to bok_admin', 'audit.events'],
      ['grant truncate on ibok.presence to bok_staff', 'ibok.presence'],
      ['grant select on audit.subject_keys to bok_dpo', 'audit.subject_keys'],
      ['grant usage on sequence ibok.acts_id_seq to bok_staff', 'ibok.acts_id_seq'],
      ['grant select on all tables in schema ibok to ibok_portal', 'ibok.customers'],
      [`alter role ${newcomer} bypassrls`, 'ibok.acts'],
      [`grant bok_clerk to ${newcomer}`, 'ibok.customers'],
      [`grant bok_staff to ${portal}`, 'api.whoami'],
    ].map(([sql = '', object = '']) => ({ name: sql, sql, objects: [object] }));
    expect(await unnoticed(planted)).toEqual([]);
  });
});
