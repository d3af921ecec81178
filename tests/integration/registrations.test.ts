import { randomUUID } from 'node:crypto';
import type { Client as Database } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CheckIdentityInput, RegistrationField } from '../../shared/contract/registrations';
import { addWorkingDays } from '../../shared/domain/working-days';
import { CLAUSES, plantInvoices, plantRegulations } from '../support/applications';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let root: Database;
let people: Awaited<ReturnType<typeof plantPeople>>;
let version: string;
let anna: Client;
let barbara: Client;
let today: string;

beforeAll(async () => {
  root = await database().asSuperuser();
  people = await plantPeople(root);
  version = await plantRegulations(root);
  await plantInvoices(root, people.zuk);
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
  today = (await anna.registrations.form.query()).today;
});
beforeEach(async () => {
  root = await database().asSuperuser();
});
afterAll(() => desk.close());

type Fields = Partial<Record<RegistrationField, string | null>>;
const zofia = (): Fields => ({
  receivedOn: today,
  firstName: 'Zofia',
  lastName: 'Żuk',
  email: 'zofia.zuk@example.com',
  relation: 'holder',
  customerNoGiven: '000123',
  clauses: CLAUSES.join(' '),
  originalPlace: 'Segregator 1',
});
const input = (fields: Fields = {}, channel: 'paper' | 'post' | 'email' = 'paper') => ({
  requestId: randomUUID(),
  channel,
  fields: { ...zofia(), ...fields },
});
const create = async (fields?: Fields) => (await anna.registrations.create.mutate(input(fields))).id;
const edit = (id: string, changes: Parameters<Client['registrations']['edit']['mutate']>[0]['changes'], by = anna) =>
  by.registrations.edit.mutate({ id, requestId: randomUUID(), changes });
const identify = (id: string, values: CheckIdentityInput['values'], customerNo = '000123') =>
  anna.registrations.checkIdentity.mutate({ id, requestId: randomUUID(), customerNo, values });
const byInvoice = { method: 'invoice', invoiceNo: 'f / 4', grossGrosze: 4100 } as const;
const approve = (id: string, login: string | null = null, by = anna) =>
  by.registrations.approve.mutate({ id, requestId: randomUUID(), login });
const missing = async (id: string) => (await anna.registrations.get.query({ id })).missing;
/** An application that lacks nothing. */
const complete = async (fields?: Fields) => {
  const id = await create(fields);
  await identify(id, byInvoice);
  return id;
};
const mails = async (record: string) =>
  (
    await root.query(
      `select t.key, o.to_address::text as "to", o.fields from ibok.outbox o join ibok.templates t on t.id = o.template_id
      where o.record = $1 order by o.id`,
      [record],
    )
  ).rows;

