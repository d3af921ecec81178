import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListQuestion } from '../../shared/contract/lists';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Api;
let people: Awaited<ReturnType<typeof plantPeople>>;

beforeAll(async () => {
  const { host, port, name } = database();
  people = await plantPeople(await database().asSuperuser());
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
});
afterAll(() => desk.close());

const found = async (text: string) =>
  (await anna.customers.search.query({ text })).hits.map(({ kind, title, reason }) => [kind, title, reason]);

describe('the search box', () => {
  it.each([
    ['zuk kart', ['customer', 'Żuk Zofia', 'nameAddress']],
    ['ŻUK', ['customer', 'Żuk Zofia', 'name']],
    ['zu', ['customer', 'Żuk Zofia', 'name']],
    ['zofia', ['customer', 'Żuk Zofia', 'name']],
    ['msciwoja', ['customer', 'Żuk Zofia', 'address']],
    ['los', ['customer', 'Nowak-Łoś Jan', 'name']],
    ['pod lipami', ['customer', 'Wspólnota „Pod Lipami”', 'name']],
    ['msciwoja 4/7', ['customer', 'Żuk Zofia', 'address']],
    ['Kartuzy, Mściwoja II 4/7', ['customer', 'Żuk Zofia', 'address']],
    ['msciwoja 4', ['premise', 'Mściwoja II 4/7, Kartuzy', 'address']],
    ['sitno 8', ['premise', 'Sitno 8', 'address']],
    ['000123', ['customer', 'Żuk Zofia', 'customerNo']],
    ['04843787', ['meter', 'A-0484 3787', 'factoryNo']],
    ['0484 3787', ['meter', 'A-0484 3787', 'factoryNo']],
    ['4a5b6c7d', ['meter', '0077123', 'radioId']],
    ['zukk', ['customer', 'Żuk Zofia', 'similarName']],
    ['kowalsky', ['customer', 'Kowalski Adam', 'similarName']],
  ])('finds by %j', async (text, hit) => {
    expect(await found(text)).toContainEqual(hit);
  });

  it('finds the meter by the number the portal shows', async () => {
    const superuser = await database().asSuperuser();
    const far = `insert into ibok.meters (id, factory_no, type_id, owner_kind) overriding system value
      select 700123, 'X1', id, 'utility' from ibok.meter_types limit 1`;
    await superuser.query(far);
    expect(await found('700123')).toContainEqual(['meter', 'X1', 'meterId']);
    expect((await anna.meters.get.query({ id: '700123' })).factoryNo).toBe('X1');
  });

  it.each(['%', '_', '\\', '%%%', "'; drop table ibok.customers; --", '   ', '„”'])(
    'finds nothing by %j',
    async (text) => {
      expect(await found(text)).toEqual([]);
    },
  );

  it('shows a former address no more, but the premise still has its history', async () => {
    const hits = (await anna.customers.search.query({ text: 'pod lipami msciwoja' })).hits;
    expect(hits).toEqual([]);
  });

  it.each(['601 000 123', '+48601000123', '601-000-123', 'ZOFIA.ZUK@example.com'])(
    'finds by the contact %s, and logs it',
    async (text) => {
      const { hits } = await anna.customers.findByContact.mutate({ text });
      expect(hits.map(({ title }) => title)).toEqual(['Żuk Zofia']);
      const superuser = await database().asSuperuser();
      const { rows } = await superuser.query(
        `select login from audit.reads where customer_id = $1 order by id desc limit 1`,
        [people.zuk],
      );
      expect(rows).toEqual([{ login: 's_anna' }]);
    },
  );

  it.each(['a\u0000b', '\ud800', 'a\u202eb', 'x'.repeat(101)])('refuses text that is none: %j', async (text) => {
    expect((await refusalOf(anna.customers.search.query({ text }))).code).toMatch(/^INVALID_/);
  });
});

