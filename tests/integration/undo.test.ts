import { randomUUID } from 'node:crypto';
import type { Client as PgClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertCustomer } from '../support/customers';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Client;
let barbara: Client;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
});
afterAll(() => desk.close());

type Field = 'phone' | 'email' | 'preferredContact' | 'officeNote';

async function edit(api: Client, id: string, field: Field, from: string | null, to: string | null) {
  return api.customers.editContact.mutate({ id, requestId: randomUUID(), changes: { [field]: { from, to } } });
}
const undo = (api: Client, id: string, requestId = randomUUID()) => api.undo.run.mutate({ id, requestId });
const lastStep = async (api: Client) => (await api.undo.stack.query()).steps[0];

async function column(root: PgClient, id: string, name: string): Promise<string | null> {
  return (await root.query(`select ${name} as value from ibok.customers where id = $1`, [id])).rows[0]?.value;
}

describe('the undo stack', () => {
  test('takes back an edit, whose history says so, and others hear of it', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { office_note: 'pies' });
    await edit(anna, id, 'officeNote', 'pies', 'dwa psy');
    const step = await lastStep(anna);
    expect(step).toMatchObject({
      kind: 'editContact',
      subject: `customer:${id}`,
      fields: ['officeNote'],
      state: 'open',
    });
    expect(step?.label).toContain('Testowa');
    const { seen, stop } = desk.window('barbara').hints();
    expect(await undo(anna, step?.id ?? '')).toEqual({ status: 'undone', count: 1 });
    expect(await column(root, id, 'office_note')).toBe('pies');
    await expect.poll(() => seen, { timeout: 10_000 }).toContainEqual({ topic: 'customers', id });
    stop();
    const trail = await root.query(
      `select e.reason, v.changes from audit.events e join audit.event_values v on v.event_id = e.id
        where e.table_name = 'customers' and e.row_id = $1 and v.changes ? 'office_note' order by e.id`,
      [id],
    );
    expect(trail.rows.slice(1)).toEqual([
      { reason: null, changes: { office_note: ['pies', 'dwa psy'] } },
      { reason: 'undo', changes: { office_note: ['dwa psy', 'pies'] } },
    ]);
    expect((await lastStep(anna))?.state).toBe('undone');
  });

  test('refuses whole where somebody changed the field since, and names who and what', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { phone: '500 100 200', email: 'a@example.org' });
    await anna.customers.editContact.mutate({
      id,
      requestId: randomUUID(),
      changes: {
        phone: { from: '500 100 200', to: '600 100 200' },
        email: { from: 'a@example.org', to: 'b@example.org' },
      },
    });
    const step = await lastStep(anna);
    await edit(barbara, id, 'phone', '600 100 200', '700 100 200');
    expect(await undo(anna, step?.id ?? '')).toMatchObject({
      status: 'refused',
      count: 1,
      changedSince: [{ subject: `customer:${id}`, login: 's_barbara', field: 'phone' }],
    });
    expect(await column(root, id, 'email')).toBe('b@example.org');
    expect((await lastStep(anna))?.state).toBe('refused');
    // Put back by whoever changed it, the step can be taken back after all.
    await edit(barbara, id, 'phone', '700 100 200', '600 100 200');
    expect(await undo(anna, step?.id ?? '')).toMatchObject({ status: 'undone' });
    expect(await column(root, id, 'email')).toBe('a@example.org');
  });

  test('a change of another field by somebody else stands in nobody’s way and stays', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { phone: '500 100 200' });
    await edit(anna, id, 'phone', '500 100 200', '600 100 200');
    const step = await lastStep(anna);
    await edit(barbara, id, 'officeNote', null, 'dzwonić po 16');
    expect(await undo(anna, step?.id ?? '')).toMatchObject({ status: 'undone' });
    expect(await column(root, id, 'phone')).toBe('500 100 200');
    expect(await column(root, id, 'office_note')).toBe('dzwonić po 16');
  });

  test('takes a step back once: by the same request any number of times, by another one not again', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { phone: '500 100 200' });
    await edit(anna, id, 'phone', '500 100 200', '600 100 200');
    const step = (await lastStep(anna))?.id ?? '';
    const requestId = randomUUID();
    const both = await Promise.all([undo(anna, step, requestId), undo(anna, step, requestId)]);
    expect(both).toEqual([
      { status: 'undone', count: 1 },
      { status: 'undone', count: 1 },
    ]);
    expect(await refusalOf(undo(anna, step))).toMatchObject({ code: 'CONFLICT' });
    const { rowCount } = await root.query(
      `select from audit.events where table_name = 'customers' and row_id = $1 and reason = 'undo'`,
      [id],
    );
    expect(rowCount).toBe(1);
  });

  test('an act that failed, changed nothing or met a conflict leaves nothing to take back', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { phone: '500 100 200' });
    const before = await lastStep(anna);
    expect(await refusalOf(edit(anna, id, 'phone', '500 100 200', 'sąsiadka'))).toMatchObject({
      code: 'INVALID_PHONE',
    });
    expect(await edit(anna, id, 'phone', '400 100 200', '600 100 200')).toMatchObject({ status: 'conflict' });
    expect(await edit(anna, id, 'phone', '400 100 200', '500 100 200')).toEqual({ status: 'saved', changed: [] });
    expect(await lastStep(anna)).toEqual(before);
    expect(await refusalOf(undo(anna, '999999999'))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is one’s own, and ends with the working day', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { phone: '500 100 200' });
    await edit(anna, id, 'phone', '500 100 200', '600 100 200');
    const step = (await lastStep(anna))?.id ?? '';
    expect(await refusalOf(undo(barbara, step))).toMatchObject({ code: 'NOT_FOUND' });
    await root.query(`update ibok.undo_steps set at = now() - interval '9 hours' where id = $1`, [step]);
    expect((await anna.undo.stack.query()).steps.map((one) => one.id)).not.toContain(step);
    expect(await refusalOf(undo(anna, step))).toMatchObject({ code: 'NOT_FOUND' });
    await root.query(`update ibok.undo_steps set at = now() - interval '17 hours' where id = $1`, [step]);
    const worker = await database().asLogin('ibok_worker');
    await worker.query('select jobs.purge_undo()');
    expect((await root.query('select from ibok.undo_steps where id = $1', [step])).rowCount).toBe(0);
  });

  test('values of before are shown to nobody', async () => {
    for (const login of ['s_anna', 's_barbara', 's_admin', 's_iod']) {
      const client = await database().asLogin(login);
      await expect(client.query('select before_values from ibok.undo_steps')).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('one’s own last save is no conflict', () => {
  test('a second window that still shows what was before saves on', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { office_note: 'pies' });
    await edit(anna, id, 'officeNote', 'pies', 'dwa psy');
    expect(await edit(anna, id, 'officeNote', 'pies', 'trzy psy')).toEqual({
      status: 'saved',
      changed: ['officeNote'],
    });
    expect(await column(root, id, 'office_note')).toBe('trzy psy');
  });

  test('but what somebody else saved in between is', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root, { office_note: 'pies' });
    await edit(anna, id, 'officeNote', 'pies', 'dwa psy');
    await edit(barbara, id, 'officeNote', 'dwa psy', 'kot');
    expect(await edit(anna, id, 'officeNote', 'pies', 'trzy psy')).toMatchObject({
      status: 'conflict',
      fields: { officeNote: { theirs: 'kot' } },
    });
    await edit(barbara, id, 'officeNote', 'kot', 'dwa psy');
    expect(await edit(anna, id, 'officeNote', 'pies', 'trzy psy')).toMatchObject({ status: 'conflict' });
  });

  test('a way of contact is one of four', async () => {
    const root = await database().asSuperuser();
    const id = await insertCustomer(root);
    expect(await refusalOf(edit(anna, id, 'preferredContact', null, 'gołąb'))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await edit(anna, id, 'preferredContact', null, 'letter')).toMatchObject({ status: 'saved' });
  });
});