describe('an application on paper', () => {
  it('is recorded once by two clicks, with the term of the server and the version in force', async () => {
    const wanted = input({ originalPlace: 'Segregator 12/2026' });
    const made = await anna.registrations.create.mutate(wanted);
    expect(await anna.registrations.create.mutate(wanted)).toEqual(made);
    const form = await anna.registrations.form.query();
    const daysOff = new Set(form.daysOff);
    expect(made).toMatchObject({
      number: expect.stringMatching(/^W-[0-9]{6}$/),
      dueFrom: addWorkingDays(today, 3, daysOff),
      dueTo: addWorkingDays(today, 7, daysOff),
      missing: ['identity'],
    });
    expect(await anna.registrations.get.query({ id: made.id })).toMatchObject({
      status: 'incomplete',
      channel: 'paper',
      originalPlace: 'Segregator 12/2026',
      regulationLabel: '2024-07-17',
      customer: { customerNo: '000123', name: 'Żuk Zofia', hasPesel: true, hasNip: false, hasInvoices: true },
      recordedByName: 'Anna Klerk',
    });
  });

  it.each<[string, Fields, string]>([
    ['a day that has not come', { receivedOn: '2099-01-01' }, 'RECEIVED_ON'],
    ['a day over a year ago', { receivedOn: '2019-01-01' }, 'RECEIVED_ON'],
    ['two addresses in one field', { email: 'a@example.org, b@example.org' }, 'INVALID_EMAIL'],
    ['a line break in a name', { lastName: 'Żuk\r\nBcc: x@example.org' }, 'INVALID_TEXT'],
    ['a name of ten thousand letters', { lastName: 'Ż'.repeat(10_000) }, 'INVALID_INPUT'],
    ['a name of a thousand letters', { lastName: 'Ż'.repeat(1000) }, 'INVALID_INPUT'],
    ['no name', { lastName: null }, 'INVALID_INPUT'],
    ['a clause that no form has', { clauses: 'regulations newsletter' }, 'INVALID_INPUT'],
    ['a postal code of letters', { postalCode: 'Kartuzy' }, 'INVALID_POSTAL_CODE'],
    ['an amount that is none', { invoiceGrossGiven: 'dużo' }, 'INVALID_INPUT'],
  ])('with %s is refused', async (_, fields, code) => {
    expect((await refusalOf(anna.registrations.create.mutate(input(fields)))).code).toBe(code);
  });

  it('names everything it lacks, and is complete when that is there', async () => {
    const id = await create({ email: null, clauses: 'truth', customerNoGiven: '999999', relation: 'proxy' });
    expect(await missing(id)).toEqual([
      'clause:regulations',
      'clause:privacy',
      'email',
      'customer',
      'identity',
      'proxy_document',
    ]);
    await edit(id, {
      email: { from: null, to: 'zofia.zuk@example.com' },
      clauses: { from: 'truth', to: 'privacy regulations truth' },
      customerNoGiven: { from: '999999', to: '000123' },
      relation: { from: 'proxy', to: 'holder' },
    });
    expect(await missing(id)).toEqual(['identity']);
    await identify(id, byInvoice);
    expect(await anna.registrations.get.query({ id })).toMatchObject({ status: 'new', missing: [] });
  });

  it('by paper or post needs a place where the original is filed, by e-mail none', async () => {
    const missingOf = async (channel: 'paper' | 'post' | 'email') =>
      (await anna.registrations.create.mutate(input({ originalPlace: null }, channel))).missing;
    expect(await missingOf('paper')).toEqual(['identity', 'original']);
    expect(await missingOf('post')).toEqual(['identity', 'original']);
    expect(await missingOf('email')).toEqual(['identity']);
    const id = await complete({ originalPlace: ' ' });
    expect((await refusalOf(approve(id))).code).toBe('REGISTRATION_INCOMPLETE');
    await edit(id, { originalPlace: { from: null, to: 'Segregator 12/2026' } });
    expect(await anna.registrations.get.query({ id })).toMatchObject({ status: 'new', missing: [] });
  });

  it('merges what two people change, and asks where both changed the same field', async () => {
    const id = await create();
    expect(await edit(id, { phone: { from: null, to: '601000123' } })).toEqual({ status: 'saved' });
    expect(await edit(id, { city: { from: null, to: 'Kartuzy' } }, barbara)).toEqual({ status: 'saved' });
    expect(await edit(id, { phone: { from: null, to: '601000999' } }, barbara)).toEqual({
      status: 'conflict',
      fields: { phone: { mine: '601000999', theirs: '601000123', original: null } },
    });
    expect(await anna.registrations.get.query({ id })).toMatchObject({ phone: '601000123', city: 'Kartuzy' });
  });

  it('loses its identity when its number means another customer', async () => {
    const id = await complete();
    await edit(id, { customerNoGiven: { from: '000123', to: '000126' } });
    expect(await anna.registrations.get.query({ id })).toMatchObject({
      identity: null,
      customer: { customerNo: '000126' },
      missing: ['identity', 'proxy_document'],
    });
  });
});

