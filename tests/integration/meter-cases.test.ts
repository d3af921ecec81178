import { randomUUID } from 'node:crypto';
import type { Client as PgClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListQuestion } from '../../shared/contract/lists';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { untilSomebodyWaits } from '../support/locks';
import { readPdf } from '../support/pdf-text';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let customer: string;
let point: string;
const apis: Record<string, Client> = {};
let planted = 0;

beforeAll(async () => {
  const root = await database().asSuperuser();
  customer = (await plantPeople(root)).zuk;
  point = await one(root, `select id from ibok.supply_points where code = 'PP-1'`);
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  for (const login of ['s_anna', 's_barbara', 's_tomasz', 's_iod']) {
    apis[login] = await desk.window(login).signIn(login, TEST_PASSWORD);
  }
});
afterAll(() => desk.close());

const as = (login: string) => (apis[login] as Client).meterCases;
const root = () => database().asSuperuser();
const act = <T extends object>(more: T) => ({ requestId: randomUUID(), ...more });

async function one<T = string>(client: PgClient, sql: string, values: unknown[] = []): Promise<T> {
  return Object.values((await client.query(sql, values)).rows[0] ?? {})[0] as T;
}

/** The office's day, and days around it. */
const dayOf = (shift = 0) => {
  const at = new Date(Date.now() + shift * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(at);
};

/** A customer's meter in stock whose mark is valid. */
async function stockMeter(ownerKind = 'customer'): Promise<string> {
  planted += 1;
  const client = await root();
  const id = await one(
    client,
    `insert into ibok.meters (factory_no, type_id, owner_kind, status, accepted_on)
     select $1, t.id, $2, 'in_stock', ibok.today() - 90 from ibok.meter_types t limit 1 returning id`,
    [`SUB-${planted}`, ownerKind],
  );
  await client.query(
    `insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
     values ($1, 'until_month', to_char(ibok.today() + 700, 'MM/YYYY'), ibok.today() - 30)`,
    [id],
  );
  return String(id);
}

const openSub = async (login = 's_anna', more: object = {}) =>
  as(login).openSubMeter.mutate(
    act({
      customerId: customer,
      pointId: point,
      role: 'deduction' as const,
      openedOn: dayOf(-20),
      note: null,
      ...more,
    }),
  );

const seals = [{ sealNo: 'PL-1', kind: 'plastic' as const, place: 'coupling' as const }];

const acceptance = (id: string, meterId: string, more: object = {}) =>
  act({ id, meterId, openingValue: '3', doneOn: dayOf(-10), doneBy: 's_tomasz', seals, mark: null, ...more });

/** A sub-meter case as far as `until`. */
async function caseAt(until: 'place' | 'acceptance' | 'fee' | 'annex' | 'activation'): Promise<string> {
  const { id } = await openSub();
  if (until === 'place') return id;
  await as('s_anna').agreePlace.mutate(act({ id, place: 'Ogród, studzienka', on: dayOf(-15) }));
  if (until === 'acceptance') return id;
  await as('s_tomasz').accept.mutate(acceptance(id, await stockMeter()));
  if (until === 'fee') return id;
  await as('s_anna').recordFee.mutate(act({ id, amount: null, paidOn: dayOf(-9) }));
  if (until === 'annex') return id;
  const documentId = await plantDocument(id);
  await as('s_anna').recordAnnex.mutate(act({ id, no: 'A/7/2026', on: dayOf(-8), documentId }));
  return id;
}

async function plantDocument(id: string): Promise<string> {
  return String(
    await one(
      await root(),
      `insert into ibok.documents (title, category, owner_table, owner_id)
       values ('Aneks', 'contract', 'meter_cases', $1) returning id`,
      [id],
    ),
  );
}

const installationOf = async (id: string) =>
  String(await one(await root(), 'select installation_id from ibok.meter_cases where id = $1', [id]));

describe('a sub-meter', () => {
  it('goes from application to active, and its water is deducted only then', async () => {
    const { id, number } = await openSub();
    expect(number).toBe(`S-${id.padStart(6, '0')}`);
    expect((await as('s_anna').get.query({ id })).stage).toBe('place');
    await as('s_anna').agreePlace.mutate(act({ id, place: 'Ogród', on: dayOf(-15) }));
    const ordered = await as('s_anna').order.mutate(
      act({ id, dueOn: dayOf(7), day: null, assignee: 's_tomasz', note: 'po 15:00' }),
    );
    const again = await as('s_barbara').order.mutate(act({ id, dueOn: null, day: null, assignee: null, note: null }));
    expect(again).toEqual({ id, orderId: ordered.orderId, already: true });
    const meter = await stockMeter();
    const accepted = await as('s_tomasz').accept.mutate(acceptance(id, meter));
    const client = await root();
    const standing = await client.query(
      `select i.role, i.parent_id is not null as behind, i.deducts_from, i.place, o.state as order_state, m.status
         from ibok.meter_installations i join ibok.meters m on m.id = i.meter_id
         join ibok.service_orders o on o.id = $2 where i.id = $1`,
      [accepted.installationId, ordered.orderId],
    );
    expect(standing.rows).toEqual([
      { role: 'deduction', behind: true, deducts_from: null, place: 'Ogród', order_state: 'done', status: 'installed' },
    ]);
    await as('s_anna').recordFee.mutate(act({ id, amount: 0, paidOn: dayOf(-9) }));
    const documentId = await plantDocument(id);
    await as('s_anna').recordAnnex.mutate(act({ id, no: 'A/1', on: dayOf(-8), documentId }));
    const wanted = act({ id, on: dayOf(-7) });
    await as('s_anna').activate.mutate(wanted);
    // Sent again after a lost answer.
    expect(await as('s_anna').activate.mutate(wanted)).toEqual({ id });
    const record = await as('s_iod').get.query({ id });
    expect(record).toMatchObject({
      state: 'done',
      stage: 'done',
      feeAmount: 0,
      activatedOn: dayOf(-7),
      seals: ['PL-1'],
    });
    expect(record.steps.map(({ step, state, byName }) => [step, state, byName])).toEqual([
      ['place', 'done', 'Anna Klerk'],
      ['acceptance', 'done', 'Tomasz Technik'],
      ['fee', 'done', 'Anna Klerk'],
      ['annex', 'done', 'Anna Klerk'],
      ['activation', 'done', 'Anna Klerk'],
    ]);
    expect(
      await one(await root(), 'select deducts_from::text from ibok.meter_installations where id = $1', [
        accepted.installationId,
      ]),
    ).toBe(dayOf(-7));
  });

  it('does no step before its turn, none in the future, and none before the step it builds on', async () => {
    const { id } = await openSub();
    const meter = await stockMeter();
    const code = async (call: Promise<unknown>) => (await refusalOf(call)).code;
    expect(await code(as('s_tomasz').accept.mutate(acceptance(id, meter)))).toBe('METER_CASE_ORDER');
    expect(await code(as('s_anna').recordFee.mutate(act({ id, amount: null, paidOn: dayOf() })))).toBe(
      'METER_CASE_ORDER',
    );
    expect(await code(as('s_anna').activate.mutate(act({ id, on: dayOf() })))).toBe('METER_CASE_ORDER');
    expect(await code(as('s_anna').agreePlace.mutate(act({ id, place: 'Ogród', on: dayOf(1) })))).toBe(
      'METER_CASE_DAY',
    );
    expect(await code(as('s_anna').agreePlace.mutate(act({ id, place: 'Ogród', on: dayOf(-21) })))).toBe(
      'METER_CASE_DAY',
    );
    await as('s_anna').agreePlace.mutate(act({ id, place: 'Ogród', on: dayOf(-15) }));
    const early = acceptance(id, meter, { doneOn: dayOf(-16) });
    expect(await code(as('s_tomasz').accept.mutate(early))).toBe('METER_CASE_DAY');
    const outdated = acceptance(id, meter, { mark: { kind: 'm_year', raw: 'M99' } });
    expect((await refusalOf(as('s_tomasz').accept.mutate(outdated))).code).not.toBe('INTERNAL');
    expect((await as('s_anna').get.query({ id })).stage).toBe('acceptance');
    expect(
      await code(as('s_anna').order.mutate(act({ id, dueOn: dayOf(-1), day: null, assignee: null, note: null }))),
    ).toBe('METER_CASE_DAY');
  });

  it('is accepted and sealed by a technician or supervisor alone, and by one of two at once', async () => {
    const id = await caseAt('acceptance');
    const meter = await stockMeter();
    expect((await refusalOf(as('s_anna').accept.mutate(acceptance(id, meter)))).code).toBe('NOT_ALLOWED');
    expect((await as('s_anna').get.query({ id })).abilities.accept).toBe('role');
    const both = await Promise.allSettled([
      as('s_tomasz').accept.mutate(acceptance(id, meter)),
      as('s_barbara').accept.mutate(acceptance(id, await stockMeter())),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(
      await one(
        await root(),
        `select count(*)::int from ibok.meter_installations where supply_point_id = $1
        and role = 'deduction' and removed_on is null and deducts_from is null and installed_on = $2::date
        and id in (select installation_id from ibok.meter_cases where id = $3)`,
        [point, dayOf(-10), id],
      ),
    ).toBe(1);
  });

  it('is not deducted by anybody before its case is complete, in psql too', async () => {
    const id = await caseAt('annex');
    const installation = await installationOf(id);
    const client = await root();
    await expect(
      client.query('update ibok.meter_installations set deducts_from = ibok.today() where id = $1', [installation]),
    ).rejects.toMatchObject({ code: 'IB006', constraint: 'meter_installations_case_complete' });
    await expect(
      client.query('update ibok.meter_cases set activated_on = ibok.today() where id = $1', [id]),
    ).rejects.toMatchObject({ code: '23514', constraint: 'meter_cases_activated' });
    const done = await caseAt('activation');
    await as('s_anna').activate.mutate(act({ id: done, on: dayOf(-5) }));
    await expect(
      client.query(`update ibok.meter_installations set deducts_from = ibok.today() - 9 where id = $1`, [
        await installationOf(done),
      ]),
    ).rejects.toMatchObject({ constraint: 'meter_installations_case_complete' });
    await expect(
      (await root()).query('update ibok.meter_cases set annex_on = annex_on - 1 where id = $1', [done]),
    ).rejects.toMatchObject({ constraint: 'meter_cases_state_now' });
  });

  it('takes only a document of its own case for the annex', async () => {
    const id = await caseAt('annex');
    const other = await caseAt('place');
    const documentId = await plantDocument(other);
    const { code } = await refusalOf(as('s_anna').recordAnnex.mutate(act({ id, no: 'A/2', on: dayOf(), documentId })));
    expect(code).toBe('METER_CASE_DOCUMENT');
    expect((await as('s_anna').get.query({ id })).abilities.recordAnnex).toBe('document_first');
    await plantDocument(id);
    expect((await as('s_anna').get.query({ id })).abilities.recordAnnex).toBe(null);
  });

  it('is cancelled with a reason and its order with it, but not while its meter is built in', async () => {
    const id = await caseAt('acceptance');
    const { orderId } = await as('s_anna').order.mutate(
      act({ id, dueOn: null, day: null, assignee: null, note: null }),
    );
    expect((await refusalOf(as('s_anna').cancel.mutate(act({ id, reason: 'nie' })))).code).toBe('INVALID_INPUT');
    await as('s_anna').cancel.mutate(act({ id, reason: 'klient zrezygnował' }));
    expect(await one(await root(), 'select state from ibok.service_orders where id = $1', [orderId])).toBe('cancelled');
    const back = (apis.s_anna as Client).orders.reopen.mutate(act({ id: orderId }));
    expect((await refusalOf(back)).code).toBe('METER_CASE_CLOSED');
    expect(await one(await root(), 'select state from ibok.service_orders where id = $1', [orderId])).toBe('cancelled');
    const late = await refusalOf(as('s_anna').agreePlace.mutate(act({ id, place: 'Garaż', on: dayOf() })));
    expect(late.code).toBe('METER_CASE_CLOSED');

    const standing = await caseAt('fee');
    const cancel = act({ id: standing, reason: 'klient zrezygnował' });
    expect((await refusalOf(as('s_anna').cancel.mutate(cancel))).code).toBe('METER_CASE_METER');
    expect((await as('s_anna').get.query({ id: standing })).abilities.cancel).toBe('meter_stands');
    await takeOut(await installationOf(standing));
    const out = await as('s_anna').get.query({ id: standing });
    expect(out).toMatchObject({ stage: 'acceptance', abilities: { cancel: null } });
    await as('s_anna').cancel.mutate(cancel);
  });

  it('follows its meter through an exchange before it is active', async () => {
    const id = await caseAt('annex');
    const before = await installationOf(id);
    const next = await stockMeter();
    const exchange = await atThePoint(before, {
      kind: 'exchange',
      newMeterId: next,
      openingValue: '0',
      reason: 'damage',
    });
    const record = await as('s_anna').get.query({ id });
    expect(record.meterId).toBe(next);
    expect(record.stage).toBe('annex');
    expect(await installationOf(id)).not.toBe(before);
    await takeBack(exchange);
    expect(await installationOf(id)).toBe(before);
    expect((await as('s_anna').get.query({ id })).stage).toBe('annex');
  });

  it('waits for its acceptance anew when that was taken back, and not any more once it is active', async () => {
    const id = await caseAt('fee');
    const acceptedBy = await one(await root(), 'select x.id from ibok.exchanges x where x.new_installation_id = $1', [
      await installationOf(id),
    ]);
    await takeBack(String(acceptedBy));
    expect(await as('s_anna').get.query({ id })).toMatchObject({ stage: 'acceptance', stands: false });
    await as('s_tomasz').accept.mutate(acceptance(id, await stockMeter()));
    expect((await as('s_anna').get.query({ id })).stage).toBe('fee');

    const active = await caseAt('activation');
    const installation = await installationOf(active);
    await as('s_anna').activate.mutate(act({ id: active, on: dayOf(-5) }));
    const client = await root();
    await expect(
      client.query(
        `update ibok.exchanges set reversed_at = now(), reversed_by = 's_x', reversal_reason = 'próba' where new_installation_id = $1`,
        [installation],
      ),
    ).rejects.toMatchObject({ constraint: 'exchanges_case_goes_on' });
  });

  it('is applied for by whoever is supplied there, on a day that can be', async () => {
    const stranger = await one(await root(), `select id from ibok.customers where customer_no = '000126'`);
    expect((await refusalOf(openSub('s_anna', { customerId: String(stranger) }))).code).toBe('METER_CASE_SUPPLIED');
    expect((await refusalOf(openSub('s_anna', { openedOn: dayOf(1) }))).code).toBe('METER_CASE_DAY');
    // The day a supply ends with is the first day of whoever comes next.
    const meter = await stockMeter();
    const client = await root();
    const ending = String(
      await one(
        client,
        `with point as (
           insert into ibok.supply_points (code, premise_id) select 'PP-KONIEC', min(id) from ibok.premises returning id),
         ended as (
           insert into ibok.supplies (supply_point_id, customer_id, valid_from, valid_to)
           select id, $1, '2020-01-01', ibok.today() from point)
         insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value)
         select $2, id, '2024-01-01', 0 from point returning supply_point_id`,
        [customer, meter],
      ),
    );
    expect((await refusalOf(openSub('s_anna', { pointId: ending, openedOn: dayOf() }))).code).toBe(
      'METER_CASE_SUPPLIED',
    );
    expect(await openSub('s_anna', { pointId: ending, openedOn: dayOf(-1) })).toMatchObject({ id: expect.any(String) });
    expect((await as('s_anna').ofMeter.query({ meterId: meter })).place).toBeNull();
    expect((await refusalOf(openSub('s_iod'))).code).toBe('NOT_ALLOWED');
  });
});

/** What a technician does to a meter at the point, in the database itself. */
async function atThePoint(installation: string, more: object): Promise<string> {
  const client = await database().asLogin('s_tomasz');
  return one(client, `select api.exchange_meter($1::jsonb, gen_random_uuid()) ->> 'id'`, [
    JSON.stringify({
      pointId: point,
      oldInstallationId: installation,
      finalValue: '9',
      doneOn: dayOf(-2),
      doneBy: 's_tomasz',
      seals: [],
      photos: [],
      ...more,
    }),
  ]);
}

const takeOut = (installation: string, reason = 'request', doneOn = dayOf(-2)) =>
  atThePoint(installation, { kind: 'removal', reason, doneOn });

async function takeBack(exchange: string): Promise<void> {
  const client = await database().asLogin('s_tomasz');
  await client.query(`select api.reverse_exchange($1, 'wpisane przez pomyłkę', gen_random_uuid())`, [exchange]);
}

/** An expertise of a meter of its own that was built in at the point as a sub-meter and is still there. */
async function expertise(
  demandedBy: 'customer' | 'utility' = 'customer',
): Promise<{ id: string; meter: string; installation: string }> {
  const meter = await stockMeter('utility');
  const client = await root();
  await client.query(`update ibok.meters set status = 'installed' where id = $1`, [meter]);
  const installation = String(
    await one(
      client,
      `insert into ibok.meter_installations (meter_id, supply_point_id, role, installed_on, opening_value, parent_id)
       select $1, $2, 'sub', ibok.today() - 60, 0, p.id from ibok.meter_installations p
        where p.supply_point_id = $2 and p.role = 'main' and p.removed_on is null returning id`,
      [meter, point],
    ),
  );
  const { id } = await as('s_anna').openExpertise.mutate(
    act({
      customerId: customer,
      pointId: point,
      meterId: meter,
      openedOn: dayOf(-30),
      demandedBy,
      note: 'klient kwestionuje wskazania',
    }),
  );
  return { id, meter, installation };
}

const legality = async (meter: string) =>
  (
    await (
      await root()
    ).query(
      `select l.lost_on::text as "lostOn", l.lost_reason as "lostReason", l.valid_until::text as "validUntil"
         from ibok.current_legalization($1) as l`,
      [meter],
    )
  ).rows[0];

describe('an expertise', () => {
  it('follows the meter out, and goes through certificate and answer; a meter that fails is not legal any more', async () => {
    const { id, meter, installation } = await expertise();
    expect((await as('s_anna').get.query({ id })).stage).toBe('removal');
    const send = { id, office: 'OUM w Gdańsku', on: dayOf(-19) };
    expect((await refusalOf(as('s_anna').send.mutate(act(send)))).code).toBe('METER_CASE_ORDER');
    const removal = await takeOut(installation, 'expertise', dayOf(-20));
    expect(await as('s_anna').get.query({ id })).toMatchObject({
      stage: 'sending',
      removalId: removal,
      removedOn: dayOf(-20),
    });
    await takeBack(removal);
    expect(await as('s_anna').get.query({ id })).toMatchObject({ stage: 'removal', removalId: null });
    await takeOut(installation, 'expertise', dayOf(-20));
    expect((await refusalOf(as('s_anna').send.mutate(act({ ...send, on: dayOf(-21) })))).code).toBe('METER_CASE_DAY');
    await as('s_anna').send.mutate(act(send));
    const { removalId } = await as('s_anna').get.query({ id });
    await expect(takeBack(removalId ?? '')).rejects.toMatchObject({ code: 'IB006' });
    const certificate = act({ id, no: 'OUM/112/2026', on: dayOf(-2), result: 'fails' as const });
    const found = await as('s_anna').recordCertificate.mutate(certificate);
    expect(found).toMatchObject({ costSide: 'utility' });
    expect(await one(await root(), `select ibok.next_working_day($1::date + 7)::text`, [dayOf(-2)])).toBe(
      found.answerDueOn,
    );
    expect(await as('s_anna').recordCertificate.mutate(certificate)).toEqual(found);
    expect(await legality(meter)).toEqual({
      lostOn: dayOf(-2),
      lostReason: 'out_of_requirements',
      validUntil: dayOf(-3),
    });
    const owed = await refusalOf(as('s_anna').cancel.mutate(act({ id, reason: 'klient zrezygnował' })));
    expect(owed.code).toBe('METER_CASE_ORDER');
    expect((await as('s_anna').get.query({ id })).abilities.cancel).toBe('answer_owed');
    await as('s_anna').answer.mutate(act({ id, on: dayOf() }));
    expect(await as('s_anna').get.query({ id })).toMatchObject({ state: 'done', answeredOn: dayOf(), daysLeft: null });
  });

  it('leaves a meter that meets its requirements legal, and the customer bears the cost', async () => {
    const { id, meter, installation } = await expertise();
    await takeOut(installation, 'expertise', dayOf(-20));
    await as('s_anna').send.mutate(act({ id, office: 'OUM', on: dayOf(-19) }));
    const found = await as('s_tomasz').recordCertificate.mutate(
      act({ id, no: '7', on: dayOf(-1), result: 'meets' as const }),
    );
    expect(found.costSide).toBe('customer');
    expect((await legality(meter))?.lostOn).toBe(null);
  });

  it('is paid for by the utility where the utility demanded it', async () => {
    const { id, installation } = await expertise('utility');
    await takeOut(installation, 'expertise', dayOf(-20));
    await as('s_anna').send.mutate(act({ id, office: 'OUM', on: dayOf(-19) }));
    const certificate = act({ id, no: '8', on: dayOf(-1), result: 'meets' as const });
    expect((await as('s_tomasz').recordCertificate.mutate(certificate)).costSide).toBe('utility');
    expect(await as('s_anna').get.query({ id })).toMatchObject({ demandedBy: 'utility', costSide: 'utility' });
  });

  it('has its certificate corrected until the customer is answered, and then only', async () => {
    const { id, meter, installation } = await expertise();
    await takeOut(installation, 'expertise', dayOf(-20));
    await as('s_anna').send.mutate(act({ id, office: 'OUM', on: dayOf(-19) }));
    const until = (await legality(meter)).validUntil;
    const state = (no: string, on: number, result: 'meets' | 'fails') =>
      as('s_anna').recordCertificate.mutate(act({ id, no, on: dayOf(on), result }));
    await state('9', -3, 'fails');
    expect((await as('s_anna').get.query({ id })).abilities.recordCertificate).toBe(null);
    // Another number and day: the loss goes along, and counts from the later day.
    expect((await state('9/A', -2, 'fails')).answerDueOn).toBe(
      await one(await root(), `select ibok.next_working_day($1::date + 7)::text`, [dayOf(-2)]),
    );
    expect(await legality(meter)).toMatchObject({ lostOn: dayOf(-2), validUntil: dayOf(-3) });
    const paper = { kind: 'expertise_result' as const, record: `meter_cases:${id}` };
    const { letters } = apis.s_anna as Client;
    await letters.make.mutate(act(paper));
    expect(await state('9/A', -2, 'meets')).toMatchObject({ costSide: 'customer' });
    expect(await legality(meter)).toEqual({ lostOn: null, lostReason: null, validUntil: until });
    await letters.make.mutate(act(paper));
    expect((await letters.list.query({ record: paper.record })).letters).toHaveLength(2);
    await as('s_anna').answer.mutate(act({ id, on: dayOf() }));
    expect((await refusalOf(state('9/B', -2, 'fails'))).code).toBe('METER_CASE_CLOSED');
    expect((await as('s_anna').get.query({ id })).abilities.recordCertificate).toBe('closed');
  });

  it('corrected leaves a loss alone that another reason brought', async () => {
    const { id, meter, installation } = await expertise();
    await takeOut(installation, 'expertise', dayOf(-20));
    await as('s_anna').send.mutate(act({ id, office: 'OUM', on: dayOf(-19) }));
    await (await root()).query(
      `update ibok.legalizations set lost_on = $2, lost_reason = 'seal', lost_note = 'zerwana' where meter_id = $1`,
      [meter, dayOf(-10)],
    );
    for (const result of ['fails', 'meets'] as const) {
      await as('s_anna').recordCertificate.mutate(act({ id, no: '10', on: dayOf(-3), result }));
    }
    expect(await legality(meter)).toMatchObject({ lostOn: dayOf(-10), lostReason: 'seal' });
  });

  it('takes the meter before its legalization and its orders, as everybody else does', async () => {
    const holder = await database().asSuperuser();
    const anna = await database().asLogin('s_anna');
    /** Somebody holds the meter and then wants its `rows`, while `call` is under way. */
    const meanwhile = async (meter: string, rows: string, call: string, bind: unknown[]) => {
      await holder.query('begin');
      await holder.query('select from ibok.meters where id = $1 for no key update', [meter]);
      const called = anna.query(call, bind);
      await untilSomebodyWaits(await root());
      await holder.query(`select from ${rows} where meter_id = $1 for no key update`, [meter]);
      await holder.query('commit');
      expect((await called).rowCount).toBe(1);
    };
    const failed = await expertise();
    await takeOut(failed.installation, 'expertise', dayOf(-20));
    await as('s_anna').send.mutate(act({ id: failed.id, office: 'OUM', on: dayOf(-19) }));
    const certificate = `select api.record_certificate($1, '11', $2, 'fails', null)`;
    await meanwhile(failed.meter, 'ibok.legalizations', certificate, [failed.id, dayOf(-3)]);
    expect((await legality(failed.meter)).lostOn).toBe(dayOf(-3));

    const given = await expertise();
    await as('s_anna').order.mutate(act({ id: given.id, dueOn: null, day: null, assignee: null, note: null }));
    const cancel = `select api.cancel_meter_case($1, 'klient zrezygnował', null)`;
    await meanwhile(given.meter, 'ibok.service_orders', cancel, [given.id]);
  });

  it('is one at a time, and counts a removal that has happened before', async () => {
    const { meter, installation } = await expertise();
    const demand = {
      customerId: customer,
      pointId: point,
      meterId: meter,
      openedOn: dayOf(),
      demandedBy: 'customer' as const,
      note: null,
    };
    expect((await refusalOf(as('s_anna').openExpertise.mutate(act(demand)))).code).toBe('METER_CASE_OPEN');
    const [open] = (await as('s_anna').ofMeter.query({ meterId: meter })).cases;
    await as('s_anna').cancel.mutate(act({ id: open?.id ?? '', reason: 'pomyłka w numerze' }));
    const removal = await takeOut(installation, 'damage', dayOf(-3));
    const { id } = await as('s_anna').openExpertise.mutate(act(demand));
    expect(await as('s_anna').get.query({ id })).toMatchObject({ stage: 'sending', removalId: removal });
  });

  it('is late the day after the answer was due, over the days off', async () => {
    const { id, installation } = await expertise();
    await takeOut(installation, 'expertise', dayOf(-29));
    await as('s_anna').send.mutate(act({ id, office: 'OUM', on: dayOf(-28) }));
    await as('s_anna').recordCertificate.mutate(act({ id, no: '8', on: dayOf(-27), result: 'meets' as const }));
    const question: ListQuestion = {
      filters: { overdue: { is: 'oneOf', values: ['true'] } },
      sort: { key: 'number', descending: false },
    };
    const { rows } = await as('s_iod').list.query({ question });
    expect(rows.map((row) => row.id)).toContain(id);
    expect(rows.every(({ overdue, daysLeft }) => overdue && (daysLeft ?? 0) < 0)).toBe(true);
    const client = await root();
    // 24 December 2026 is a Thursday and off, as are the two days of Christmas; a Saturday ends on Monday.
    const terms = await client.query(
      `select ibok.next_working_day('2026-12-24')::text as eve, ibok.next_working_day('2026-12-23')::text as before,
              ibok.next_working_day('2026-11-28')::text as saturday`,
    );
    expect(terms.rows[0]).toEqual({ eve: '2026-12-28', before: '2026-12-23', saturday: '2026-11-30' });
  });
});

describe('the note of a case', () => {
  it('is compared with what the form started from', async () => {
    const id = await caseAt('place');
    const edit = (login: string, from: string | null, to: string) =>
      as(login).edit.mutate(act({ id, changes: { note: { from, to } } }));
    expect(await edit('s_anna', null, 'pies na posesji')).toEqual({ status: 'saved' });
    expect(await edit('s_barbara', null, 'dzwonić rano')).toEqual({
      status: 'conflict',
      fields: { note: { original: null, theirs: 'pies na posesji', mine: 'dzwonić rano' } },
    });
    expect(await edit('s_barbara', 'pies na posesji', 'pies; dzwonić rano')).toEqual({ status: 'saved' });
  });
});

describe('tasks', () => {
  it('can be about a case and about a service order', async () => {
    const id = await caseAt('acceptance');
    const { orderId } = await as('s_anna').order.mutate(
      act({ id, dueOn: null, day: null, assignee: null, note: null }),
    );
    const { tasks } = apis.s_anna as Client;
    for (const subject of [`meter_case:${id}`, `service_order:${orderId}`]) {
      await tasks.create.mutate(act({ title: 'Zadzwonić', note: null, subject, dueOn: dayOf(2), assignee: null }));
    }
    const { rows } = await tasks.list.query({
      question: { filters: {}, sort: { key: 'createdAt', descending: true } },
    });
    expect(rows.slice(0, 2).map(({ subjectLabel }) => subjectLabel)).toEqual([
      'Mściwoja II 4/7, Kartuzy',
      'Mściwoja II 4/7, Kartuzy',
    ]);
  });
});

describe('the answer on paper', () => {
  it('says the result and who bears the cost, once there is a certificate', async () => {
    const { id, installation } = await expertise();
    const { letters, documents } = apis.s_anna as Client;
    const record = `meter_cases:${id}`;
    const early = letters.make.mutate(act({ kind: 'expertise_result' as const, record }));
    expect((await refusalOf(early)).code).toBe('CONFLICT');
    await takeOut(installation, 'expertise', dayOf(-20));
    await as('s_anna').send.mutate(act({ id, office: 'Okręgowy Urząd Miar w Gdańsku', on: dayOf(-19) }));
    await as('s_anna').recordCertificate.mutate(
      act({ id, no: 'OUM/112/2026', on: dayOf(-2), result: 'fails' as const }),
    );
    const made = await letters.make.mutate(act({ kind: 'expertise_result' as const, record }));
    const { slot } = await documents.open.mutate({ versionId: made.versionId });
    const bytes = desk.core.slots.take({ id: 's_anna' }, slot)?.bytes ?? new Uint8Array();
    const text = (await readPdf(bytes)).pages.map((page) => page.text).join(' ');
    expect(text).toMatch(/Zofia Żuk .*Mściwoja II 4\/7.* 83-300 Kartuzy/);
    expect(text).toContain('Wynik: wodomierz nie spełnia wymagań');
    expect(text).toContain('Koszt ekspertyzy ponosi: przedsiębiorstwo');
    expect(text).toContain('OUM/112/2026');
    expect(text).toContain('ustalimy na nowo');
    expect((await as('s_anna').get.query({ id })).documents.map(({ title }) => title)).toEqual([
      'Pismo: wynik ekspertyzy wodomierza',
    ]);
    // It belongs to the contract, as the protocol of an exchange does.
    expect(
      await one(
        await root(),
        `select retention_class from ibok.documents where owner_table = 'meter_cases' and owner_id = $1`,
        [id],
      ),
    ).toBe('contract');
  });
});