describe('the customer list', () => {
  const sorted = (key: string, descending = false) => ({ question: { sort: { key, descending } }, limit: 2 });

  it.each(['name', 'customerNo', 'address', 'points', 'customerSince'] as const)(
    'pages by %s both ways without gap or double',
    async (key) => {
      for (const descending of [false, true]) {
        const seen: string[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof anna.customers.list.query>> = await anna.customers.list.query({
            ...sorted(key, descending),
            cursor,
          });
          seen.push(...page.rows.map(({ id }) => id));
          cursor = page.nextCursor;
        } while (cursor);
        expect(seen).toHaveLength(4);
        expect(new Set(seen).size).toBe(4);
      }
    },
  );

  it('sorts as Polish does: Żuk after Wspólnota, Nowak-Łoś before it', async () => {
    const { rows } = await anna.customers.list.query({ question: { sort: { key: 'name' } } });
    expect(rows.map(({ displayName }) => displayName)).toEqual([
      'Kowalski Adam',
      'Nowak-Łoś Jan',
      'Wspólnota „Pod Lipami”',
      'Żuk Zofia',
    ]);
  });

  it.each<[Partial<ListQuestion>, number]>([
    [{ words: 'zuk' }, 1],
    [{ filters: { kind: { is: 'oneOf', values: ['company'] } } }, 1],
    [{ filters: { city: { is: 'oneOf', values: ['Kartuzy'] } } }, 2],
    [{ filters: { deceased: { is: 'oneOf', values: ['true'] } } }, 1],
    [{ filters: { points: { is: 'between', from: null, to: 0 } } }, 1],
    [{ words: '%' }, 0],
  ])('counts exactly what it lists with the question %j', async (question, count) => {
    const sort = { key: 'name' };
    expect((await anna.customers.list.query({ question: { ...question, sort } })).rows).toHaveLength(count);
    expect(await anna.customers.count.query({ question })).toEqual({ count, capped: false });
  });

  it.each([
    [{ question: { sort: { key: 'pesel' } } }],
    [{ question: { sort: { key: 'kind' } } }],
    [{ question: { sort: { key: '__proto__' } } }],
    [{ ...sorted('name'), cursor: 'bm9wZQ' }],
    [{ ...sorted('name'), limit: 100_000 }],
    [{ question: { sort: { key: 'name' }, filters: { constructor: { is: 'empty' } } } }],
    [{ question: { sort: { key: 'name' }, filters: { kind: { is: 'oneOf', values: ['x'] } } } }],
  ])('refuses %j', async (input) => {
    expect((await refusalOf(anna.customers.list.query(input as never))).code).toBe('INVALID_INPUT');
  });

  it('refuses the cursor of another sort', async () => {
    const { nextCursor } = await anna.customers.list.query(sorted('name'));
    const call = anna.customers.list.query({ ...sorted('points'), cursor: nextCursor });
    expect(await refusalOf(call)).toEqual({ code: 'INVALID_INPUT', details: { field: 'cursor' } });
  });
});

