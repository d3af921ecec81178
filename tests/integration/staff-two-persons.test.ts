import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { scramVerifier } from '../../main/db/scram';
import { createStaffLogin } from '../../main/db/staff-login';
import type { StaffGroup } from '../../shared/permissions';
import { type Desk, openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let desk: Desk | undefined;
let person = 0;

beforeEach(async () => {
  root = await database().asSuperuser();
  const { host, port, name } = database();
  desk ??= openDesk({ host, port, database: name, embedded: true });
});
afterAll(() => desk?.close());

const FRESH_PASSWORD = 'zupelnie-nowe-haslo-2026';
const as = (login: string) => database().asLogin(login);
const nameOf = () => {
  person += 1;
  return `s_high${person}_${database().name.slice(-6)}`;
};
async function member(group: StaffGroup, email: string | null = null): Promise<string> {
  const login = nameOf();
  await createStaffLogin(root, { login, displayName: 'Osoba', group, password: TEST_PASSWORD, mustChange: false });
  await root.query('update ibok.staff_members set email = $2 where login = $1', [login, email]);
  return login;
}
const decide = async (login: string, id: string, approve = true, note: string | null = null) =>
  (
    await (
      await as(login)
    ).query('select api.decide_approval($1, $2, $3, $4) as answer', [id, approve, note, randomUUID()])
  ).rows[0].answer;
const window = async (login: string) => {
  if (!desk) throw new Error('no desk');
  return desk.window(`${login} ${randomUUID()}`).signIn(login, TEST_PASSWORD);
};
const newStaff = (login: string) => ({
  requestId: randomUUID(),
  login,
  displayName: 'Nowa Kierowniczka',
  phone: null,
  email: 'nowa.kierowniczka@example.org',
  group: 'bok_supervisor' as const,
  reason: 'zastępstwo na czas urlopu',
});

describe('a new supervisor', () => {
  it('is made when another one approves, with the password the requester was shown once', async () => {
    const admin = await window('s_admin');
    const wanted = newStaff(nameOf());
    const { password, approvalId } = await admin.staff.requestCreate.mutate(wanted);
    expect((await refusalOf(admin.staff.requestCreate.mutate(wanted))).code).toBe('ALREADY_DONE');
    // Nobody reads the verifier, and until the approval there is neither a row nor a login.
    for (const login of ['s_admin', 's_iod', 's_barbara']) {
      await expect((await as(login)).query('select * from ibok.approval_payloads')).rejects.toMatchObject({
        code: '42501',
      });
    }
    await expect(database().asLogin(wanted.login, password)).rejects.toMatchObject({ code: '28P01' });
    expect((await refusalOf(admin.approvals.decide.mutate(act(approvalId)))).code).toBe('SECOND_PERSON_REQUIRED');
    expect((await refusalOf(admin.staff.requestCreate.mutate(newStaff(wanted.login)))).code).toBe('LOGIN_TAKEN');

    const officer = await window('s_iod');
    expect(await officer.approvals.get.query({ id: approvalId })).toMatchObject({
      kind: 'staff.create',
      label: 'Nowa Kierowniczka',
      requestedByName: 'Adam Administrator',
      impact: { login: wanted.login, staff_group: 'bok_supervisor', email: wanted.email },
      changed: false,
      cannotApprove: null,
      waiting: true,
    });
    const shown = await officer.approvals.list.query({
      question: {
        filters: { waiting: { is: 'oneOf', values: ['true'] } },
        sort: { key: 'requestedAt', descending: true },
      },
    });
    expect(shown.rows.map(({ id }) => id)).toContain(approvalId);
    expect(await officer.approvals.decide.mutate(act(approvalId))).toMatchObject({ done: true, state: 'executed' });
    expect(
      (await root.query('select 1 from ibok.approval_payloads where approval_id = $1', [approvalId])).rowCount,
    ).toBe(0);

    const first = await database().asLogin(wanted.login, password);
    await first.query('select api.change_own_password($1)', [await scramVerifier(FRESH_PASSWORD)]);
    const ready = await database().asLogin(wanted.login, FRESH_PASSWORD);
    expect((await ready.query('select api.whoami() as me')).rows[0].me).toMatchObject({ group: 'bok_supervisor' });
    // The freeze: a supervisor of today decides nothing.
    const { rows } = await root.query(
      `select api_made.created_at > now() - interval '1 minute' as fresh from ibok.staff_members api_made where login = $1`,
      [wanted.login],
    );
    expect(rows).toEqual([{ fresh: true }]);
  });

  it('is not made when the login was taken meanwhile: void, not an error', async () => {
    const wanted = newStaff(nameOf());
    const { approvalId } = await (await window('s_admin')).staff.requestCreate.mutate(wanted);
    await createStaffLogin(root, { ...wanted, group: 'bok_clerk', password: TEST_PASSWORD, mustChange: false });
    expect(await decide('s_iod', approvalId)).toMatchObject({ done: false, state: 'void', voidReason: 'changed' });
    expect(
      (await root.query('select 1 from ibok.approval_payloads where approval_id = $1', [approvalId])).rowCount,
    ).toBe(0);
  });

  it('is asked for by administrators alone, and for a name that no row could hold not at all', async () => {
    const call = (login: string, name: string, verifier: string) =>
      `select api.request_staff('${login}', '${name}', null, 'nie adres', 'bok_admin', '${verifier}', 'powód próby', null)`;
    const verifier = await scramVerifier(TEST_PASSWORD);
    for (const login of ['s_anna', 's_barbara', 's_iod']) {
      await expect((await as(login)).query(call(nameOf(), 'Ktoś', verifier)), login).rejects.toMatchObject({
        code: '42501',
      });
    }
    const admin = await as('s_admin');
    await expect(admin.query(call(nameOf(), 'Ktoś', verifier))).rejects.toMatchObject({ constraint: 'email_form' });
    await expect(admin.query(call(nameOf(), ' ', verifier))).rejects.toMatchObject({ code: 'IB004' });
    await expect(admin.query(call('s_x; drop', 'Ktoś', verifier))).rejects.toMatchObject({ code: 'IB004' });
  });
});

describe("a supervisor's new password", () => {
  it('works from the approval on; sessions end, and the person is warned at the office address', async () => {
    const target = await member('bok_supervisor', 'kierownik@example.org');
    const admin = await window('s_admin');
    const { password, approvalId } = await admin.staff.requestReset.mutate({
      requestId: randomUUID(),
      login: target,
      reason: 'zapomniane hasło',
    });
    const session = await as(target);
    await expect(database().asLogin(target, password)).rejects.toMatchObject({ code: '28P01' });
    expect(await decide('s_iod', approvalId)).toMatchObject({ done: true, state: 'executed' });
    await expect(session.query('select 1')).rejects.toThrow();
    await database().asLogin(target, password);
    const { rows } = await root.query(
      `select o.to_address, o.fields, o.send_after <= now() as due from ibok.outbox o
         join ibok.templates t on t.id = o.template_id where t.key = 'staff.password_reset' and o.fields ->> 'login' = $1`,
      [target],
    );
    expect(rows).toEqual([{ to_address: 'kierownik@example.org', fields: { login: target }, due: true }]);
    const counters = await (await window('s_barbara')).approvals.counters.query();
    expect(counters.freshStaff).toBeGreaterThan(0);
  });

  it('is void when the person or the address for the warning changed, and not decided by that person', async () => {
    const target = await member('bok_admin');
    const reset = async () =>
      (
        await (
          await window('s_admin')
        ).staff.requestReset.mutate({ requestId: randomUUID(), login: target, reason: 'próba' })
      ).approvalId;
    const id = await reset();
    await expect(decide(target, id)).rejects.toMatchObject({ code: 'IB007' });
    await (await as('s_admin')).query('select api.change_staff_details($1, $2, $3)', [
      target,
      '{"email": [null, "zamiana@example.org"]}',
      randomUUID(),
    ]);
    expect(await decide('s_iod', id)).toMatchObject({ state: 'void', voidReason: 'changed' });
    const again = await reset();
    expect(await decide('s_iod', again, false, 'zadzwonić najpierw')).toMatchObject({ state: 'rejected' });
    await as(target);
  });
});

describe('a change of group that takes two persons', () => {
  it('happens with the approval, by another administrator or the data protection officer', async () => {
    const target = await member('bok_clerk');
    const second = await member('bok_admin');
    const admin = await window('s_admin');
    const wanted = {
      login: target,
      from: 'bok_clerk' as const,
      to: 'bok_supervisor' as const,
      reason: 'awans od grudnia',
    };
    const { approvalId } = await admin.staff.requestGroup.mutate({ ...wanted, requestId: randomUUID() });
    expect((await refusalOf(admin.staff.requestGroup.mutate({ ...wanted, requestId: randomUUID() }))).code).toBe(
      'ALREADY_REQUESTED',
    );
    await expect(decide('s_barbara', approvalId)).rejects.toMatchObject({ code: 'IB001' });
    expect(await decide(second, approvalId)).toMatchObject({ done: true, state: 'executed' });
    const moved = await as(target);
    expect((await moved.query(`select pg_has_role('bok_supervisor', 'usage') as has`)).rows).toEqual([{ has: true }]);
  });
});

const act = (id: string) => ({ id, requestId: randomUUID(), approve: true, note: null });
