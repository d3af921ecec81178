import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStaffLogin } from '../../main/db/staff-login';
import type { Rule } from '../../shared/contract/rules';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
const apis: Record<string, Client> = {};

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  for (const login of ['s_anna', 's_barbara', 's_admin', 's_iod']) {
    apis[login] = await desk.window(login).signIn(login, TEST_PASSWORD);
  }
});
afterAll(() => desk.close());

const as = (login: string) => apis[login] as Client;
const ruleOf = async (key: string): Promise<Rule> => {
  const rule = (await as('s_admin').rules.list.query()).rules.find((each) => each.key === key);
  if (!rule) throw new Error(`no rule ${key}`);
  return rule;
};
const today = async () => (await as('s_admin').rules.list.query()).today;
const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** A clerk of this test file alone: logins belong to the cluster. */
async function hire(group: 'bok_clerk' | 'bok_technician' | 'bok_supervisor' = 'bok_clerk'): Promise<string> {
  const login = `s_h${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await createStaffLogin(await database().asSuperuser(), {
    login,
    displayName: `Nowa ${login}`,
    group,
    password: TEST_PASSWORD,
    mustChange: false,
  });
  return login;
}

describe('staff', () => {
  it('between clerk and technician changes rights in the database at once and ends the sessions', async () => {
    const login = await hire();
    const own = await database().asLogin(login);
    own.on('error', () => undefined);
    await own.query('select api.follow_up_counters()');
    const change = { requestId: randomUUID(), login, from: 'bok_clerk', to: 'bok_technician' } as const;
    expect(await as('s_admin').staff.changeGroup.mutate(change)).toEqual({ login, group: 'bok_technician' });
    expect(await as('s_admin').staff.changeGroup.mutate(change)).toEqual({ login, group: 'bok_technician' });
    await expect(own.query('select 1')).rejects.toThrow();
    const again = await database().asLogin(login);
    const { rows } = await again.query(
      `select pg_has_role('bok_technician', 'member') as technician, pg_has_role('bok_clerk', 'member') as clerk`,
    );
    expect(rows).toEqual([{ technician: true, clerk: false }]);
    expect((await refusalOf(as('s_admin').staff.changeGroup.mutate({ ...change, requestId: randomUUID() }))).code).toBe(
      'CONFLICT',
    );
  });

  it('to or from a supervisor takes a second person, by the application and by psql', async () => {
    const clerk = await hire();
    const supervisor = await hire('bok_supervisor');
    const change = (login: string, from: 'bok_clerk' | 'bok_supervisor', to: 'bok_clerk' | 'bok_supervisor') =>
      refusalOf(as('s_admin').staff.changeGroup.mutate({ requestId: randomUUID(), login, from, to }));
    expect((await change(clerk, 'bok_clerk', 'bok_supervisor')).code).toBe('SECOND_PERSON_REQUIRED');
    expect((await change(supervisor, 'bok_supervisor', 'bok_clerk')).code).toBe('SECOND_PERSON_REQUIRED');
    const psql = await database().asLogin('s_admin');
    await expect(
      psql.query(`select api.change_staff_group($1, 'bok_clerk', 'bok_admin', null)`, [clerk]),
    ).rejects.toMatchObject({ code: 'IB007' });
    await expect(psql.query(`select keeper.grant_group($1, 'bok_supervisor')`, [clerk])).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('gets new details field by field', async () => {
    const login = await hire();
    const change = (changes: Parameters<Client['staff']['changeDetails']['mutate']>[0]['changes']) =>
      as('s_admin').staff.changeDetails.mutate({ requestId: randomUUID(), login, changes });
    expect(await change({ phone: { from: null, to: '500 100 200' } })).toEqual({ status: 'saved' });
    expect(await change({ phone: { from: null, to: '500 100 300' } })).toMatchObject({ status: 'conflict' });
    expect((await refusalOf(change({ email: { from: null, to: 'zły adres' } }))).code).toBe('INVALID_EMAIL');
    expect((await refusalOf(change({ displayName: { from: `Nowa ${login}`, to: '' } }))).code).toBe('INVALID_INPUT');
  });

  it('cannot be away until before it began, whoever stands in', async () => {
    const [away, substitute] = [await hire(), await hire()];
    const change = (login: string, absence: [string, string, string?]) =>
      as('s_admin').staff.changeAbsence.mutate({
        requestId: randomUUID(),
        login,
        changes: {
          absentFrom: { from: null, to: absence[0] },
          absentTo: { from: null, to: absence[1] },
          ...(absence[2] ? { substitute: { from: null, to: absence[2] } } : {}),
        },
      });
    await change(substitute, ['2031-06-01', '2031-06-10']);
    const refused = await refusalOf(change(away, ['2031-01-10', '2031-01-05', substitute]));
    expect(refused.code).toBe('INVALID_INPUT');
  });

  it('that leaves hands the open tasks over, and stands apart', async () => {
    const login = await hire();
    const task = { title: 'Teczka', note: null, subject: null, dueOn: '2031-01-01', assignee: login };
    for (let n = 0; n < 3; n += 1) await as('s_barbara').tasks.create.mutate({ ...task, requestId: randomUUID() });
    expect(await as('s_admin').staff.openTasks.query({ login })).toEqual({ count: 3 });
    const end = { requestId: randomUUID(), login, tasksTo: 's_anna' };
    expect(await as('s_admin').staff.end.mutate(end)).toEqual({ login, tasksHandedOver: 3 });
    expect(await as('s_admin').staff.end.mutate(end)).toEqual({ login, tasksHandedOver: 3 });
    const { rows } = await as('s_anna').tasks.list.query({
      question: {
        filters: { title: { is: 'text', how: 'equals', text: 'Teczka' } },
        sort: { key: 'dueOn', descending: false },
      },
    });
    expect(rows.map(({ assignee, mine }) => [assignee, mine])).toEqual(Array(3).fill(['s_anna', 'assigned']));
    const members = (await as('s_admin').staff.list.query()).members;
    expect(members.find((member) => member.login === login)).toMatchObject({ active: false });
    const late = { ...task, requestId: randomUUID() };
    expect((await refusalOf(as('s_barbara').tasks.create.mutate(late))).code).toBe('INVALID_INPUT');
  });
});

describe('dated rules', () => {
  const set = (login: string, rule: Rule, more: Partial<Parameters<Client['rules']['set']['mutate']>[0]>) =>
    as(login).rules.set.mutate({
      requestId: randomUUID(),
      key: rule.key,
      value: '400',
      validFrom: '2031-01-01',
      source: 'Zarządzenie 1/2026',
      reason: null,
      expected: rule.values[0]?.id ?? null,
      ...more,
    });

  it('an office has from the start, each within its bounds and with its source', async () => {
    const { rules, today: day } = await as('s_anna').rules.list.query();
    expect(rules.length).toBeGreaterThanOrEqual(34);
    for (const rule of rules) {
      const present = rule.values.find(({ id }) => id === rule.presentId);
      expect(present, rule.key).toMatchObject({ validTo: null, approvedByName: null });
      expect(Number(present?.value), rule.key).toBeGreaterThanOrEqual(Number(rule.least));
      expect(Number(present?.value), rule.key).toBeLessThanOrEqual(Number(rule.most));
      expect(present?.source.length, rule.key).toBeGreaterThan(5);
      expect((present?.validFrom ?? '9') <= day, rule.key).toBe(true);
    }
    expect(await ruleOf('complaint.days')).toMatchObject({ unit: 'days', values: [{ value: '14' }] });
    expect(await ruleOf('reading.low_factor')).toMatchObject({ values: [{ value: '0.4' }] });
  });

  it('get a new value from a day on: the former one is closed and history is kept', async () => {
    const rule = await ruleOf('alarm.cards_per_day');
    await set('s_barbara', rule, {});
    const after = await ruleOf(rule.key);
    expect(after.values).toMatchObject([
      { value: '400', validFrom: '2031-01-01', validTo: null, approvedByName: 'Barbara Starsza' },
      { value: '300', validTo: '2030-12-31' },
    ]);
    expect(after.presentId).toBe(rule.presentId);
    const psql = await database().asSuperuser();
    const { rows } = await psql.query(`select ibok.rule_number('alarm.cards_per_day', 1) as now`);
    expect(rows[0].now).toBe('300');

    // Whoever saw the rule before this value does not overwrite it unseen.
    expect((await refusalOf(set('s_admin', rule, { validFrom: '2032-01-01' }))).code).toBe('CONFLICT');
    expect((await refusalOf(set('s_admin', after, { validFrom: '2030-01-01' }))).code).toBe('RULE_PLANNED');
    await as('s_admin').rules.withdraw.mutate({
      requestId: randomUUID(),
      id: after.values[0]?.id ?? '',
      reason: 'pomyłka w dacie',
    });
    expect((await ruleOf(rule.key)).values).toMatchObject([{ id: rule.presentId, validTo: null }]);
    const history = await as('s_admin').audit.history.query({ table: 'rule_values', id: after.values[0]?.id ?? '' });
    expect(history.events[0]).toMatchObject({ op: 'delete', reason: 'pomyłka w dacie' });
  });

  it('never change the past; on its first day a value is corrected with a reason', async () => {
    const rule = await ruleOf('refund.days');
    const day = await today();
    expect((await refusalOf(set('s_admin', rule, { value: '10', validFrom: dayAfter(day, -1) }))).code).toBe(
      'RULE_PAST',
    );
    await set('s_admin', rule, { value: '10', validFrom: day });
    const now = await ruleOf(rule.key);
    expect((await refusalOf(set('s_admin', now, { value: '11', validFrom: day }))).code).toBe('INVALID_INPUT');
    await set('s_admin', now, { value: '11', validFrom: day, reason: 'literówka w kwocie' });
    expect((await ruleOf(rule.key)).values).toMatchObject([
      { value: '11', validFrom: day },
      { value: '14', validTo: dayAfter(day, -1) },
    ]);
    const begun = as('s_admin').rules.withdraw.mutate({
      requestId: randomUUID(),
      id: now.values[0]?.id ?? '',
      reason: 'jednak nie',
    });
    expect((await refusalOf(begun)).code).toBe('RULE_PAST');
  });

  it('are set by whom they concern, within their bounds', async () => {
    const deadline = await ruleOf('complaint.days');
    const retention = await ruleOf('retention.read_log_months');
    expect((await refusalOf(set('s_barbara', deadline, { value: '7' }))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(set('s_iod', deadline, { value: '7' }))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(set('s_anna', deadline, { value: '7' }))).code).toBe('NOT_ALLOWED');
    await set('s_iod', retention, { value: '24' });
    expect((await refusalOf(set('s_admin', deadline, { value: '31' }))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(set('s_admin', deadline, { value: '7.5' }))).code).toBe('INVALID_INPUT');
    const list = await as('s_barbara').rules.list.query();
    expect(list.rules.find(({ key }) => key === 'complaint.days')?.maySet).toBe(false);
    expect(list.rules.find(({ key }) => key === 'reading.high_factor')?.maySet).toBe(true);
  });
});

describe('days off', () => {
  /** Sources: the calendars of these years, day and month. */
  it.each([
    [2024, '01-01 01-06 03-31 04-01 05-01 05-03 05-19 05-30 08-15 11-01 11-11 12-25 12-26'],
    [2025, '01-01 01-06 04-20 04-21 05-01 05-03 06-08 06-19 08-15 11-01 11-11 12-24 12-25 12-26'],
    [2026, '01-01 01-06 04-05 04-06 05-01 05-03 05-24 06-04 08-15 11-01 11-11 12-24 12-25 12-26'],
    [2038, '01-01 01-06 04-25 04-26 05-01 05-03 06-13 06-24 08-15 11-01 11-11 12-24 12-25 12-26'],
  ])('of %i are those of the act', async (year, expected) => {
    const { holidays } = await as('s_anna').holidays.list.query({ year });
    expect(holidays.map(({ day }) => day.slice(5)).join(' ')).toBe(expected);
    expect(holidays.every(({ statutory }) => statutory)).toBe(true);
  });

  it('are added with a source from today on and taken back with a reason; those by law stay', async () => {
    const day = '2027-05-04';
    const add = (more = {}) =>
      as('s_admin').holidays.add.mutate({
        requestId: randomUUID(),
        day,
        name: 'Dzień wolny zarządu',
        source: 'Zarządzenie 4/2026',
        ...more,
      });
    const { id } = await add();
    expect((await refusalOf(add())).code).toBe('DUPLICATE');
    expect((await refusalOf(add({ day: '2020-05-04' }))).code).toBe('RULE_PAST');
    const { holidays } = await as('s_anna').holidays.list.query({ year: 2027 });
    expect(holidays.find((holiday) => holiday.day === day)).toMatchObject({
      statutory: false,
      recordedByName: 'Adam Administrator',
    });
    const remove = (which: string) =>
      as('s_admin').holidays.remove.mutate({ requestId: randomUUID(), id: which, reason: 'odwołany' });
    await remove(id);
    const christmas = (await as('s_anna').holidays.list.query({ year: 2027 })).holidays.at(-1);
    expect((await refusalOf(remove(christmas?.id ?? ''))).code).toBe('CONFLICT');
    const history = await as('s_admin').audit.history.query({ table: 'holidays', id });
    expect(history.events.map(({ op, reason }) => [op, reason])).toEqual([
      ['delete', 'odwołany'],
      ['insert', null],
    ]);
  });
});

describe("a person's own settings", () => {
  it('are kept one by one and told at the next sign-in', async () => {
    await as('s_iod').session.saveSettings.mutate({ textSize: 150 });
    expect(await as('s_iod').session.saveSettings.mutate({ singleKeys: false })).toMatchObject({
      textSize: 150,
      singleKeys: false,
      language: 'pl',
    });
    const next = await desk.window('morning').signIn('s_iod', TEST_PASSWORD);
    expect(await next.session.state.query()).toMatchObject({
      user: { settings: { textSize: 150, singleKeys: false } },
    });
  });

  it('hold the desk as it was left, up to its size', async () => {
    expect(await as('s_anna').session.workspace.query()).toEqual({ restore: true, tabs: [], lists: {} });
    const left = { restore: false, tabs: ['/customers/12', '/meters/3'], lists: {} };
    await as('s_anna').session.saveWorkspace.mutate(left);
    expect(await as('s_anna').session.workspace.query()).toEqual(left);
    const tabs = Array.from({ length: 51 }, (_, n) => `/customers/${n}`);
    expect((await refusalOf(as('s_anna').session.saveWorkspace.mutate({ ...left, tabs }))).code).toBe('INVALID_INPUT');
  });

  it('name the configured servers without an address', async () => {
    const { servers } = await as('s_anna').session.servers.query();
    expect(servers).toEqual([
      { id: 'main', name: 'Test', embedded: true, hosts: 1, readsFrom: 'primary', current: true },
    ]);
  });
});
