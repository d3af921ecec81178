import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListQuestion } from '../../shared/contract/lists';
import type { TaskRow } from '../../shared/contract/tasks';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let people: Awaited<ReturnType<typeof plantPeople>>;
const apis: Record<string, Client> = {};

beforeAll(async () => {
  const root = await database().asSuperuser();
  people = await plantPeople(root);
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  for (const login of ['s_anna', 's_barbara', 's_tomasz', 's_admin', 's_iod']) {
    apis[login] = await desk.window(login).signIn(login, TEST_PASSWORD);
  }
});
afterAll(() => desk.close());

const as = (login: string) => apis[login] as Client;
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const input = (more: Partial<Parameters<Client['tasks']['create']['mutate']>[0]> = {}) => ({
  requestId: randomUUID(),
  title: 'Oddzwonić w sprawie faktury',
  note: null,
  subject: null,
  dueOn: TOMORROW,
  assignee: null,
  ...more,
});
const ask = (filters: ListQuestion['filters'] = {}): { question: ListQuestion } => ({
  question: { filters, sort: { key: 'dueOn', descending: false } },
});
const visible = async (login: string, id: string): Promise<TaskRow | undefined> =>
  (await as(login).tasks.list.query(ask())).rows.find((row) => row.id === id);
const act = (id: string) => ({ id, requestId: randomUUID() });

