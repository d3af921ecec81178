import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, setStage } from './fixtures';

/** What a curious or bribed clerk types into psql, with the only answer there is: permission denied. */
const DENIED: readonly string[] = [
  // Personal data, read straight or by a side door.
  'select * from ibok.customers',
  'select c from ibok.customers c',
  'select to_jsonb(c) from ibok.customers c',
  'select pesel from ibok.customers',
  `select id from ibok.customers where pesel = '44051401359'`,
  'select id from ibok.customers order by bank_account',
  'select count(phone) from ibok.customers',
  'select id from ibok.customers for update',
  'copy ibok.customers to stdout',
  'copy (select email, phone from ibok.customers) to stdout',
  `explain select id from ibok.customers where pesel = '44051401359'`,
  'table ibok.blobs',
  'select email from ibok.staff_members',
  // Writing past the functions.
  'update ibok.customers set vip = true',
  `update ibok.customers set phone = '1' where phone = '600100200'`,
  'delete from ibok.customers',
  `insert into ibok.customers (customer_no) values ('009001') on conflict do nothing`,
  `update ibok.approvals set state = 'approved', decided_by = 's_other'`,
  `insert into ibok.approvals (kind, subject, subject_version, reason, requested_by) values ('a.b', 'x:1', '1', '', 's_x')`,
  'update ibok.staff_settings set draft_key = null',
  `insert into ibok.rule_values (key, value, valid_from, source) values ('alarm.cards_per_day', '1e9', now(), '')`,
  'truncate ibok.presence',
  'lock table ibok.customers',
  // The trail.
  'select * from audit.events',
  'insert into audit.events default values',
  'update audit.events set login = session_user',
  'delete from audit.reads',
  'truncate audit.events cascade',
  'select audit.verify_chain()',
  `select audit.write('customers', '1', 'update', 'system', '{}')`,
  `select keeper.grant_group(session_user::text, 'bok_supervisor')`,
  `select keeper.set_verifier('s_admin', 'x', null)`,
  'select jobs.reap(4)',
  'alter table ibok.customers disable trigger all',
  'drop trigger audit_record on ibok.customers',
  'drop trigger audit_inserts on ibok.customers',
  'set session_replication_role = replica',
  'set row_security = off; select * from ibok.staff_settings',
  // Being somebody else.
  'set role bok_supervisor',
  'set role ibok_owner',
  'set role ibok_role_keeper',
  'set session authorization ibok_owner',
  'alter role current_user createrole',
  `alter role current_user valid until 'infinity'`,
  'alter role current_user connection limit -1',
  'alter role current_user bypassrls',
  `alter role ibok_worker password 'x'`,
  `alter role all set work_mem = '1GB'`,
  'create role s_mallory login',
  'drop role ibok_portal',
  'grant bok_supervisor to current_user',
  'grant select on ibok.customers to current_user',
  'drop policy customers_read on ibok.customers',
  'alter policy acts_own on ibok.acts using (true)',
  'alter table ibok.customers disable row level security',
  // Making things.
  'create table ibok.mine (a int)',
  'create table public.mine (a int)',
  'create temp table customers (a int)',
  'create schema mine',
  'create view api.mine as select 1',
  `create function ibok.mine() returns int language sql as 'select 1'`,
  `create function pg_temp.mine() returns int language sql as 'select 1'`,
  'do $$ begin end $$',
  'create publication mine',
  `create subscription mine connection 'host=x' publication y with (connect = false)`,
  'create event trigger mine on ddl_command_start execute function pg_catalog.unique_key_recheck()',
  'create extension dblink schema public',
  'alter default privileges for role ibok_owner grant select on tables to public',
  `load 'auto_explain'`,
  // The server.
  `select pg_read_file('/etc/passwd')`,
  `select pg_ls_dir('.')`,
  `copy ibok.premises to '/tmp/premises'`,
  `copy ibok.premises to program 'cat'`,
  `copy ibok.presence (record) from program 'id'`,
  'select * from pg_authid',
  'select * from pg_statistic',
  'select * from pg_hba_file_rules',
  'select lo_create(0)',
  `select lo_import('/etc/passwd')`,
  'select pg_advisory_lock(1)',
  'select pg_try_advisory_xact_lock_shared(1)',
  'select pg_reload_conf()',
  'select pg_switch_wal()',
  `select pg_create_physical_replication_slot('mine')`,
  `set log_statement = 'none'`,
  `set temp_file_limit = -1`,
  `set log_error_verbosity = 'verbose'`,
  'alter database postgres set work_mem = 1',
];

let stage: Stage;
let clerk: Client;
beforeAll(async () => {
  stage = await setStage();
  clerk = await stage.database.asLogin(stage.logins.clerk);
});
afterAll(() => stage?.close());