describe('a card', () => {
  it('shows contact data, masks the PESEL, and is logged with its purpose', async () => {
    const card = await anna.customers.card.query({ id: people.zuk, purpose: 'visit' });
    expect(card).toMatchObject({ displayName: 'Żuk Zofia', contact: { phone: '+48 601 000 123' }, deceasedOn: null });
    expect(card.peselMasked).toMatch(/^\*+359$/);
    expect(JSON.stringify(card)).not.toContain('44051401359');
    const superuser = await database().asSuperuser();
    const { rows } = await superuser.query('select purpose from audit.reads order by id desc limit 1');
    expect(rows).toEqual([{ purpose: 'visit' }]);
  });

  it('says NOT_FOUND for a number nobody has', async () => {
    expect((await refusalOf(anna.customers.card.query({ id: '99999999' }))).code).toBe('NOT_FOUND');
    expect((await refusalOf(anna.customers.card.query({ id: '9'.repeat(19) }))).code).toBe('INVALID_INPUT');
  });

  it('reveals the PESEL to a clerk with a reason, not to a technician', async () => {
    const { value } = await anna.customers.reveal.mutate({
      id: people.zuk,
      field: 'pesel',
      reason: 'weryfikacja tożsamości',
    });
    expect(value).toBe('44051401359');
    const short = anna.customers.reveal.mutate({ id: people.zuk, field: 'pesel', reason: 'bo' });
    expect((await refusalOf(short)).code).toBe('INVALID_INPUT');
    const tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
    const call = tomasz.customers.reveal.mutate({ id: people.zuk, field: 'pesel', reason: 'weryfikacja tożsamości' });
    expect((await refusalOf(call)).code).toBe('NOT_ALLOWED');
    const card = await tomasz.customers.card.query({ id: people.zuk });
    expect(card.abilities).toEqual({
      editContact: { allowed: false, reason: 'role' },
      reveal: { allowed: false, reason: 'role' },
    });
  });

  it('lists points with present and former meters, and stitches the consumption over the exchange', async () => {
    const { points } = await anna.customers.points.query({ id: people.zuk });
    expect(points).toMatchObject([
      { code: 'PP-1', address: 'Mściwoja II 4/7, Kartuzy', validFrom: '2024-05-01', validTo: null },
    ]);
    expect(points[0]?.installations.map(({ factoryNo, lastValue }) => [factoryNo, lastValue])).toEqual([
      ['0077123', '12.000'],
      ['A-0484 3787', '1000.000'],
    ]);
    const { consumption, series } = await anna.readings.ofCustomer.query({ id: people.zuk });
    expect(series.map(({ readings }) => readings[0]?.consumption)).toEqual(['12', '20']);
    expect(consumption).toEqual([
      {
        pointCode: 'PP-1',
        months: [
          { month: '2026-01', volume: '10.508' },
          { month: '2026-02', volume: '9.492' },
          { month: '2026-03', volume: '12' },
        ],
      },
    ]);
  });

  it('shows a new tenant nothing of what the tenant before used', async () => {
    const superuser = await database().asSuperuser();
    const { rows } = await superuser.query(`select id from ibok.supply_points where code = 'PP-1'`);
    await superuser.query(
      `update ibok.supplies set valid_to = '2026-03-15' where supply_point_id = $1 and customer_id = $2`,
      [rows[0].id, people.zuk],
    );
    await superuser.query(
      `insert into ibok.supplies (supply_point_id, customer_id, valid_from) values ($1, $2, '2026-03-15')`,
      [rows[0].id, people.village],
    );
    const daysOf = async (id: string) =>
      (await anna.readings.ofCustomer.query({ id })).series.flatMap(({ readings }) =>
        readings.map(({ readOn }) => readOn),
      );
    expect(await daysOf(people.village)).toEqual(['2026-04-01']);
    expect(await daysOf(people.zuk)).toEqual(['2026-03-01', '2026-03-01', '2026-01-01']);
    expect((await anna.readings.ofCustomer.query({ id: people.village })).consumption).toMatchObject([{ months: [] }]);
  });

  it('shows a premise with everybody who was ever supplied there', async () => {
    const { points } = await anna.customers.points.query({ id: people.zuk });
    const premise = await anna.customers.premise.query({ id: points[0]?.premiseId ?? '' });
    expect(premise.points[0]?.supplies.map(({ displayName, validTo }) => [displayName, validTo])).toEqual([
      ['Nowak-Łoś Jan', null],
      ['Żuk Zofia', '2026-03-15'],
      ['Wspólnota „Pod Lipami”', '2024-05-01'],
    ]);
  });
});

