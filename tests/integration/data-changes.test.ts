import { randomUUID } from 'node:crypto';
import type { Client as Connection } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plantAccount } from '../support/accounts';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let root: Connection;
let people: Awaited<ReturnType<typeof plantPeople>>;
const apis: Record<string, Client> = {};

beforeAll(async () => {
  people = await plantPeople(await database().asSuperuser());
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  for (const login of ['s_anna', 's_barbara', 's_tomasz', 's_iod']) {
    apis[login] = await desk.window(login).signIn(login, TEST_PASSWORD);
  }
});
beforeEach(async () => {
  root = await database().asSuperuser();
  await root.query(
    `update ibok.customers set phone = '601 000 123', email = 'zofia@example.com', postal_city = null where id = $1`,
    [people.zuk],
  );
});
afterAll(() => desk.close());

const as = (login: string) => apis[login] as Client;
const requests = (login: string) => as(login).dataChanges;
const decide = (login: string, id: string, accepted: Record<string, string | null>, note: string | null = null) =>
  requests(login).decide.mutate({ id, requestId: randomUUID(), accepted, note });
const stored = async () =>
  (await root.query('select phone, email, postal_city from ibok.customers where id = $1', [people.zuk])).rows[0];

/** A request sent through the portal, of an account of its own. */
async function asked(changes: Record<string, string | null>): Promise<{ id: string; account: string }> {
  const account = await plantAccount(root, people.zuk);
  const portal = await database().asLogin('ibok_portal');
  const { rows } = await portal.query<{ asked: { request: number } }>(
    'select portal.request_data_change($1, $2, $3) as asked',
    [account.id, people.zuk, JSON.stringify(changes)],
  );
  return { id: String(rows[0]?.asked.request), account: account.id };
}