describe('a task', () => {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const make = async (api: Client, title: string, assignee: string | null = null) =>
    (
      await api.tasks.create.mutate({
        requestId: randomUUID(),
        title,
        note: null,
        subject: null,
        dueOn: tomorrow,
        assignee,
      })
    ).id;
  const rename = (api: Client, id: string, from: string, to: string) =>
    api.tasks.change.mutate({ id, requestId: randomUUID(), changes: { title: { from, to } } });
  const give = (api: Client, id: string, from: string, to: string) =>
    api.tasks.change.mutate({ id, requestId: randomUUID(), changes: { assignee: { from, to } } });
  const act = (id: string) => ({ id, requestId: randomUUID() });
  const stored = async (id: string) =>
    (
      await (
        await database().asSuperuser()
      ).query('select title, assignee, state, closed_at, closed_by from ibok.follow_ups where id = $1', [id])
    ).rows[0];
  const stepOf = async (api: Client, id: string) =>
    (await api.undo.stack.query()).steps.find(({ subject }) => subject === `task:${id}`);

  // A colleague in Anna's group: whoever has a task need not be signed in.
  beforeAll(async () => {
    const root = await database().asSuperuser();
    await root.query(
      `insert into ibok.staff_members (login, display_name, staff_group) values ('s_dorota', 'Dorota Klerk', 'bok_clerk')`,
    );
  });

  test('gets back what its form changed, and its history says so', async () => {
    const id = await make(anna, 'Plomby');
    await rename(anna, id, 'Plomby', 'Plomby na Polnej');
    const step = await stepOf(anna, id);
    expect(step).toMatchObject({ kind: 'task', label: 'Plomby na Polnej', fields: ['title'], state: 'open' });
    expect(await undo(anna, step?.id ?? '')).toEqual({ status: 'undone', count: 1 });
    expect(await stored(id)).toMatchObject({ title: 'Plomby' });
    const trail = await (await database().asSuperuser()).query(
      `select reason from audit.events where table_name = 'follow_ups' and row_id = $1 order by id`,
      [id],
    );
    expect(trail.rows.map(({ reason }) => reason)).toEqual([null, null, 'undo']);
  });

  test('is open again, its closing forgotten', async () => {
    const id = await make(anna, 'Oddzwonić');
    await anna.tasks.complete.mutate(act(id));
    expect(await undo(anna, (await stepOf(anna, id))?.id ?? '')).toMatchObject({ status: 'undone' });
    expect(await stored(id)).toMatchObject({ state: 'open', closed_at: null, closed_by: null });
  });

  test('stays where somebody changed the same since, or closed it', async () => {
    const id = await make(anna, 'Odczyt');
    await rename(anna, id, 'Odczyt', 'Odczyt zimowy');
    const step = await stepOf(anna, id);
    await barbara.tasks.takeOver.mutate(act(id));
    await rename(barbara, id, 'Odczyt zimowy', 'Odczyt letni');
    const since = { subject: `task:${id}`, login: 's_barbara' };
    expect(await undo(anna, step?.id ?? '')).toMatchObject({
      status: 'refused',
      changedSince: [{ ...since, field: 'title' }],
    });
    await rename(barbara, id, 'Odczyt letni', 'Odczyt zimowy');
    await barbara.tasks.complete.mutate(act(id));
    expect(await undo(anna, step?.id ?? '')).toMatchObject({
      status: 'refused',
      changedSince: [{ ...since, field: 'state' }],
    });
    expect(await stored(id)).toMatchObject({ title: 'Odczyt zimowy', state: 'done', closed_by: 's_barbara' });
  });

  test('that now belongs to somebody else is not touched by whoever had it', async () => {
    const id = await make(barbara, 'Umowa', 's_anna');
    await rename(anna, id, 'Umowa', 'Umowa z Żukiem');
    const step = await stepOf(anna, id);
    await give(barbara, id, 's_anna', 's_dorota');
    expect(await refusalOf(undo(anna, step?.id ?? ''))).toMatchObject({ code: 'NOT_ALLOWED' });
    // To another group: not even its name is shown any more.
    await give(barbara, id, 's_dorota', 's_tomasz');
    expect(await refusalOf(undo(anna, step?.id ?? ''))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await stepOf(anna, id)).toMatchObject({ label: '' });
    expect(await stored(id)).toMatchObject({ title: 'Umowa z Żukiem', assignee: 's_tomasz' });
  });

  test('given away by mistake comes back; one that came from a leaver does not go to them again', async () => {
    const root = await database().asSuperuser();
    const id = await make(barbara, 'Reklamacja', 's_anna');
    await give(anna, id, 's_anna', 's_dorota');
    expect(await undo(anna, (await stepOf(anna, id))?.id ?? '')).toMatchObject({ status: 'undone' });
    expect(await stored(id)).toMatchObject({ assignee: 's_anna' });

    const left = await make(anna, 'Po kimś', 's_dorota');
    await anna.tasks.takeOver.mutate(act(left));
    await root.query(`update ibok.staff_members set active = false, ended_at = now() where login = 's_dorota'`);
    expect(await refusalOf(undo(anna, (await stepOf(anna, left))?.id ?? ''))).toMatchObject({ code: 'INVALID_INPUT' });
    await root.query(`update ibok.staff_members set active = true, ended_at = null where login = 's_dorota'`);
    expect(await stored(left)).toMatchObject({ assignee: 's_anna' });
  });
});