describe('identity', () => {
  it.each<[string, CheckIdentityInput['values'], string]>([
    ['one of the last three invoices with its amount', byInvoice, 'confirmed'],
    ['an invoice with another amount', { method: 'invoice', invoiceNo: 'F/4', grossGrosze: 4101 }, 'mismatch'],
    ['the fourth invoice back', { method: 'invoice', invoiceNo: 'F/1', grossGrosze: 4025 }, 'mismatch'],
    ['the PESEL, written with spaces', { method: 'pesel', pesel: '440514 01359' }, 'confirmed'],
    ["somebody else's PESEL", { method: 'pesel', pesel: '02070803628' }, 'mismatch'],
  ])('by %s: %#', async (_, values, outcome) => {
    const id = await create();
    expect(await identify(id, values)).toEqual({ outcome, taskId: null });
    expect((await anna.registrations.get.query({ id })).identity).toEqual(
      outcome === 'confirmed' ? expect.objectContaining({ method: values.method, by: 's_anna' }) : null,
    );
  });

  it('answers alike for a wrong number of a customer and for a customer that is not there', async () => {
    const id = await create();
    const wrong = { method: 'pesel', pesel: '02070803628' } as const;
    expect(await identify(id, wrong, '777777')).toEqual(await identify(id, wrong));
  });

  it('of a number with a wrong check digit is not even compared', async () => {
    const id = await create();
    for (const values of [
      { method: 'pesel', pesel: '44051401358' },
      { method: 'nip', nip: '5891435080' },
      // Remainder 10: no tenth digit makes it a NIP.
      { method: 'nip', nip: '1000010000' },
    ] as const) {
      expect((await refusalOf(identify(id, values))).code).toBe('INVALID_IDENTIFIER');
    }
  });

  it('asks once to complete the data of a customer whose PESEL the base lacks', async () => {
    const id = await create({ firstName: 'Adam', lastName: 'Kowalski', customerNoGiven: '000126' });
    const pesel = { method: 'pesel', pesel: '44051401359' } as const;
    const { outcome, taskId } = await identify(id, pesel, '000126');
    expect(outcome).toBe('data_missing');
    expect(await identify(id, pesel, '000126')).toEqual({ outcome: 'data_missing', taskId: null });
    const { rows } = await anna.tasks.list.query({ question: { sort: { key: 'dueOn' } } });
    expect(rows.find((task) => task.id === taskId)).toMatchObject({
      title: 'Uzupełnij dane klienta',
      subject: `customer:${people.bare}`,
      assignee: 's_anna',
    });
  });

  it('leaves no PESEL in any table, whatever came of it, and a line in the read log for each try', async () => {
    const id = await create();
    await identify(id, { method: 'pesel', pesel: '02070803628' });
    await identify(id, { method: 'pesel', pesel: '44051401359' });
    const { rows } = await root.query<{ fields: string }>(
      `select fields from audit.reads where purpose = $1 order by id`,
      [`identity: registration:${id}`],
    );
    expect(rows.map(({ fields }) => fields)).toEqual(['identity mismatch', 'identity confirmed']);
    const tables = await root.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('ibok', 'audit') and c.relkind = 'r'`,
    );
    for (const { name } of tables.rows) {
      const { rowCount } = await root.query(`select from ${name} t where t::text like '%02070803628%'`);
      expect(rowCount, name).toBe(0);
    }
  });

  it('is guessed five times at most by one person for one application', async () => {
    const id = await create({ customerNoGiven: '000124' });
    const wrong = { method: 'nip', nip: '5250007448' } as const;
    for (let n = 0; n < 5; n += 1) expect((await identify(id, wrong, '000124')).outcome).toBe('mismatch');
    // Not even the right one now: the answer must not tell it from a wrong one.
    expect((await identify(id, { method: 'nip', nip: '5891435089' }, '000124')).outcome).toBe('limited');
  });
});

describe('a person who is not on the contract', () => {
  const attach = async (id: string) => {
    const { rows } = await root.query<{ id: string }>(
      `insert into ibok.documents (title, category, owner_table, owner_id)
       values ('Pełnomocnictwo', 'application', 'registrations', $1) returning id`,
      [id],
    );
    return rows[0]?.id ?? '';
  };
  const name = (id: string, documentId: string | null) =>
    anna.registrations.setDocument.mutate({ id, documentId, requestId: randomUUID() });

  it('needs a document in work, of this application', async () => {
    const id = await complete({ firstName: 'Ewa', relation: 'holder' });
    expect(await missing(id)).toEqual(['proxy_document']);
    const own = await attach(id);
    const other = await attach(await create());
    expect((await refusalOf(name(id, other))).code).toBe('NOT_FOUND');
    await name(id, own);
    expect(await missing(id)).toEqual([]);
    await anna.documents.setState.mutate({ id: own, state: 'withdrawn', reason: 'zły plik', requestId: randomUUID() });
    expect(await anna.registrations.get.query({ id })).toMatchObject({
      status: 'incomplete',
      missing: ['proxy_document'],
    });
  });

  it('is whoever acts for a company or has another surname; a second first name is no other person', async () => {
    expect(await missing(await create({ customerNoGiven: '000124' }))).toContain('proxy_document');
    expect(await missing(await create({ lastName: 'Żukowska' }))).toContain('proxy_document');
    expect(await missing(await create({ firstName: 'ZOFIA Anna', lastName: 'żuk' }))).toEqual(['identity']);
  });

  it('is nobody for the customer who died', async () => {
    const id = await create({ firstName: 'Jan', lastName: 'Nowak-Łoś', customerNoGiven: '000125' });
    expect(await missing(id)).toContain('customer_deceased');
  });
});

describe('an approval', () => {
  it('makes account, access, acceptance, consent and mail in one act, however often it is sent', async () => {
    const id = await complete({ clauses: `e_invoice ${CLAUSES.join(' ')}`, receivedOn: today });
    const wish = { id, requestId: randomUUID(), login: null };
    const [first, second] = await Promise.all([
      anna.registrations.approve.mutate(wish),
      anna.registrations.approve.mutate(wish),
    ]);
    expect(second).toEqual(first);
    expect(first.login).toMatch(/^zofia\.zuk[0-9]*$/);
    const account = first.accountId;
    const { rows } = await root.query(
      `select a.status, a.login, a.email::text, a.created_by,
              (select count(*)::int from ibok.accounts where registration_id = a.registration_id) as accounts,
              (select array_agg(row(x.customer_id, x.relation, x.valid_from)::text) from ibok.account_access x where x.account_id = a.id) as access,
              (select array_agg(r.version_id || ' ' || r.channel) from ibok.regulation_acceptances r where r.account_id = a.id) as accepted,
              (select array_agg(c.kind || ' ' || c.given_channel) from ibok.consents c where c.account_id = a.id) as consents
         from ibok.accounts a where a.id = $1`,
      [account],
    );
    expect(rows).toEqual([
      {
        status: 'pending',
        login: first.login,
        email: 'zofia.zuk@example.com',
        created_by: 's_anna',
        accounts: 1,
        access: [`(${people.zuk},holder,${today})`],
        accepted: [`${version} paper`],
        consents: ['e_invoice paper'],
      },
    ]);
    expect(await mails(`accounts:${account}`)).toEqual([
      {
        key: 'account.activation',
        to: 'zofia.zuk@example.com',
        fields: { first_name: 'Zofia', last_name: 'Żuk', login: first.login, hours: '72' },
      },
    ]);
    expect(await anna.registrations.get.query({ id })).toMatchObject({
      status: 'approved',
      account: { id: account, login: first.login },
      decided: { byName: 'Anna Klerk' },
    });
    expect((await refusalOf(approve(id, null, barbara))).code).toBe('REGISTRATION_DECIDED');
    expect((await refusalOf(edit(id, { phone: { from: null, to: '601000123' } }))).code).toBe('REGISTRATION_DECIDED');
  });

  it('by two clerks at once makes one account', async () => {
    const id = await complete();
    const both = await Promise.allSettled([approve(id), approve(id, null, barbara)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { rows } = await root.query('select count(*)::int as made from ibok.accounts where registration_id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ made: 1 }]);
  });

  it('is refused while anything is missing, by psql too, which learns what', async () => {
    const id = await create();
    expect((await refusalOf(approve(id))).code).toBe('REGISTRATION_INCOMPLETE');
    const psql = await database().asLogin('s_anna');
    await expect(psql.query('select api.approve_registration($1, null, null)', [id])).rejects.toMatchObject({
      code: 'IB006',
      constraint: 'registrations_incomplete',
      detail: 'identity',
    });
    for (const sql of [
      `update ibok.registrations set status = 'approved' where id = ${id}`,
      `update ibok.registrations set identity_method = 'pesel' where id = ${id}`,
      `insert into ibok.accounts (login, first_name, last_name, email, registration_id)
         values ('zofia', 'Zofia', 'Żuk', 'z@example.org', ${id})`,
    ]) {
      await expect(psql.query(sql)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('gives every account a login of its own, and takes a wished one only where it is free', async () => {
    const logins = await Promise.all(
      (await Promise.all([complete(), complete(), complete()])).map(async (id) => (await approve(id)).login),
    );
    expect(new Set(logins).size).toBe(3);
    const id = await complete();
    expect((await refusalOf(approve(id, logins[0]))).code).toBe('LOGIN_TAKEN');
    expect((await refusalOf(approve(id, 'Żuk'))).code).toBe('INVALID_LOGIN');
    expect((await approve(id, 'zofia-z.77')).login).toBe('zofia-z.77');
  });

  it.each([
    ['Zofia Anna', 'Żuk-Łoś', 'zofia.zuk-los'],
    ['Олена', 'Коваленко', 'klient000123'],
    ['Ó', 'A', 'klient000123'],
    ['X'.repeat(90), 'Y'.repeat(90), 'x'.repeat(56)],
  ])('proposes for %s %s the login %s', async (firstName, lastName, login) => {
    const { rows } = await root.query('select ibok.free_login($1, $2, $3) as login', [firstName, lastName, '000123']);
    expect(rows).toEqual([{ login }]);
  });
});

describe('a rejection', () => {
  const reject = (id: string, reason: 'withdrawn' | 'other' | 'duplicate', note: string | null = null) =>
    anna.registrations.reject.mutate({ id, requestId: randomUUID(), reason, note });

  it('is written to who has an address, and left for a letter otherwise', async () => {
    const id = await create();
    expect(await reject(id, 'duplicate')).toEqual({ notice: 'mail' });
    expect(await mails(`registrations:${id}`)).toEqual([
      {
        key: 'registration.rejected',
        to: 'zofia.zuk@example.com',
        fields: {
          first_name: 'Zofia',
          last_name: 'Żuk',
          number: (await anna.registrations.get.query({ id })).number,
          reason: 'konto albo wcześniejszy wniosek już istnieje',
        },
      },
    ]);
    const onPaper = await create({ email: null });
    expect(await reject(onPaper, 'withdrawn')).toEqual({ notice: 'letter' });
    expect(await mails(`registrations:${onPaper}`)).toEqual([]);
  });

  it('for another reason has to say which', async () => {
    const id = await create({ note: 'Dzwonił 20.11.' });
    expect((await refusalOf(reject(id, 'other'))).code).toBe('INVALID_INPUT');
    await reject(id, 'other', 'Wniosek złożono dla innego przedsiębiorstwa');
    expect(await anna.registrations.get.query({ id })).toMatchObject({
      status: 'rejected',
      rejectionReason: 'other',
      note: 'Dzwonił 20.11.\nWniosek złożono dla innego przedsiębiorstwa',
    });
    expect((await refusalOf(approve(id))).code).toBe('REGISTRATION_DECIDED');
  });
});

describe('the queue', () => {
  it('shows what is due first, with days left and what is missing, and counts what the Pulpit shows', async () => {
    const before = await anna.registrations.counters.query();
    const id = await create({ receivedOn: addWorkingDays(today, 0, new Set()), lastName: 'Kolejkowska' });
    const late = await create({ lastName: 'Kolejkowska-Spóźniona' });
    await root.query(`update ibok.registrations set received_on = ibok.today() - 60 where id = $1`, [late]);
    const { rows } = await anna.registrations.list.query({
      question: {
        words: 'kolejkowska',
        filters: { status: { is: 'oneOf', values: ['new', 'incomplete'] } },
        sort: { key: 'dueTo' },
      },
    });
    expect(rows.map((row) => [row.id, row.overdue])).toEqual([
      [late, true],
      [id, false],
    ]);
    expect(rows[0]?.daysLeft).toBeLessThan(0);
    expect(rows[1]).toMatchObject({ daysLeft: 7, missing: ['identity', 'proxy_document'], customerNo: '000123' });
    const after = await anna.registrations.counters.query();
    expect([after.open - before.open, after.overdue - before.overdue]).toEqual([2, 1]);
  });

  it('names others that may be the same person, and by what', async () => {
    const id = await create({
      email: 'para@example.org',
      firstName: 'Ewa',
      lastName: 'Podwójna',
      customerNoGiven: '999999',
    });
    const twin = await create({
      email: 'PARA@example.org',
      firstName: 'Ewa',
      lastName: 'Podwójna',
      customerNoGiven: '999999',
    });
    expect((await anna.registrations.get.query({ id })).duplicates).toEqual([
      expect.objectContaining({ kind: 'registration', id: twin, status: 'incomplete', reasons: ['email', 'name'] }),
    ]);
    const first = await complete({ email: 'inna@example.org' });
    const { accountId } = await approve(first);
    const second = await create({ email: 'inna@example.org' });
    expect((await anna.registrations.get.query({ id: second })).duplicates).toContainEqual(
      expect.objectContaining({ kind: 'account', id: accountId, reasons: ['customer', 'email', 'name'] }),
    );
  });

  it('keeps the history of each application, for those who see it', async () => {
    const id = await complete();
    const { events } = await anna.audit.history.query({ table: 'registrations', id });
    expect(events.map(({ op, login }) => [op, login])).toEqual([
      ['update', 's_anna'],
      ['insert', 's_anna'],
    ]);
    const technician = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
    expect((await refusalOf(technician.audit.history.query({ table: 'registrations', id }))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(technician.registrations.get.query({ id }))).code).toBe('NOT_ALLOWED');
  });
});