describe('a task', () => {
  it('is made once by two clicks, about a customer, and stands in front of its assignee', async () => {
    const wanted = input({ subject: `customer:${people.zuk}`, note: 'po 15.00' });
    const { id } = await as('s_anna').tasks.create.mutate(wanted);
    expect(await as('s_anna').tasks.create.mutate(wanted)).toEqual({ id });
    expect(await visible('s_anna', id)).toMatchObject({
      title: wanted.title,
      note: 'po 15.00',
      subject: `customer:${people.zuk}`,
      subjectLabel: '000123 Żuk Zofia',
      dueOn: TOMORROW,
      assigneeName: 'Anna Klerk',
      state: 'open',
      overdue: false,
      mine: 'assigned',
    });
    expect((await refusalOf(as('s_anna').tasks.create.mutate({ ...wanted, title: 'Inne' }))).code).toBe(
      'REQUEST_ID_REUSED',
    );
  });

  it('is refused for nobody of the office and for a record that is not there or not for the role', async () => {
    const { create } = as('s_anna').tasks;
    expect((await refusalOf(create.mutate(input({ assignee: 's_nobody' })))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(create.mutate(input({ subject: 'customer:999999' })))).code).toBe('NOT_FOUND');
    const foreign = as('s_admin').tasks.create.mutate(input({ subject: `customer:${people.zuk}` }));
    expect((await refusalOf(foreign)).code).toBe('NOT_ALLOWED');
  });

  it('is seen by whom it concerns, and its record named only for who may see the record', async () => {
    const { id } = await as('s_anna').tasks.create.mutate(
      input({ assignee: 's_admin', subject: `customer:${people.zuk}` }),
    );
    expect(await visible('s_anna', id)).toMatchObject({ mine: null });
    expect(await visible('s_admin', id)).toMatchObject({ mine: 'assigned', subjectLabel: null });
    expect(await visible('s_barbara', id)).toMatchObject({ mine: null });
    expect(await visible('s_tomasz', id)).toBeUndefined();
    expect((await refusalOf(as('s_tomasz').tasks.complete.mutate(act(id)))).code).toBe('NOT_FOUND');
    expect((await refusalOf(as('s_tomasz').audit.history.query({ table: 'follow_ups', id }))).code).toBe('NOT_FOUND');
  });

  it('is completed, counted, reopened, and every step stands in its history', async () => {
    const before = await as('s_tomasz').tasks.counters.query();
    const { id } = await as('s_tomasz').tasks.create.mutate(input({ dueOn: '2020-01-15' }));
    const { open, overdue } = await as('s_tomasz').tasks.counters.query();
    expect([open - before.open, overdue - before.overdue]).toEqual([1, 1]);
    expect(await visible('s_tomasz', id)).toMatchObject({ overdue: true });

    await as('s_tomasz').tasks.complete.mutate(act(id));
    expect(await visible('s_tomasz', id)).toMatchObject({ state: 'done', closedBy: 's_tomasz', overdue: false });
    expect((await refusalOf(as('s_barbara').tasks.complete.mutate(act(id)))).code).toBe('CONFLICT');
    await as('s_barbara').tasks.reopen.mutate(act(id));
    expect(await visible('s_tomasz', id)).toMatchObject({ state: 'open', closedAt: null });

    const { events } = await as('s_tomasz').audit.history.query({ table: 'follow_ups', id });
    expect(events.map(({ op, login, changes }) => [op, login, changes.state?.[1]])).toEqual([
      ['update', 's_barbara', 'open'],
      ['update', 's_tomasz', 'done'],
      ['insert', 's_tomasz', 'open'],
    ]);
  });

  it('merges what two people change, and asks where both changed the same field', async () => {
    const { id } = await as('s_anna').tasks.create.mutate(input());
    const change = (login: string, changes: Parameters<Client['tasks']['change']['mutate']>[0]['changes']) =>
      as(login).tasks.change.mutate({ id, requestId: randomUUID(), changes });
    expect(await change('s_anna', { note: { from: null, to: 'rano' } })).toEqual({ status: 'saved' });
    expect(await change('s_barbara', { dueOn: { from: TOMORROW, to: '2031-02-03' } })).toEqual({ status: 'saved' });
    expect(await change('s_barbara', { note: { from: null, to: 'wieczorem' } })).toEqual({
      status: 'conflict',
      fields: { note: { mine: 'wieczorem', theirs: 'rano', original: null } },
    });
    expect(await visible('s_anna', id)).toMatchObject({ note: 'rano', dueOn: '2031-02-03' });
    expect((await refusalOf(change('s_anna', { assignee: { from: 's_anna', to: 's_gone' } }))).code).toBe(
      'INVALID_INPUT',
    );
    await as('s_anna').tasks.cancel.mutate(act(id));
    expect((await refusalOf(change('s_anna', { note: { from: 'rano', to: 'x' } }))).code).toBe('CONFLICT');
  });

  it('is taken over by a supervisor, not changed by a colleague who may only take it over', async () => {
    const { id } = await as('s_tomasz').tasks.create.mutate(input());
    const root = await database().asSuperuser();
    await root.query(`update ibok.staff_members set staff_group = 'bok_technician' where login = 's_anna'`);
    expect((await refusalOf(as('s_anna').tasks.complete.mutate(act(id)))).code).toBe('NOT_ALLOWED');
    await as('s_anna').tasks.takeOver.mutate(act(id));
    expect(await visible('s_anna', id)).toMatchObject({ assignee: 's_anna', mine: 'assigned' });
    await root.query(`update ibok.staff_members set staff_group = 'bok_clerk' where login = 's_anna'`);
    await as('s_barbara').tasks.takeOver.mutate(act(id));
    expect(await visible('s_tomasz', id)).toMatchObject({ assignee: 's_barbara', mine: null });
  });

  it('is taken back by the undo stack, unless somebody changed it since', async () => {
    const { id } = await as('s_anna').tasks.create.mutate(input());
    await as('s_anna').tasks.complete.mutate(act(id));
    const root = await database().asSuperuser();
    const { rows } = await root.query(
      `select kind, fields, state from ibok.undo_steps where login = 's_anna' and subject = $1`,
      [`task:${id}`],
    );
    expect(rows).toEqual([{ kind: 'task', fields: ['closed_at', 'closed_by', 'state'], state: 'open' }]);
    const anna = await database().asLogin('s_anna');
    const undone = await anna
      .query(`select api.undo((select max(id) from ibok.undo_steps where subject = $1)) as answer`, [`task:${id}`])
      .catch((error: unknown) => error);
    // The steps themselves are nobody's to read: the stack names them.
    expect(undone).toMatchObject({ code: '42501' });
    const stack = await anna.query<{ stack: { id: string; subject: string }[] }>('select api.undo_stack() as stack');
    const step = stack.rows[0]?.stack.find(({ subject }) => subject === `task:${id}`);
    expect((await anna.query('select api.undo($1) as answer', [step?.id])).rows[0].answer.status).toBe('undone');
    expect(await visible('s_anna', id)).toMatchObject({ state: 'open', closedBy: null });
  });
});

