import { readFileSync } from 'node:fs';
import type { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../support/postgres';

const INVARIANTS = readFileSync(new URL('invariants.sql', import.meta.url), 'utf8');
const BREACHES = [...INVARIANTS.matchAll(/^(?:union all )?select '((?:[^']|'')+)'/gm)].map(([, name = '']) =>
  name.replaceAll("''", "'"),
);

const VIEW = 'create view ibok.fault as select id from ibok.customers';
const DEFINER = `create function ibok.fault() returns int language sql security definer`;

/** For each breach the smallest fault that is one, made by a superuser in a transaction that is rolled back. */
const FAULTS: Readonly<Record<string, string>> = {
  'schema missing': 'drop schema portal cascade',
  'role missing': 'alter role ibok_portal rename to ibok_gate',
  'no table in ibok': 'drop schema ibok cascade; create schema ibok',
  'row-level security not enabled': 'alter table ibok.customers disable row level security',
  'row-level security not forced': 'alter table ibok.customers no force row level security',
  'no policy for the owner': 'drop policy owner_all on ibok.customers',
  'policy for everybody': 'create policy fault on ibok.customers using (true)',
  "view that asks with its owner's rights": VIEW,
  'grant past the policies of the parent':
    'create materialized view ibok.fault as select 1 as one; grant select on ibok.fault to bok_clerk',
  'granted to PUBLIC': 'grant select (pesel) on ibok.customers to public',
  'grant option': 'grant select on ibok.premises to bok_clerk with grant option',
  'right nobody needs': 'grant trigger on ibok.premises to bok_clerk',
  'right on a sequence': 'grant usage on sequence ibok.customers_id_seq to bok_clerk',
  'audit trail can be written': 'grant update (reason) on audit.events to bok_admin',
  'owner that can sign in': 'alter role ibok_owner login',
  'owner other than ibok_owner': 'alter table ibok.customers owner to ibok_role_keeper',
  'function executable by PUBLIC': 'grant execute on function keeper.end_login(text) to public',
  'grant option on a function': 'grant execute on function api.whoami() to bok_staff with grant option',
  'definer function with an open search_path': `${DEFINER} as 'select 1'`,
  'definer function of a superuser': 'alter function api.whoami() owner to postgres',
  'definer function of somebody who can sign in': 'alter function api.whoami() owner to ibok_migrator',
  'table without the audit trigger': 'drop trigger audit_inserts on ibok.customers',
  'trigger disabled': 'alter table ibok.customers disable trigger audit_record',
  'login with a dangerous attribute': 'create role s_fault login connection limit 4 bypassrls',
  'group that can sign in': 'alter role bok_clerk login',
  'staff without a limit of connections': 'create role s_fault login',
  'password that is no SCRAM verifier': `set local password_encryption = 'md5'; create role s_fault login password 'x'`,
  'admin option': 'create role s_fault; grant bok_clerk to s_fault with admin option',
  'member of a role outside of the product': 'create role s_fault; grant pg_read_all_data to s_fault',
  'machine that is staff': 'grant bok_clerk to ibok_portal',
  'may create in a schema': 'grant create on schema ibok to bok_clerk',
  'may create temporary tables':
    'do $$ begin execute format($f$grant temp on database %I to bok_staff$f$, current_database()); end $$',
  'may create schemas':
    'do $$ begin execute format($f$grant create on database %I to bok_staff$f$, current_database()); end $$',
  'PUBLIC may connect':
    'do $$ begin execute format($f$grant connect on database %I to public$f$, current_database()); end $$',
  'may run code blocks': 'grant usage on language plpgsql to bok_staff',
  'PUBLIC may wait or store unseen': 'grant execute on function pg_catalog.lo_create(oid) to public',
};

const database = testDatabase();

async function breaches(superuser: Client): Promise<{ breach: string; object: string }[]> {
  return (await superuser.query<{ breach: string; object: string }>(INVARIANTS)).rows;
}

describe('the invariants of the catalogue', () => {
  test('hold in a migrated database', async () => {
    const superuser = await database().asSuperuser();
    expect(await breaches(superuser)).toEqual([]);
  });

  test('each has a fault planted below', () => {
    expect(Object.keys(FAULTS).toSorted()).toEqual([...new Set(BREACHES)].toSorted());
  });

  test.each(Object.entries(FAULTS))('name the planted fault: %s', async (breach, sql) => {
    const superuser = await database().asSuperuser();
    await superuser.query(`set client_min_messages = error; begin; ${sql}`);
    const found = await breaches(superuser);
    await superuser.query('rollback');
    expect(found.map((row) => row.breach)).toContain(breach);
  });
});