/** Runs a statement in a transaction that is rolled back. */
async function tried<T extends object>(sql: string, client = clerk): Promise<T[]> {
  await client.query('begin');
  try {
    const result = await client.query<T>(sql);
    return (Array.isArray(result) ? result.at(-1) : result).rows;
  } finally {
    await client.query('rollback');
  }
}

async function asSuperuser<T>(work: (superuser: Client) => Promise<T>): Promise<T> {
  const superuser = await stage.database.asSuperuser();
  return work(superuser).finally(() => superuser.end());
}

describe('a clerk with psql is refused', () => {
  test.each(DENIED)('%s', async (sql) => {
    await expect(tried(sql)).rejects.toMatchObject({ code: '42501' });
  });

  test('to change the server for everybody', async () => {
    // Not inside a transaction: there it is refused for another reason.
    await expect(clerk.query(`alter system set log_statement = 'all'`)).rejects.toMatchObject({ code: '42501' });
  });

  test('to prepare a transaction that would outlive the session', async () => {
    await clerk.query('begin');
    await expect(clerk.query(`prepare transaction 'mine'`)).rejects.toMatchObject({ code: '55000' });
    await clerk.query('rollback');
  });

  test('to end or cancel sessions of others', async () => {
    const supervisor = await stage.database.asLogin(stage.logins.supervisor);
    const { rows } = await supervisor.query<{ pid: number }>('select pg_backend_pid() as pid');
    for (const act of ['pg_terminate_backend', 'pg_cancel_backend']) {
      await expect(tried(`select ${act}(${rows[0]?.pid})`)).rejects.toMatchObject({ code: '42501' });
    }
    expect((await supervisor.query('select 1')).rowCount).toBe(1);
    await supervisor.end();
  });

  test('to strip the office of its row policies by DROP OWNED', async () => {
    const policies = () =>
      asSuperuser(async (superuser) => {
        const { rows } = await superuser.query(
          'select tablename, policyname, roles::text from pg_policies order by 1, 2',
        );
        return rows;
      });
    const before = await policies();
    for (const role of ['supervisor', 'admin', 'clerk', 'dpo', 'technician'] as const) {
      const client = await stage.database.asLogin(stage.logins[role]);
      // Not rolled back: what counts is what is left.
      await client.query(`set client_min_messages = error; drop owned by bok_${role}`).catch(() => undefined);
      await client.end();
    }
    expect(await policies()).toEqual(before);
  });
});