describe('standing in for somebody absent', () => {
  const away = (
    login: string,
    changes: Parameters<Client['staff']['changeAbsence']['mutate']>[0]['changes'],
    by = login,
  ) => as(by).staff.changeAbsence.mutate({ login, requestId: randomUUID(), changes });
  const today = async () => (await as('s_anna').staff.colleagues.query()).today;

  it('shows the tasks of the absent to the substitute for as long as the absence lasts, one level', async () => {
    const { id } = await as('s_anna').tasks.create.mutate(input());
    const before = await as('s_tomasz').tasks.counters.query();
    expect(await visible('s_tomasz', id)).toBeUndefined();
    const day = await today();
    await away('s_anna', { absentFrom: { from: null, to: day }, substitute: { from: null, to: 's_tomasz' } });
    expect(await visible('s_tomasz', id)).toMatchObject({ mine: 'substitute', assigneeName: 'Anna Klerk' });
    expect((await as('s_tomasz').tasks.counters.query()).substituted).toBeGreaterThan(before.substituted);
    await as('s_tomasz').tasks.complete.mutate(act(id));
    await as('s_tomasz').tasks.reopen.mutate(act(id));

    // The substitute goes away as well: their own substitute gets their tasks, not those they stood in for.
    await away('s_tomasz', { absentFrom: { from: null, to: day }, substitute: { from: null, to: 's_iod' } });
    expect(await visible('s_iod', id)).toBeUndefined();
    await away('s_tomasz', { absentFrom: { from: day, to: null } });
    await away('s_anna', { absentFrom: { from: day, to: null } }, 's_barbara');
    expect(await visible('s_tomasz', id)).toBeUndefined();
  });

  it('is refused for oneself, a leaver, and somebody away in the same days', async () => {
    const from = { from: null, to: '2031-07-01' };
    const to = { from: null, to: '2031-07-14' };
    const substitute = (login: string) => ({ absentFrom: from, absentTo: to, substitute: { from: null, to: login } });
    expect((await refusalOf(away('s_anna', substitute('s_anna')))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(away('s_anna', substitute('s_nobody')))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(away('s_anna', { absentFrom: to, absentTo: from }))).code).toBe('INVALID_INPUT');
    expect(await away('s_tomasz', substitute('s_iod'))).toEqual({ status: 'saved' });
    expect((await refusalOf(away('s_anna', substitute('s_tomasz')))).code).toBe('SUBSTITUTE_AWAY');
    expect((await refusalOf(away('s_iod', substitute('s_tomasz')))).code).toBe('SUBSTITUTE_AWAY');
    expect((await refusalOf(away('s_tomasz', { absentTo: { from: null, to: '2031-07-20' } }, 's_anna'))).code).toBe(
      'NOT_ALLOWED',
    );
    expect(await away('s_tomasz', { absentTo: { from: '2031-07-01', to: '2031-07-20' } })).toMatchObject({
      status: 'conflict',
      fields: { absentTo: { theirs: '2031-07-14' } },
    });
  });
});

describe('the list of tasks', () => {
  it('filters, counts and pages by due day without leaving a row out or showing one twice', async () => {
    for (let n = 0; n < 25; n += 1) {
      await as('s_iod').tasks.create.mutate(
        input({ title: `Przegląd ${n}`, dueOn: n % 2 ? '2032-01-02' : '2032-01-01' }),
      );
    }
    const filters: ListQuestion['filters'] = {
      title: { is: 'text', how: 'begins', text: 'przeglad' },
      dueOn: { is: 'dates', from: '2032-01-01', to: '2032-01-02' },
      state: { is: 'oneOf', values: ['open'] },
      mine: { is: 'oneOf', values: ['assigned'] },
    };
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<Client['tasks']['list']['query']>> = await as('s_iod').tasks.list.query({
        ...ask(filters),
        cursor,
        limit: 10,
      });
      seen.push(...page.rows.map((row) => `${row.dueOn} ${row.id.padStart(9, '0')}`));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(25);
    expect(seen).toEqual([...new Set(seen)].toSorted());
    expect(await as('s_iod').tasks.count.query({ question: { filters } })).toEqual({ count: 25, capped: false });
    const overdue = {
      overdue: { is: 'oneOf' as const, values: ['true'] },
      createdBy: { is: 'oneOf' as const, values: ['s_iod'] },
    };
    expect((await as('s_iod').tasks.count.query({ question: { filters: overdue } })).count).toBe(0);
  });

  it('hears of a change within a second', async () => {
    const window = desk.window('listener');
    await window.signIn('s_anna', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    const { id } = await as('s_barbara').tasks.create.mutate(input({ assignee: 's_anna' }));
    await expect.poll(() => seen, { timeout: 1_000 }).toContainEqual({ topic: 'follow_ups', id });
    stop();
  });
});
