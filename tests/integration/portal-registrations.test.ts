import { randomUUID } from 'node:crypto';
import type { Client as Database } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { application, plantInvoices, plantRegulations } from '../support/applications';
import { type Client, type Desk, openDesk } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let root: Database;
let portal: Database;
let anna: Client;
let version: string;
let people: Awaited<ReturnType<typeof plantPeople>>;

beforeAll(async () => {
  root = await database().asSuperuser();
  people = await plantPeople(root);
  version = await plantRegulations(root);
  await plantInvoices(root, people.zuk);
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
});
beforeEach(async () => {
  root = await database().asSuperuser();
  portal = await database().asLogin('ibok_portal');
});
afterAll(() => desk.close());

interface Answer {
  number: string;
  dueFrom: string;
  dueTo: string;
}
const register = async (sent: unknown): Promise<Answer> =>
  (await portal.query<{ answer: Answer }>('select portal.register($1::jsonb) as answer', [JSON.stringify(sent)]))
    .rows[0]?.answer as Answer;
const found = async (number: string) => {
  const { rows } = await root.query<{ id: string }>(
    'select id from ibok.registrations where ibok.registration_number(id) = $1',
    [number],
  );
  return anna.registrations.get.query({ id: rows[0]?.id ?? '0' });
};

describe('an application through the portal', () => {
  it('has its identity compared at once, is confirmed by mail, and can be approved as it came', async () => {
    const sent = application(version);
    const answer = await register(sent);
    expect(await register(sent)).toEqual(answer);
    const record = await found(answer.number);
    expect(record).toMatchObject({
      channel: 'web',
      status: 'new',
      missing: [],
      identity: { method: 'invoice', by: 'ibok_portal' },
      customer: { id: people.zuk },
      recordedByName: 'ibok_portal',
    });
    const { rows } = await root.query(
      `select t.key, o.to_address::text as "to", o.created_by, o.send_after <= now() as "atOnce" from ibok.outbox o
         join ibok.templates t on t.id = o.template_id where o.record = $1`,
      [`registrations:${record.id}`],
    );
    expect(rows).toEqual([
      { key: 'registration.received', to: 'zofia.zuk@example.com', created_by: 'ibok_portal', atOnce: true },
    ]);
    const trail = await root.query(
      `select distinct on_behalf_of from audit.events where table_name = 'registrations' and row_id = $1`,
      [record.id],
    );
    expect(trail.rows).toEqual([{ on_behalf_of: `registration:${record.id}` }]);
    await expect(
      anna.registrations.approve.mutate({ id: record.id, requestId: randomUUID(), login: null }),
    ).resolves.toMatchObject({ login: 'zofia.zuk' });
  });

  it('is answered alike whether customer, number or nothing is right', async () => {
    const keys = ['dueFrom', 'dueTo', 'number'];
    const term = async (more: Record<string, unknown>) => {
      const { number, ...rest } = await register(
        application(version, { email: `${randomUUID()}@example.org`, ...more }),
      );
      expect(number).toMatch(/^W-/);
      return rest;
    };
    const right = await term({});
    expect(Object.keys(right).toSorted()).toEqual(keys.filter((key) => key !== 'number'));
    expect(await term({ customerNo: '777777' })).toEqual(right);
    expect(await term({ identity: { method: 'pesel', pesel: '02070803628' } })).toEqual(right);
    expect(await term({ identity: { method: 'nip', nip: '5891435089' } })).toEqual(right);
  });

  it('keeps no PESEL and no NIP, in no table', async () => {
    const answer = await register(
      application(version, { email: 'pesel@example.org', identity: { method: 'pesel', pesel: '90010112349' } }),
    ).catch(() => null);
    const { number } =
      answer ??
      (await register(
        application(version, { email: 'pesel@example.org', identity: { method: 'nip', nip: '5250007448' } }),
      ));
    expect((await found(number)).identity).toBeNull();
    const tables = await root.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('ibok', 'audit') and c.relkind = 'r'`,
    );
    for (const { name } of tables.rows) {
      const { rowCount } = await root.query(`select from ${name} t where t::text ~ '90010112349|5250007448'`);
      expect(rowCount, name).toBe(0);
    }
  });

  it.each<[string, Record<string, unknown>, string, string?]>([
    ['a line break in the name', { lastName: 'Żuk\r\nBcc: x@example.org' }, '23514', 'line_clean'],
    ['a name of ten thousand letters', { firstName: 'Z'.repeat(10_000) }, '23514', 'line_length'],
    ['two addresses', { email: 'a@example.org,b@example.org' }, '23514', 'email_form'],
    ['two addresses on two lines', { email: 'a@example.org\nb@example.org' }, '23514', 'email_form'],
    [
      'a PESEL with a wrong digit',
      { identity: { method: 'pesel', pesel: '44051401358' } },
      'IB004',
      'registrations_pesel',
    ],
    ['a NIP of remainder 10', { identity: { method: 'nip', nip: '1000010000' } }, 'IB004', 'registrations_nip'],
    ['an identity card', { identity: { method: 'card', number: 'ABC123456' } }, 'IB004'],
    ['an amount with a comma', { identity: { method: 'invoice', invoiceNo: 'F/4', grossGrosze: '41,00' } }, 'IB004'],
    ['a key of its own', { status: 'approved' }, 'IB004'],
    ['a name that is a number', { lastName: 12 }, 'IB004'],
    ['no name', { lastName: ' ' }, 'IB004'],
    ['another relation', { relation: 'friend' }, '23514', 'registrations_relation'],
    ['a clause that no form has', { clauses: ['regulations', 'newsletter'] }, 'IB004'],
    ['clauses that are no list', { clauses: 'regulations' }, 'IB004'],
    ['a version that is not there', { regulationVersionId: '999999999' }, '23503'],
    ['no request id', { requestId: 'x' }, 'IB004'],
  ])('with %s is refused', async (_, more, code, constraint) => {
    await expect(register(application(version, more))).rejects.toMatchObject({
      code,
      ...(constraint ? { constraint } : {}),
    });
  });

  it('that is no object at all is refused', async () => {
    for (const sent of [null, [], 'x', 12]) await expect(register(sent)).rejects.toMatchObject({ code: 'IB004' });
  });

  it('with the request id of another is refused', async () => {
    const sent = application(version, { email: 'raz@example.org' });
    await register(sent);
    await expect(register({ ...sent, email: 'dwa@example.org' })).rejects.toMatchObject({ code: 'IB005' });
  });

  it('waits with four others of its address at most', async () => {
    const same = () => register(application(version, { email: 'duzo@example.org' }));
    for (let n = 0; n < 5; n += 1) await same();
    await expect(same()).rejects.toMatchObject({ code: 'IB006', constraint: 'registrations_too_many' });
  });

  it('is not compared any more once a customer was guessed wrong ten times in a day', async () => {
    const guess = (pesel: string) =>
      register(
        application(version, {
          customerNo: '000124',
          email: `${randomUUID()}@example.org`,
          identity: { method: 'nip', nip: pesel },
        }),
      );
    for (let n = 0; n < 10; n += 1) await guess('5250007448');
    const { id, identity } = await found((await guess('5891435089')).number);
    expect(identity).toBeNull();
    // Strangers' guesses do not keep the office from checking.
    const wanted = { id, requestId: randomUUID(), customerNo: '000124' };
    const values = { method: 'nip', nip: '5891435089' } as const;
    expect((await anna.registrations.checkIdentity.mutate({ ...wanted, values })).outcome).toBe('confirmed');
  });

  it('stands on the screen of the clerks within a second', async () => {
    const window = desk.window('listener');
    await window.signIn('s_barbara', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    const { number } = await register(application(version, { email: 'zywo@example.org' }));
    const { id } = await found(number);
    await expect.poll(() => seen, { timeout: 1_000 }).toContainEqual({ topic: 'registrations', id });
    stop();
  });
});

describe('what the portal shows an applicant', () => {
  it('is the version in force and the clauses of today', async () => {
    const { rows } = await portal.query<{
      form: { regulations: unknown; clauses: { key: string; mandatory: boolean }[] };
    }>('select portal.application_form() as form');
    expect(rows[0]?.form.regulations).toEqual({ id: version, label: '2024-07-17', effectiveOn: '2024-07-17' });
    expect(rows[0]?.form.clauses.map(({ key, mandatory }) => [key, mandatory])).toEqual([
      ['regulations', true],
      ['privacy', true],
      ['truth', true],
      ['e_invoice', false],
    ]);
  });

  it('is all it sees: no table and no other function of the staff', async () => {
    for (const sql of [
      'select from ibok.registrations',
      'select api.registration_checks(1)',
      'select from ibok.customers',
    ]) {
      await expect(portal.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