describe('what PostgreSQL allows everybody does no harm', () => {
  test('a hint sent by hand', async () => {
    await tried(`notify ibok, 'customers:9001'`);
    await tried(`select pg_notify('ibok', 'customers:9001')`);
  });

  test('the role of the own group: the session keeps its person, and gains nothing', async () => {
    const rows = await tried<{ person: string }>('set local role bok_clerk; select session_user::text as person');
    expect(rows).toEqual([{ person: stage.logins.clerk }]);
    await expect(tried('set local role bok_clerk; select pesel from ibok.customers')).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('statistics show no value of a hidden column', async () => {
    await asSuperuser((superuser) => superuser.query('analyze ibok.customers'));
    const hidden = await tried(
      `select 1 from pg_stats where tablename = 'customers' and attname in ('pesel', 'phone', 'email')`,
    );
    expect(hidden).toEqual([]);
  });

  test('statements of others stay hidden', async () => {
    const supervisor = await stage.database.asLogin(stage.logins.supervisor);
    await supervisor.query(`select 'canary' as secret`);
    const rows = await tried<{ query: string }>(
      `select query from pg_stat_activity where usename = '${stage.logins.supervisor}' and query <> '<insufficient privilege>'`,
    );
    await supervisor.end();
    expect(rows).toEqual([]);
  });

  test('a grant on what is not one’s own changes nothing', async () => {
    const acl = () =>
      asSuperuser(
        async (superuser) =>
          (await superuser.query(`select relacl::text from pg_class where oid = 'ibok.premises'::regclass`)).rows,
      );
    const before = await acl();
    await clerk.query(
      'set client_min_messages = error; grant select on ibok.premises to public; reset client_min_messages',
    );
    expect(await acl()).toEqual(before);
  });

  test('an own password set past the function gives a newcomer neither group nor time', async () => {
    const newcomer = await stage.database.asLogin(stage.logins.newcomer);
    const state = () =>
      asSuperuser(async (superuser) => {
        const { rows } = await superuser.query(
          `select rolvaliduntil, pg_has_role(rolname, 'bok_clerk', 'member') as clerk from pg_roles where rolname = $1`,
          [stage.logins.newcomer],
        );
        return rows;
      });
    const before = await state();
    await newcomer.query(
      `set password_encryption = 'scram-sha-256'; alter role current_user password 'moje-wlasne-haslo'`,
    );
    await expect(newcomer.query('select * from ibok.customer_search')).rejects.toMatchObject({ code: '42501' });
    expect(await state()).toEqual(before);
    await newcomer.end();
  });

  test('forged settings reach the trail as what they are, under the real name and cut to size', async () => {
    await clerk.query('begin');
    await clerk.query(`set application_name = 'TP-MEDIA'; set ibok.on_behalf_of = 'account:1'`);
    await clerk.query(
      `select set_config('ibok.request_id', repeat('x', 10000), false), set_config('ibok.reason', repeat('y', 10000), false)`,
    );
    await clerk.query(`select api.edit_contact(9001, '{"phone": ["600100200", "600100300"]}')`);
    await clerk.query('commit');
    const rows = await asSuperuser(async (superuser) => {
      const found = await superuser.query(
        `select login, application, on_behalf_of, length(request_id) as request, length(reason) as reason
           from audit.events where table_name = 'customers' order by id desc limit 1`,
      );
      return found.rows;
    });
    expect(rows).toEqual([
      { login: stage.logins.clerk, application: 'TP-MEDIA', on_behalf_of: null, request: 200, reason: 200 },
    ]);
  });

  test('temp tables and functions of the same name do not fool a definer function, even if they could be made', async () => {
    await asSuperuser(async (superuser) => {
      await superuser.query('begin');
      await superuser.query(
        `grant temp on database ${stage.database.name} to public; grant usage on language plpgsql to public`,
      );
      await superuser.query(`set local session authorization ${stage.logins.newcomer}`);
      await superuser.query(`
        create temp table customers (id bigint, phone text);
        create temp table staff_members (login text, active boolean);
        create function pg_temp.demand_role(variadic text[]) returns void language plpgsql as 'begin end';
        create function pg_temp.pg_has_role(name, text, text) returns boolean language sql as 'select true';
        create function pg_temp.log_read(bigint, text, text) returns void language plpgsql as 'begin end'`);
      await superuser.query('set local search_path = pg_temp, pg_catalog, api, ibok; savepoint made');
      await expect(superuser.query(`select api.open_card(9001, 'visit')`)).rejects.toMatchObject({ code: '42501' });
      await superuser.query(
        `rollback to savepoint made; reset session authorization; grant execute on function api.open_card(bigint, text) to public`,
      );
      await superuser.query(`set local session authorization ${stage.logins.newcomer}`);
      await expect(superuser.query(`select api.open_card(9001, 'visit')`)).rejects.toMatchObject({ code: 'IB001' });
      await superuser.query('rollback');
    });
  });

  test('one card opened by psql is one row in the read log, and many are one alarm', async () => {
    await clerk.query(`select api.open_card(9001, 'visit') from generate_series(1, 301)`);
    const rows = await asSuperuser(async (superuser) => {
      const found = await superuser.query(
        `select (select count(*)::int from audit.reads where login = $1 and fields = 'card') as reads,
                (select count(*)::int from audit.alarms where login = $1) as alarms`,
        [stage.logins.clerk],
      );
      return found.rows;
    });
    expect(rows).toEqual([{ reads: 301, alarms: 1 }]);
  });

  test('contact data leafed through by their history or by revealing raise the alarm as well', async () => {
    const supervisor = await stage.database.asLogin(stage.logins.supervisor);
    await supervisor.query(
      `select count(*) from generate_series(1, 301) as n, lateral api.history('customers', 9001 + 0 * n) as seen`,
    );
    await supervisor.end();
    const dpo = await stage.database.asLogin(stage.logins.dpo);
    await dpo.query(`select api.reveal(9001, 'pesel', 'wniosek klienta') from generate_series(1, 301)`);
    await dpo.end();
    const rows = await asSuperuser(async (superuser) => {
      const logins = [stage.logins.supervisor, stage.logins.dpo];
      const found = await superuser.query('select login from audit.alarms where login = any ($1)', [logins]);
      return found.rows.map(({ login }) => login as string).toSorted();
    });
    expect(rows).toEqual([stage.logins.supervisor, stage.logins.dpo].toSorted());
  });

  test('a lock that stands in the reaper’s own way does not keep its holder alive', async () => {
    const holder = await stage.database.asLogin(stage.logins.technician);
    const ended = new Promise<void>((resolve) => holder.once('end', resolve));
    await holder.query('set idle_in_transaction_session_timeout = 0; begin; lock table ibok.presence');
    const worker = await stage.database.asLogin('ibok_worker');
    await new Promise((resolve) => setTimeout(resolve, 4_200));
    await worker.query('select jobs.reap(4)');
    await ended;
    await worker.end();
  });
});
