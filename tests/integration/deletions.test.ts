import { randomUUID } from 'node:crypto';
import type { Client as PgClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../main/core/jobs';
import { executeDeletions, purgeDeletions } from '../../main/modules/deletions/deletions.jobs';
import type { ListQuestion } from '../../shared/contract/lists';
import { type CanaryAccount, plantCanaryAccount } from '../support/canary-account';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let customer: string;
const apis: Record<string, Client> = {};
let planted = 0;

beforeAll(async () => {
  const root = await database().asSuperuser();
  customer = (await plantPeople(root)).zuk;
  await root.query(`update ibok.staff_members set created_at = now() - interval '3 days',
    password_reset_at = now() - interval '3 days'`);
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  for (const login of ['s_anna', 's_barbara', 's_celina', 's_tomasz', 's_iod']) {
    apis[login] = await desk.window(login).signIn(login, TEST_PASSWORD);
  }
});
afterAll(() => desk.close());

const as = (login: string) => apis[login] as Client;
/** Runs a job as the worker does: each statement by itself. */
const run = async (job: Job) => {
  const worker = await database().asLogin('ibok_worker');
  await job.run({
    rows: async <Row extends object>(sql: string, bind: readonly unknown[] = []) =>
      (await worker.query<Row>(sql, [...bind])).rows,
  });
};
const TODAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
const act = <T extends object>(more: T) => ({ requestId: randomUUID(), ...more });

async function account(): Promise<CanaryAccount> {
  planted += 1;
  return plantCanaryAccount(await database().asSuperuser(), customer, `d${planted}`);
}

const ask = (login: string, { account: accountId }: CanaryAccount) =>
  as(login).deletions.request.mutate(
    act({ accountId, askedVia: 'letter' as const, askedOn: TODAY, identityMethod: 'signature' as const, note: null }),
  );

const value = async <T>(client: PgClient, sql: string, values: unknown[] = []): Promise<T> =>
  Object.values((await client.query(sql, values)).rows[0] ?? {})[0] as T;

const stateOf = async (id: string) =>
  value<string>(await database().asSuperuser(), 'select status from ibok.accounts where id = $1', [id]);

describe('a request for deletion', () => {
  it('blocks the account at once, goes to approval, and is made once by two clicks', async () => {
    const who = await account();
    const wanted = act({
      accountId: who.account,
      askedVia: 'in_person' as const,
      askedOn: TODAY,
      identityMethod: 'identity_card' as const,
      note: 'przyszła z dowodem',
    });
    const { id, approvalId } = await as('s_anna').deletions.request.mutate(wanted);
    expect(await as('s_anna').deletions.request.mutate(wanted)).toEqual({ id, approvalId });
    const record = await as('s_anna').deletions.get.query({ id });
    expect(record).toMatchObject({
      number: `U-${id.padStart(6, '0')}`,
      accountStatus: 'deleting',
      status: 'forwarded',
      askedVia: 'in_person',
      identityMethod: 'identity_card',
      identityCheckedByName: 'Anna Klerk',
      forwardedByName: 'Anna Klerk',
      customers: ['000123'],
      daysLeft: 7,
      overdue: false,
      held: false,
      approval: { id: approvalId, state: 'open', requestedByName: 'Anna Klerk' },
      abilities: { forward: 'forwarded', withdraw: null },
      mails: [{ template: 'deletion.received', state: 'new' }],
    });
    expect(record.parts.map(({ part }) => part)).toContain('credentials');
    expect(record.approval?.impact).toMatchObject({ sign_ins: 1, account: 1 });
    const root = await database().asSuperuser();
    const open = 'select count(*) from ibok.account_sessions where account_id = $1 and ended_at is null';
    expect(await value(root, open, [who.account])).toBe('0');
    expect((await refusalOf(ask('s_barbara', who))).code).toBe('DELETION_OPEN');
    expect((await refusalOf(as('s_tomasz').deletions.get.query({ id }))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(as('s_iod').deletions.request.mutate(wanted))).code).toBe('NOT_ALLOWED');
    expect((await as('s_iod').deletions.get.query({ id })).abilities.withdraw).toBe('role');
  });

  it('is due seven working days on, counted over the holidays of the year’s end', async () => {
    const who = await account();
    const root = await database().asSuperuser();
    // Thursday, Friday and Monday between Christmas Eve and Epiphany are days off.
    await root.query('begin');
    const id = await value<string>(root, `select ibok.open_deletion($1, 'portal', '2026-12-22', null)`, [who.account]);
    const due = await value(root, 'select due_on::text from ibok.deletion_requests where id = $1', [id]);
    await root.query('rollback');
    expect(due).toBe('2027-01-05');
  });

  it('is refused for another day, way or proof than the office takes', async () => {
    const who = await account();
    const { request } = as('s_anna').deletions;
    const good = {
      accountId: who.account,
      askedVia: 'letter' as const,
      askedOn: TODAY,
      identityMethod: 'signature' as const,
      note: null,
    };
    expect((await refusalOf(request.mutate(act({ ...good, askedOn: '2031-01-01' })))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(request.mutate(act({ ...good, identityMethod: 'death_notice' as const })))).code).toBe(
      'INVALID_INPUT',
    );
    expect((await refusalOf(request.mutate(act({ ...good, accountId: '999999' })))).code).toBe('NOT_FOUND');
    expect(await stateOf(who.account)).toBe('active');
  });

  it('from the portal waits for a clerk, who counts as the one who asks', async () => {
    const who = await account();
    const portal = await database().asLogin('ibok_portal');
    const told = await value<{ number: string }>(portal, 'select portal.request_deletion($1, $2)', [
      who.account,
      'już nie potrzebuję',
    ]);
    expect(await value(portal, 'select portal.request_deletion($1, null)', [who.account])).toEqual(told);
    const id = String(Number(told.number.slice(2)));
    expect(await as('s_anna').deletions.get.query({ id })).toMatchObject({
      status: 'open',
      askedVia: 'portal',
      note: 'już nie potrzebuję',
      accountStatus: 'deleting',
      abilities: { forward: null, withdraw: null },
    });
    const { approvalId = '' } = await as('s_barbara').deletions.forward.mutate(
      act({ id, identityMethod: 'portal' as const, note: null }),
    );
    const own = as('s_barbara').approvals.decide.mutate(act({ id: approvalId, approve: true, note: null }));
    expect((await refusalOf(own)).code).toBe('SECOND_PERSON_REQUIRED');
    const psql = await database().asLogin('s_barbara');
    await expect(psql.query('select api.decide_approval($1, true, null, null)', [approvalId])).rejects.toMatchObject({
      code: 'IB007',
    });
    const clerk = await database().asLogin('s_anna');
    await expect(clerk.query('select api.decide_approval($1, true, null, null)', [approvalId])).rejects.toMatchObject({
      code: 'IB001',
    });
    await as('s_celina').approvals.decide.mutate(act({ id: approvalId, approve: true, note: null }));
    expect((await as('s_anna').deletions.get.query({ id })).status).toBe('approved');
  });

  it('cannot be sent to approval past its own check, by psql either', async () => {
    const who = await account();
    const root = await database().asSuperuser();
    const id = await value<string>(root, `select ibok.open_deletion($1, 'portal', ibok.today(), null)`, [who.account]);
    const clerk = await database().asLogin('s_anna');
    await expect(
      clerk.query(`select api.request_approval('account.delete', $1, null, 'bez sprawdzenia', null)`, [id]),
    ).rejects.toMatchObject({ code: 'IB001' });
    await expect(clerk.query(`update ibok.deletion_requests set status = 'approved'`)).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe('what becomes of it', () => {
  it('rejected with a reason: the account is back as it was and its holder is told', async () => {
    const who = await account();
    const { id, approvalId = '' } = await ask('s_anna', who);
    await as('s_barbara').approvals.decide.mutate(act({ id: approvalId, approve: false, note: 'podpis innej osoby' }));
    expect(await as('s_anna').deletions.get.query({ id })).toMatchObject({
      status: 'rejected',
      accountStatus: 'active',
      approval: { state: 'rejected', note: 'podpis innej osoby', decidedByName: 'Barbara Starsza' },
    });
    const root = await database().asSuperuser();
    const mail = `select fields ->> 'reason' from ibok.outbox where key = 'deletion.rejected:' || $1`;
    expect(await value(root, mail, [id])).toBe('podpis innej osoby');
    await expect(ask('s_anna', who)).resolves.toMatchObject({ id: expect.any(String) });
  });

  it('withdrawn: the account is back, and nothing waits for approval any more', async () => {
    const who = await account();
    const { id, approvalId = '' } = await ask('s_anna', who);
    await as('s_anna').deletions.withdraw.mutate(act({ id, note: 'klient się rozmyślił' }));
    expect(await as('s_anna').deletions.get.query({ id })).toMatchObject({
      status: 'withdrawn',
      accountStatus: 'active',
    });
    expect(await as('s_barbara').approvals.get.query({ id: approvalId })).toMatchObject({
      state: 'void',
      voidReason: 'withdrawn',
    });
    const again = as('s_anna').deletions.withdraw.mutate(act({ id, note: 'jeszcze raz' }));
    expect((await refusalOf(again)).code).toBe('CONFLICT');
  });

  it('changed since it was asked: the decision makes it void, and the wish waits to be checked anew', async () => {
    const who = await account();
    const { id, approvalId = '' } = await ask('s_anna', who);
    const root = await database().asSuperuser();
    await root.query(`update ibok.account_access set valid_to = ibok.today() where account_id = $1`, [who.account]);
    const answer = await as('s_barbara').approvals.decide.mutate(act({ id: approvalId, approve: true, note: null }));
    expect(answer).toMatchObject({ done: false, state: 'void', voidReason: 'changed' });
    expect(await as('s_anna').deletions.get.query({ id })).toMatchObject({
      status: 'open',
      accountStatus: 'deleting',
      approval: { state: 'void', voidReason: 'changed' },
      abilities: { forward: null },
    });
    await expect(
      as('s_anna').deletions.forward.mutate(act({ id, identityMethod: 'signature' as const, note: null })),
    ).resolves.toMatchObject({ approvalId: expect.any(String) });
  });

  it('under a legal hold: not approved and not carried out until it is released', async () => {
    const who = await account();
    const { id, approvalId = '' } = await ask('s_anna', who);
    const root = await database().asSuperuser();
    const hold = (reason: string) =>
      value<string>(root, 'insert into ibok.legal_holds (customer_id, reason) values ($1, $2) returning id', [
        customer,
        reason,
      ]);
    const release = (hold: string) =>
      root.query(`update ibok.legal_holds set released_by = 's_iod', released_at = now() where id = $1`, [hold]);
    const decide = () => as('s_barbara').approvals.decide.mutate(act({ id: approvalId, approve: true, note: null }));

    const first = await hold('spór sądowy');
    expect((await refusalOf(decide())).code).toBe('LEGAL_HOLD');
    expect(await as('s_anna').deletions.get.query({ id })).toMatchObject({
      held: true,
      holds: [{ customerNo: '000123', reason: 'spór sądowy' }],
    });
    await release(first);
    expect(await decide()).toMatchObject({ done: true, state: 'approved' });

    const second = await hold('kontrola');
    await run(executeDeletions);
    expect(await stateOf(who.account)).toBe('deleting');
    await release(second);
    await run(executeDeletions);
    expect(await stateOf(who.account)).toBe('deleted');
  });

  it('carried out: erased, with its protocol on paper made once', async () => {
    const who = await account();
    const { id, approvalId = '' } = await ask('s_anna', who);
    await as('s_barbara').approvals.decide.mutate(act({ id: approvalId, approve: true, note: null }));
    await run(executeDeletions);
    await run(executeDeletions);
    const record = await as('s_anna').deletions.get.query({ id });
    expect(record).toMatchObject({
      status: 'executed',
      accountStatus: 'deleted',
      login: null,
      approval: { state: 'executed' },
      keptUntil: `${Number(TODAY.slice(0, 4)) + 6}-12-31`,
    });
    expect(record.mails.map(({ template }) => template)).toContain('deletion.done');
    const root = await database().asSuperuser();
    const { rows } = await root.query<{ bytes: Buffer; file_name: string }>(
      `select b.bytes, v.file_name from ibok.deletion_requests q
         join ibok.document_versions v on v.document_id = q.protocol_document_id join ibok.blobs b on b.sha256 = v.sha256
        where q.id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(rows[0]?.file_name).toBe(`protokol-usuniecia-${id}.pdf`);
    const { events } = await as('s_anna').audit.history.query({ table: 'deletion_requests', id });
    expect(events.map(({ op, login }) => `${op} ${login}`)).toEqual(
      expect.arrayContaining(['insert s_anna', 'update s_barbara', 'update ibok_worker']),
    );
  });
});

describe('the list of deletions', () => {
  const question = (filters: ListQuestion['filters'], words?: string): { question: ListQuestion } => ({
    question: { filters, sort: { key: 'dueOn', descending: false }, ...(words ? { words } : {}) },
  });

  it('shows those past their day in red, finds by number and customer, and raises an alarm a day', async () => {
    const who = await account();
    const root = await database().asSuperuser();
    const id = await value<string>(root, `select ibok.open_deletion($1, 'portal', '2026-03-02', null)`, [who.account]);
    const late = await as('s_anna').deletions.list.query(question({ overdue: { is: 'oneOf', values: ['true'] } }));
    expect(late.rows).toEqual([expect.objectContaining({ id, overdue: true, dueOn: '2026-03-11', status: 'open' })]);
    expect(late.rows[0]?.daysLeft).toBeLessThan(0);
    const found = await as('s_anna').deletions.list.query(question({}, `u-${id.padStart(6, '0')}`));
    expect(found.rows.map((row) => row.id)).toEqual([id]);
    const ofCustomer = await as('s_anna').deletions.count.query({ question: { words: '000123', filters: {} } });
    expect(ofCustomer.count).toBeGreaterThan(5);
    await run(purgeDeletions);
    await run(purgeDeletions);
    const alarms = `select count(*) from audit.alarms where kind = 'deletions_overdue'`;
    expect(await value(root, alarms)).toBe('1');
  });
});