describe('a request of contact data', () => {
  it('shows each field as it was, as it is wanted and as it is now, and the look is logged', async () => {
    const { id } = await asked({ phone: '602 000 200', postal_city: 'Żukowo' });
    await root.query(`update ibok.customers set phone = '603 000 300' where id = $1`, [people.zuk]);
    expect(await requests('s_iod').open.mutate({ id })).toMatchObject({
      status: 'open',
      customerNo: '000123',
      customerName: 'Żuk Zofia',
      fields: [
        { field: 'phone', old: '601 000 123', new: '602 000 200', now: '603 000 300' },
        { field: 'postalCity', old: null, new: 'Żukowo', now: null },
      ],
    });
    const { rows } = await root.query(
      `select login, customer_id::text, purpose from audit.reads where purpose = 'data_change' order by id desc limit 1`,
    );
    expect(rows).toEqual([{ login: 's_iod', customer_id: people.zuk, purpose: 'data_change' }]);
    const clerk = await database().asLogin('s_anna');
    await expect(clerk.query('select changes from ibok.data_change_requests')).rejects.toMatchObject({ code: '42501' });
  });

  it('is taken whole: the record changes as by a clerk’s edit, in the name of both', async () => {
    const { id, account } = await asked({ phone: '602 000 200', postal_city: 'Żukowo' });
    expect(await decide('s_anna', id, { phone: '601 000 123', postalCity: null })).toEqual({
      status: 'decided',
      outcome: 'accepted',
    });
    expect(await stored()).toMatchObject({ phone: '602 000 200', postal_city: 'Żukowo' });
    const { events } = await as('s_anna').audit.history.query({ table: 'customers', id: people.zuk });
    expect(events[0]).toMatchObject({
      login: 's_anna',
      reason: 'data_change',
      changes: { phone: ['601 000 123', '602 000 200'] },
    });
    const { rows } = await root.query(
      `select op, login, on_behalf_of from audit.events where table_name = 'data_change_requests' and row_id = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { op: 'insert', login: 'ibok_portal', on_behalf_of: `account:${account}` },
      { op: 'update', login: 's_anna', on_behalf_of: null },
    ]);
    const steps = await as('s_anna').undo.stack.query();
    expect(steps.steps[0]).toMatchObject({ kind: 'editContact', subject: `customer:${people.zuk}` });
  });

  it('is taken in part or not at all with a note that the customer reads', async () => {
    const part = await asked({ phone: '602 000 200', email: 'inny@example.com' });
    expect((await refusalOf(decide('s_anna', part.id, { phone: '601 000 123' }))).code).toBe('INVALID_INPUT');
    expect(await decide('s_anna', part.id, { phone: '601 000 123' }, 'adres e-mail zmienia się w portalu')).toEqual({
      status: 'decided',
      outcome: 'partly',
    });
    expect(await stored()).toMatchObject({ phone: '602 000 200', email: 'zofia@example.com' });
    const none = await asked({ email: 'inny@example.com' });
    expect(await decide('s_barbara', none.id, {}, 'to nie ten klient')).toMatchObject({ outcome: 'rejected' });

    const portal = await database().asLogin('ibok_portal');
    const { rows } = await portal.query('select portal.my_profile($1) -> $2 as changes', [part.account, 'dataChanges']);
    expect(rows[0].changes).toMatchObject([
      { status: 'partly', accepted: ['phone'], note: 'adres e-mail zmienia się w portalu' },
    ]);
  });

  it('asks again when the record changed since the clerk looked, and stores nothing meanwhile', async () => {
    const { id } = await asked({ phone: '602 000 200', postal_city: 'Żukowo' });
    await root.query(`update ibok.customers set phone = '603 000 300' where id = $1`, [people.zuk]);
    const seen = { phone: '601 000 123', postalCity: null };
    expect(await decide('s_anna', id, seen)).toEqual({
      status: 'conflict',
      fields: { phone: { original: '601 000 123', theirs: '603 000 300', mine: '602 000 200' } },
    });
    expect(await stored()).toMatchObject({ phone: '603 000 300', postal_city: null });
    expect(await decide('s_anna', id, { ...seen, phone: '603 000 300' })).toMatchObject({ outcome: 'accepted' });
    expect(await stored()).toMatchObject({ phone: '602 000 200', postal_city: 'Żukowo' });
  });

  it('is decided once: a second click gets the first answer, a second person is told', async () => {
    const { id } = await asked({ phone: '602 000 200' });
    const wanted = { id, requestId: randomUUID(), accepted: { phone: '601 000 123' }, note: null };
    const [first, second] = await Promise.all([
      requests('s_anna').decide.mutate(wanted),
      requests('s_anna').decide.mutate(wanted),
    ]);
    expect(second).toEqual(first);
    expect((await refusalOf(decide('s_barbara', id, { phone: '601 000 123' }))).code).toBe('CONFLICT');
    expect((await refusalOf(decide('s_barbara', id, { email: 'x@example.com' }))).code).toBe('CONFLICT');
  });

  it('takes no field that was not asked for', async () => {
    const { id } = await asked({ phone: '602 000 200' });
    expect((await refusalOf(decide('s_anna', id, { phone: '601 000 123', email: 'zofia@example.com' }))).code).toBe(
      'INVALID_INPUT',
    );
  });

  it('stands in the list and beside its account without a value, for those who may', async () => {
    const { id, account } = await asked({ phone: '602 000 200' });
    const question = {
      filters: { status: { is: 'oneOf' as const, values: ['open'] } },
      sort: { key: 'requestedAt', descending: true },
    };
    const { rows } = await requests('s_iod').list.query({ question });
    expect(rows[0]).toMatchObject({ id, accountId: account, customerNo: '000123', status: 'open', decidedAt: null });
    expect(JSON.stringify(rows)).not.toContain('602 000 200');
    expect((await requests('s_anna').ofAccount.query({ id: account })).requests).toHaveLength(1);
    expect((await as('s_anna').accounts.get.query({ id: account })).openDataChanges).toBe(1);
    const { events } = await as('s_anna').audit.history.query({ table: 'accounts', id: account });
    expect(JSON.stringify(events)).not.toContain('602 000 200');
    expect((await refusalOf(requests('s_tomasz').list.query({ question }))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(decide('s_iod', id, { phone: null }))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(requests('s_anna').open.mutate({ id: '999999' }))).code).toBe('NOT_FOUND');
  });
});
