import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { scramVerifier } from '../../main/db/scram';
import { createStaffLogin } from '../../main/db/staff-login';
import { insertCustomer } from '../support/customers';
import { openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let verifier: string;
let person = 0;

beforeAll(async () => {
  verifier = await scramVerifier(TEST_PASSWORD);
});

/** Makes a newcomer through the product's own function; logins belong to the cluster, so each name is used once. */
async function hire(group = 'bok_clerk') {
  person += 1;
  const login = `s_new${person}_${database().name.slice(-6)}`;
  const admin = await database().asLogin('s_admin');
  const args = [login, 'Nowa Osoba', '500 100 200', 'nowa@example.org', group, verifier, randomUUID()];
  const { rows } = await admin.query('select api.create_staff($1, $2, $3, $4, $5, $6, $7) as made', args);
  return { login, admin, args, made: rows[0].made };
}

describe('a newcomer', () => {
  it('can do nothing but change the first password, in psql too', async () => {
    const root = await database().asSuperuser();
    const customer = await insertCustomer(root);
    const { login, made } = await hire();
    const hours = (new Date(made.validUntil).getTime() - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(71.9);
    expect(hours).toBeLessThan(72.1);

    const early = await database().asLogin(login);
    for (const sql of [
      'select id from ibok.customers',
      'select * from ibok.customer_search',
      `select api.open_card(${customer}, 'check')`,
      `select api.edit_contact(${customer}, '{"phone": [null, "500100200"]}')`,
      'set role bok_clerk',
    ]) {
      await expect(early.query(sql), sql).rejects.toMatchObject({ code: '42501' });
    }
    const me = await early.query('select api.whoami() as me');
    expect(me.rows[0].me).toMatchObject({ login, group: 'bok_clerk', mustChangePassword: true });

    await early.query('select api.change_own_password($1)', [await scramVerifier('calkiem-nowe-haslo')]);
    await expect(database().asLogin(login)).rejects.toMatchObject({ code: '28P01' });
    const ready = await database().asLogin(login, 'calkiem-nowe-haslo');
    expect((await ready.query('select id from ibok.customers')).rowCount).toBe(1);
    expect((await ready.query('select api.whoami() as me')).rows[0].me.mustChangePassword).toBe(false);
    const { rows } = await root.query(
      'select rolconnlimit, rolvaliduntil::text as until from pg_roles where rolname = $1',
      [login],
    );
    expect(rows).toEqual([{ rolconnlimit: 4, until: 'infinity' }]);
  });

  it('cannot use the first password after 72 hours, and hears so', async () => {
    const { login } = await hire();
    const root = await database().asSuperuser();
    await root.query(`update ibok.staff_members set password_reset_at = now() - interval '73 hours' where login = $1`, [
      login,
    ]);
    const late = await database().asLogin(login);
    expect((await late.query('select api.whoami() as me')).rows[0].me).toMatchObject({ passwordExpired: true });
    await expect(late.query('select api.change_own_password($1)', [verifier])).rejects.toMatchObject({ code: 'IB008' });
  });

  it('is made once by two clicks, and a request id does not serve for somebody else', async () => {
    const { admin, args, made } = await hire();
    // Each call makes its own password, so its verifier is another one: the first password stays.
    const otherVerifier = [...args.slice(0, 5), await scramVerifier('inne-pierwsze-haslo'), args[6]];
    const again = await admin.query('select api.create_staff($1, $2, $3, $4, $5, $6, $7) as made', otherVerifier);
    expect(again.rows[0].made).toEqual({ ...made, again: true });
    await database().asLogin(String(args[0]));
    const other = ['s_inna_osoba', ...args.slice(1)];
    await expect(admin.query('select api.create_staff($1, $2, $3, $4, $5, $6, $7)', other)).rejects.toMatchObject({
      code: 'IB005',
    });
    const sameLogin = [...args.slice(0, 6), randomUUID()];
    await expect(admin.query('select api.create_staff($1, $2, $3, $4, $5, $6, $7)', sameLogin)).rejects.toMatchObject({
      code: '23505',
      constraint: 'staff_members_login',
    });
  });

  it('becomes a supervisor, administrator or data protection officer only by two persons', async () => {
    for (const group of [
      'bok_supervisor',
      'bok_admin',
      'bok_dpo',
      'ibok_owner',
      'pg_execute_server_program',
      'postgres',
    ]) {
      await expect(hire(group), group).rejects.toMatchObject({ code: 'IB007' });
    }
  });

  it.each([
    ['postgres', 'SCRAM'],
    ['s_x; alter role postgres', 'SCRAM'],
    ['S_UPPER', 'SCRAM'],
    ['s_good_name', 'plain password'],
    ['s_good_name', "SCRAM-SHA-256$4096:x' superuser --"],
    [
      's_good_name',
      'SCRAM-SHA-256$1:AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    ],
  ])('is refused under the login %s with the verifier %s', async (login, given) => {
    const admin = await database().asLogin('s_admin');
    const args = [login, 'Ktoś', null, null, 'bok_clerk', given === 'SCRAM' ? verifier : given, randomUUID()];
    await expect(admin.query('select api.create_staff($1, $2, $3, $4, $5, $6, $7)', args)).rejects.toMatchObject({
      code: expect.stringMatching(/^(IB004|23514)$/),
    });
  });
});

describe('a login made without an administrator', () => {
  const facts = async (root: Client, login: string) => {
    const { rows } = await root.query(
      `select must_change_password as "mustChange", now() - password_reset_at < interval '1 minute' as fresh,
              case when isfinite(r.rolvaliduntil) then r.rolvaliduntil - m.password_reset_at end as "validFor", r.rolvaliduntil = 'infinity' as forever,
              array(select g.rolname::text from pg_auth_members a join pg_roles g on g.oid = a.roleid
                     where a.member = r.oid order by 1) as groups
         from ibok.staff_members m join pg_roles r on r.rolname = m.login where m.login = $1`,
      [login],
    );
    return rows[0];
  };
  const person = () => ({
    login: `s_first_${database().name.slice(-6)}`,
    displayName: 'Pierwszy Administrator',
    group: 'bok_admin' as const,
    password: TEST_PASSWORD,
  });

  it('is made ready or with a first password, and made again it is as if made anew', async () => {
    const root = await database().asSuperuser();
    const ready = { mustChange: false, fresh: false, forever: true, groups: ['bok_admin', 'bok_staff'] };
    const first = { mustChange: true, fresh: true, forever: false, groups: ['bok_staff'] };
    for (const mustChange of [true, false, true]) {
      await createStaffLogin(root, { ...person(), mustChange });
      expect(await facts(root, person().login)).toMatchObject(mustChange ? first : ready);
    }
    // As with api.create_staff: 72 hours of use, and 14 days more in which the person hears that they are over.
    const { rows } = await root.query(`select interval '17 days' as "validFor"`);
    expect((await facts(root, person().login)).validFor).toEqual(rows[0].validFor);
  });

  it('leaves nothing behind when the server refuses it', async () => {
    const root = await database().asSuperuser();
    const login = `${person().login}x`;
    // No keeper of logins may touch a superuser.
    await root.query(`create role ${login} superuser nologin`);
    await expect(createStaffLogin(root, { ...person(), login, mustChange: true })).rejects.toMatchObject({
      code: '42501',
    });
    expect((await root.query('select from ibok.staff_members where login = $1', [login])).rowCount).toBe(0);
    await root.query(`drop role ${login}`);
  });

  it('is not made of somebody who has left', async () => {
    const { login, admin } = await hire();
    await admin.query('select api.end_staff($1, $2)', [login, randomUUID()]);
    const root = await database().asSuperuser();
    await expect(createStaffLogin(root, { ...person(), login, mustChange: false })).rejects.toThrow(/left/);
  });
});

describe('a leaver', () => {
  it('loses sessions, groups and sign-in at once', async () => {
    const { login, admin } = await hire();
    const first = await database().asLogin(login);
    await first.query('select api.change_own_password($1)', [verifier]);
    const second = await database().asLogin(login);
    await second.query('begin');
    const started = Date.now();
    const { rows } = await admin.query('select api.end_staff($1, $2) as done', [login, randomUUID()]);
    expect(rows[0].done).toMatchObject({ login, sessionsEnded: 2 });
    await expect(first.query('select 1')).rejects.toThrow();
    await expect(second.query('select 1')).rejects.toThrow();
    await expect(database().asLogin(login)).rejects.toMatchObject({ code: '28P01' });
    expect(Date.now() - started).toBeLessThan(5_000);
    const root = await database().asSuperuser();
    const groups = await root.query(
      'select from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = $1',
      [login],
    );
    expect(groups.rowCount).toBe(0);
    await expect(admin.query('select api.end_staff($1, $2)', [login, randomUUID()])).rejects.toMatchObject({
      code: 'IB006',
    });
  });

  it('cannot be oneself, and is ended by administrators only', async () => {
    const admin = await database().asLogin('s_admin');
    await expect(admin.query('select api.end_staff($1, $2)', ['s_admin', randomUUID()])).rejects.toMatchObject({
      code: 'IB006',
    });
    const barbara = await database().asLogin('s_barbara');
    await expect(barbara.query('select api.end_staff($1, $2)', ['s_anna', randomUUID()])).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('a reset password', () => {
  it('takes groups and sessions away until the person has changed it', async () => {
    const { login, admin } = await hire('bok_technician');
    const before = await database().asLogin(login);
    await before.query('select api.change_own_password($1)', [verifier]);
    await before.query('select id from ibok.meters');
    await admin.query('select api.reset_password($1, $2, $3)', [
      login,
      await scramVerifier('pierwsze-haslo-znowu'),
      randomUUID(),
    ]);
    await expect(before.query('select 1')).rejects.toThrow();
    const after = await database().asLogin(login, 'pierwsze-haslo-znowu');
    await expect(after.query('select id from ibok.meters')).rejects.toMatchObject({ code: '42501' });
    const root = await database().asSuperuser();
    const { rows } = await root.query(
      `select must_change_password, password_reset_at > now() - interval '1 minute' as fresh from ibok.staff_members where login = $1`,
      [login],
    );
    expect(rows).toEqual([{ must_change_password: true, fresh: true }]);
  });

  it('is set once by two clicks, and shown once', async () => {
    const { login } = await hire();
    const { host, port, name } = database();
    const desk = openDesk({ host, port, database: name, embedded: true });
    const admin = await desk.window('admin').signIn('s_admin', TEST_PASSWORD);
    const act = { login, requestId: randomUUID() };
    const first = await admin.staff.resetPassword.mutate(act);
    const root = await database().asSuperuser();
    const { rows } = await root.query(
      'select ibok.first_password_end(password_reset_at) as until from ibok.staff_members where login = $1',
      [login],
    );
    expect(first.validUntil).toBe(rows[0].until.toISOString());
    expect((await refusalOf(admin.staff.resetPassword.mutate(act))).code).toBe('ALREADY_DONE');
    await database().asLogin(login, first.password);

    const newcomer = {
      requestId: randomUUID(),
      login: `${login}b`,
      displayName: 'Nowa Osoba',
      phone: null,
      email: null,
      group: 'bok_clerk' as const,
    };
    const made = await admin.staff.create.mutate(newcomer);
    expect((await refusalOf(admin.staff.create.mutate(newcomer))).code).toBe('ALREADY_DONE');
    await database().asLogin(newcomer.login, made.password);
    await desk.close();
  });

  it('of a supervisor needs a second person', async () => {
    const admin = await database().asLogin('s_admin');
    await expect(
      admin.query('select api.reset_password($1, $2, $3)', ['s_barbara', verifier, randomUUID()]),
    ).rejects.toMatchObject({
      code: 'IB007',
    });
  });
});

describe('the reaper', () => {
  it('ends a session of staff that idles in a transaction, whatever it has set, and no other', async () => {
    const worker = await database().asLogin('ibok_worker');
    const idle = await database().asLogin('s_anna');
    const innocent = await database().asLogin('s_barbara');
    const machine = await database().asSuperuser();
    await idle.query('set idle_in_transaction_session_timeout = 0');
    await idle.query('begin');
    await machine.query('begin');
    await setTimeout(1_200);
    await innocent.query('select 1');
    const { rows } = await worker.query('select jobs.reap(1) as done');
    expect(rows[0].done).toMatchObject({ sessions: 1 });
    await expect(idle.query('select 1')).rejects.toThrow();
    await innocent.query('select 1');
    await machine.query('rollback');
  });

  it('is not for members of staff', async () => {
    for (const login of ['s_anna', 's_barbara', 's_admin', 's_iod']) {
      const client = await database().asLogin(login);
      await expect(client.query('select jobs.reap(1)'), login).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('select keeper.reap_sessions(1)'), login).rejects.toMatchObject({ code: '42501' });
    }
  });
});