describe('editing contact data', () => {
  const edit = (
    api: Api,
    changes: Record<string, { from: string | null; to: string | null }>,
    requestId = randomUUID(),
  ) => api.customers.editContact.mutate({ id: people.bare, requestId, changes });

  it('merges what two people changed in different fields, and asks where it is the same field', async () => {
    const barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
    expect(await edit(anna, { phone: { from: null, to: '58 111 22 33' } })).toEqual({
      status: 'saved',
      changed: ['phone'],
    });
    expect(await edit(barbara, { email: { from: null, to: 'adam@example.org' } })).toEqual({
      status: 'saved',
      changed: ['email'],
    });
    const both = await edit(barbara, {
      phone: { from: null, to: '58 999 99 99' },
      postalCity: { from: null, to: 'Kartuzy' },
    });
    expect(both).toEqual({
      status: 'conflict',
      fields: { phone: { original: null, theirs: '58 111 22 33', mine: '58 999 99 99' } },
    });
    const { contact } = await anna.customers.card.query({ id: people.bare });
    expect(contact).toMatchObject({ phone: '58 111 22 33', email: 'adam@example.org', postalCity: null });
  });

  it('does one act once, however often it is sent, and refuses the id for another', async () => {
    const requestId = randomUUID();
    const change = { phoneAlt: { from: null, to: '58 222 33 44' } };
    const first = await edit(anna, change, requestId);
    const again = await Promise.all([edit(anna, change, requestId), edit(anna, change, requestId)]);
    expect(again).toEqual([first, first]);
    const other = edit(anna, { phoneAlt: { from: null, to: '58 222 33 45' } }, requestId);
    expect((await refusalOf(other)).code).toBe('REQUEST_ID_REUSED');
    const { events } = await anna.audit.history.query({ table: 'customers', id: people.bare });
    expect(events.filter(({ changes }) => 'phone_alt' in changes)).toHaveLength(1);
  });

  it('takes a number with brackets, and one copied with no-break spaces', async () => {
    const { contact } = await anna.customers.card.query({ id: people.village });
    const copied = await anna.customers.editContact.mutate({
      id: people.village,
      requestId: randomUUID(),
      changes: {
        phone: { from: contact.phone ?? null, to: '(58) 681 99 01' },
        phoneAlt: { from: contact.phoneAlt ?? null, to: '58\u00a0681\u00a099\u00a002' },
      },
    });
    expect(copied.status).toBe('saved');
    const after = await anna.customers.card.query({ id: people.village });
    expect(after.contact).toMatchObject({ phone: '(58) 681 99 01', phoneAlt: '58 681 99 02' });
  });

  it.each([
    ['phone', 'nie telefon', 'INVALID_PHONE'],
    ['phone', '604 11', 'INVALID_PHONE'],
    ['email', 'a@b.pl\r\nBcc: x@y.pl', 'INVALID_TEXT'],
    ['email', 'dwa@example.com, adresy@example.com', 'INVALID_EMAIL'],
    ['postalCode', '83300', 'INVALID_POSTAL_CODE'],
    ['postalStreet', 'ul.\u200bZerowa', 'INVALID_TEXT'],
    ['postalStreet', 'x'.repeat(201), 'INVALID_INPUT'],
  ])('refuses %s %j with a code of its own', async (field, to, code) => {
    expect((await refusalOf(edit(anna, { [field]: { from: null, to } }))).code).toBe(code);
  });

  it('refuses a field that is not contact data, a technician, and a customer that is not there', async () => {
    expect((await refusalOf(edit(anna, { pesel: { from: null, to: '44051401359' } }))).code).toBe('INVALID_INPUT');
    const tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
    expect((await refusalOf(edit(tomasz, { phone: { from: null, to: '58 111 22 33' } }))).code).toBe('NOT_ALLOWED');
    const nobody = { id: '99999999', requestId: randomUUID(), changes: { phone: { from: null, to: '58 111 22 33' } } };
    expect((await refusalOf(anna.customers.editContact.mutate(nobody))).code).toBe('NOT_FOUND');
  });

  it('loses no edit when two people change two fields 100 times each at once', async () => {
    const celina = await desk.window('celina').signIn('s_celina', TEST_PASSWORD);
    const run = async (api: Api, field: 'phone' | 'emailAlt', value: (i: number) => string) => {
      let from = (await api.customers.card.query({ id: people.firm })).contact[field] ?? null;
      for (let i = 0; i < 100; i++) {
        const answer = await api.customers.editContact.mutate({
          id: people.firm,
          requestId: randomUUID(),
          changes: { [field]: { from, to: value(i) } },
        });
        expect(answer.status).toBe('saved');
        from = value(i);
      }
    };
    await Promise.all([
      run(anna, 'phone', (i) => `58 100 0${String(i).padStart(2, '0')}`),
      run(celina, 'emailAlt', (i) => `biuro${i}@example.net`),
    ]);
    const { contact } = await anna.customers.card.query({ id: people.firm });
    expect(contact).toMatchObject({ phone: '58 100 099', emailAlt: 'biuro99@example.net' });
  });
});

describe('groups without customers', () => {
  it('an administrator sees none of them', async () => {
    const admin = await desk.window('admin').signIn('s_admin', TEST_PASSWORD);
    for (const call of [
      admin.customers.list.query({ question: { sort: { key: 'name' } } }),
      admin.customers.search.query({ text: 'zuk' }),
      admin.dashboard.charts.query(),
    ]) {
      expect((await refusalOf(call)).code).toBe('NOT_ALLOWED');
    }
    expect(await admin.dashboard.figures.query()).toMatchObject({ customers: null, staffActive: 6 });
    expect(await anna.dashboard.figures.query()).toMatchObject({ customers: 4, companies: 1, metersInstalled: 1 });
  });
});
