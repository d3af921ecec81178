import { encode } from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CheckedImport, ImportMode, ImportProgress } from '../../shared/contract/imports';
import type { BillingFileKey } from '../../shared/domain/billing-export';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { exportText, person } from '../support/export-files';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();

// Thousands of rows, each with its trail and its search entry.
vi.setConfig({ testTimeout: 120_000 });
let desk: Desk;
let anna: Client;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
});
afterAll(() => desk.close());

async function check(
  text: string | Uint8Array,
  window = 'anna',
  api = anna,
  kind?: BillingFileKey,
): Promise<CheckedImport> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const { slot } = desk.core.slots.put({ id: window }, 'export.csv', bytes);
  return api.imports.check.mutate({ slot, ...(kind ? { kind } : {}) });
}

async function finished(importKey: string, api = anna): Promise<ImportProgress> {
  for (;;) {
    const progress = await api.imports.progress.query({ importKey });
    if (progress.state !== 'running') return progress;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function run(checked: CheckedImport, mode: ImportMode = 'all', api = anna): Promise<ImportProgress> {
  await api.imports.run.mutate({ importKey: checked.importKey, mode, requestId: crypto.randomUUID() });
  return finished(checked.importKey, api);
}

const load = async (kind: BillingFileKey, rows: Record<string, string>[], mode: ImportMode = 'all') =>
  run(await check(exportText(kind, rows)), mode);

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const superuser = await database().asSuperuser();
  return (await superuser.query<Row>(sql, values)).rows;
}

const countCustomers = async () =>
  Number((await rows<{ n: string }>('select count(*) as n from ibok.customers'))[0]?.n);

describe('customers', () => {
  test('a dry run tells what would happen and stores nothing, the run stores it and says so', async () => {
    const before = await countCustomers();
    const checked = await check(encode(exportText('customers', [person(1), person(2)]), 'win1250'));
    expect(checked).toMatchObject({
      kind: 'customers',
      encoding: 'windows-1250',
      rows: 2,
      verdicts: { create: 2, update: 0, same: 0, refused: 0 },
    });
    expect(await countCustomers()).toBe(before);
    expect(await rows('select 1 from ibok.imports')).toHaveLength(0);

    const progress = await run(checked);
    expect(progress).toMatchObject({ state: 'done', done: 2, total: 2, counts: { create: 2 } });
    const [stored] = await rows('select last_name, first_name, phone from ibok.customers where customer_no = $1', [
      '00100001',
    ]);
    expect(stored).toEqual({ last_name: 'Źdźbło1', first_name: 'Łucja', phone: '58 681 02 46' });
    expect(await rows('select state, created, refused, login from ibok.imports')).toEqual([
      { state: 'done', created: 2, refused: 0, login: 's_anna' },
    ]);
  });

  test('updates by number, writes a trail with the import as reason, and leaves contact data to Desk', async () => {
    await rows(`update ibok.customers set phone = '600 100 200' where customer_no = '00100001'`);
    const changed = person(1, { nazwisko: 'Nowa', telefon: '11 111 11 11', email: '', koresp_miejscowosc: 'Gdynia' });
    const checked = await check(exportText('customers', [changed, person(2)]));
    expect(checked.verdicts).toEqual({ create: 0, update: 1, same: 1, refused: 0 });
    const { importId } = await run(checked);
    const [stored] = await rows(
      'select id, last_name, phone, email, postal_city from ibok.customers where customer_no = $1',
      ['00100001'],
    );
    expect(stored).toMatchObject({
      last_name: 'Nowa',
      phone: '600 100 200',
      email: 'odbiorca1@example.org',
      postal_city: 'Kartuzy',
    });
    const trail = await rows<{ login: string; changes: unknown }>(
      `select e.login, v.changes from audit.events e join audit.event_values v on v.event_id = e.id
        where e.table_name = 'customers' and e.reason = 'import ' || $1`,
      [importId],
    );
    expect(trail).toEqual([{ login: 's_anna', changes: { last_name: ['Źdźbło1', 'Nowa'] } }]);
    expect(await rows('select row_no, before_image from ibok.import_rows where import_id = $1', [importId])).toEqual([
      { row_no: 2, before_image: { last_name: 'Źdźbło1' } },
    ]);
  });

  test('an export older than what is stored does not put the clock back', async () => {
    const checked = await check(exportText('customers', [person(1, { data_zmiany: '2026-09-30' })]));
    expect(checked.faults).toMatchObject([{ row: 2, column: 'data_zmiany', code: 'OLDER_THAN_STORED' }]);
  });

  test('200 faults among 5,000 rows are all named, and nothing or exactly the good 4,800 are stored', async () => {
    const before = await countCustomers();
    const wrong: Record<string, string>[] = [{ nip: '5891435080' }, { nazwisko: '' }, { vip: '?' }, { email: 'x' }];
    const planted: [number, string][] = [];
    const given = Array.from({ length: 5_000 }, (_, n) => {
      if (n % 25 !== 7) return person(10_000 + n);
      const fault = wrong[planted.length % wrong.length] ?? {};
      planted.push([n + 2, Object.keys(fault)[0] ?? '']);
      return person(10_000 + n, fault);
    });
    const checked = await check(exportText('customers', given));
    expect(checked.verdicts).toEqual({ create: 4_800, update: 0, same: 0, refused: 200 });
    expect(checked.faults.map(({ row, column }) => [row, column])).toEqual(planted);

    const refused = run(checked, 'all');
    expect(await refusalOf(refused)).toMatchObject({ code: 'IMPORT_HAS_FAULTS' });
    expect(await countCustomers()).toBe(before);

    expect(await run(checked, 'good')).toMatchObject({ state: 'done', counts: { create: 4_800, refused: 200 } });
    expect(await countCustomers()).toBe(before + 4_800);

    const slot = await anna.imports.errorRows.mutate({ importKey: checked.importKey, language: 'pl' });
    const file = desk.core.slots.take({ id: 'anna' }, slot.slot);
    expect(new TextDecoder().decode(file?.bytes).trim().split('\r\n')).toHaveLength(201);
  });

  test('a cancelled run leaves nothing', async () => {
    const before = await countCustomers();
    const imports = await anna.imports.list.query();
    const checked = await check(
      exportText(
        'customers',
        Array.from({ length: 4_000 }, (_, n) => person(20_000 + n)),
      ),
    );
    await anna.imports.run.mutate({ importKey: checked.importKey, mode: 'good', requestId: crypto.randomUUID() });
    await anna.imports.cancel.mutate({ importKey: checked.importKey });
    expect(await finished(checked.importKey)).toMatchObject({
      state: 'cancelled',
      importId: null,
      error: 'IMPORT_CANCELLED',
    });
    expect(await countCustomers()).toBe(before);
    expect(await anna.imports.list.query()).toEqual(imports);
  });

  test('a connection killed in the middle leaves nothing, and the same request may be sent again', async () => {
    const before = await countCustomers();
    const checked = await check(
      exportText(
        'customers',
        Array.from({ length: 4_000 }, (_, n) => person(30_000 + n)),
      ),
    );
    const requestId = crypto.randomUUID();
    await anna.imports.run.mutate({ importKey: checked.importKey, mode: 'all', requestId });
    // The run has answered before its transaction begins.
    await expect
      .poll(
        () =>
          rows(`select pg_terminate_backend(pid) from pg_stat_activity
            where usename = 's_anna' and datname = current_database() and xact_start is not null`),
        { interval: 5 },
      )
      .not.toEqual([]);
    expect(await finished(checked.importKey)).toMatchObject({
      state: 'failed',
      importId: null,
      error: 'CONNECTION_LOST',
    });
    expect(await countCustomers()).toBe(before);

    await expect
      .poll(() => anna.imports.run.mutate({ importKey: checked.importKey, mode: 'all', requestId }).catch(() => null))
      .not.toBeNull();
    expect(await finished(checked.importKey)).toMatchObject({ state: 'done', counts: { create: 4_000 } });
    const again = await anna.imports.run.mutate({ importKey: checked.importKey, mode: 'all', requestId });
    const progress = await finished(checked.importKey);
    expect(progress).toMatchObject({ state: 'done', importId: again.importId, counts: { create: 4_000 } });
    expect(await countCustomers()).toBe(before + 4_000);
  });

  test('other requests are answered while an import runs', async () => {
    const checked = await check(
      exportText(
        'customers',
        Array.from({ length: 3_000 }, (_, n) => person(40_000 + n)),
      ),
    );
    await anna.imports.run.mutate({ importKey: checked.importKey, mode: 'all', requestId: crypto.randomUUID() });
    const list = await anna.imports.list.query();
    expect((await anna.imports.progress.query({ importKey: checked.importKey })).state).toBe('running');
    expect(list.imports.length).toBeGreaterThan(0);
    expect((await finished(checked.importKey)).state).toBe('done');
  });
});

describe('the other files', () => {
  const point = {
    kod_punktu: 'P-1',
    miejscowosc: 'Kartuzy',
    ulica: 'Gdańska',
    nr_domu: '4',
    kod_pocztowy: '83-300',
    stan_punktu: 'czynny',
  };
  const contract = {
    nr_umowy: 'U/1',
    nr_klienta: '00100001',
    rodzaj: 'woda i ścieki',
    obowiazuje_od: '2020-01-01',
    stan: 'obowiązuje',
  };
  const meter = {
    id_licznika: '5001',
    nr_fabryczny: 'AP-0001',
    producent: 'Apator',
    model: 'JS',
    dn: '20',
    q3: '2,5',
    cyfry: '5',
    wlasciciel: 'zakład',
    stan: 'zamontowany',
    kod_punktu: 'P-1',
    rola: 'główny',
    data_montazu: '2020-01-01',
    stan_poczatkowy: '0',
  };
  const reading = (day: string, value: string, more = {}) => ({
    id_licznika: '5001',
    data_odczytu: day,
    wskazanie: value,
    rodzaj: 'inkasent',
    ...more,
  });
  const faultsOf = async (kind: BillingFileKey, given: Record<string, string>[]) =>
    (await check(exportText(kind, given))).faults.map(({ row, column, code }) => [row, column, code]);

  test('contracts need their customer', async () => {
    expect(await load('contracts', [contract])).toMatchObject({ state: 'done', counts: { create: 1 } });
    expect(await faultsOf('contracts', [{ ...contract, nr_umowy: 'U/2', nr_klienta: '1' }])).toEqual([
      [2, 'nr_klienta', 'UNKNOWN_REFERENCE'],
    ]);
  });

  test('points follow the change of a customer, and refuse two at once', async () => {
    const first = { ...point, nr_klienta: '00100001', nr_umowy: 'U/1', dostawa_od: '2020-01-01' };
    expect(await load('premises', [first])).toMatchObject({ counts: { create: 1 } });
    const next = { ...point, nr_klienta: '00100002', dostawa_od: '2024-05-01' };
    expect(await faultsOf('premises', [next])).toEqual([[2, 'dostawa_od', 'OVERLAP']]);
    expect(await faultsOf('premises', [{ ...next, nr_umowy: 'U/1' }])).toEqual([[2, 'nr_umowy', 'OTHER_CUSTOMER']]);
    const ended = { ...first, dostawa_do: '2024-05-01' };
    expect(await load('premises', [next, ended])).toMatchObject({ state: 'done', counts: { create: 1, update: 1 } });
    const [found] = await rows(`select address, point_count from ibok.customer_search where customer_no = '00100002'`);
    expect(found).toEqual({ address: 'Gdańska 4, Kartuzy', point_count: 1 });
  });

  test('meters keep the number billing gave them, sub-meters find their parent whatever the order', async () => {
    const sub = {
      ...meter,
      id_licznika: '5002',
      wlasciciel: 'odbiorca',
      rola: 'podlicznik',
      id_licznika_nadrz: '5001',
    };
    expect(await load('meters', [sub, meter])).toMatchObject({ state: 'done', counts: { create: 2 } });
    expect(
      await rows(`select i.meter_id, p.meter_id as parent from ibok.meter_installations i
        left join ibok.meter_installations p on p.id = i.parent_id order by 1`),
    ).toEqual([
      { meter_id: '5001', parent: null },
      { meter_id: '5002', parent: '5001' },
    ]);
    // The sequence is Desk's own, and stays where it was.
    expect(await rows(`select is_called from ibok.meters_id_seq`)).toEqual([{ is_called: false }]);
    expect(await faultsOf('meters', [{ ...meter, id_licznika: '1000000000000' }])).toEqual([
      [2, 'id_licznika', 'OUT_OF_RANGE'],
    ]);
  });

  test('readings enter as acknowledged, must rise, and are corrected by a new row', async () => {
    const given = [reading('2025-01-31', '10'), reading('2025-02-28', '20'), reading('2025-03-31', '15')];
    expect(await faultsOf('readings', given)).toEqual([[4, 'wskazanie', 'NOT_RISING']]);
    expect(await load('readings', given, 'good')).toMatchObject({ state: 'done', counts: { create: 2, refused: 1 } });
    expect(await faultsOf('readings', [reading('2025-02-10', '21')])).toEqual([[2, 'wskazanie', 'NOT_RISING']]);
    expect(await faultsOf('readings', [reading('2019-02-10', '1'), reading('2025-04-01', '30,5')])).toEqual([
      [2, 'data_odczytu', 'NO_INSTALLATION'],
      [3, 'wskazanie', 'NOT_WHOLE'],
    ]);
    expect(await load('readings', [reading('2025-02-28', '22'), reading('2025-01-31', '10')])).toMatchObject({
      counts: { create: 0, update: 1, same: 1 },
    });
    expect(
      await rows(`select r.value, r.superseded, r.source, r.state, c.value as corrected from ibok.readings r
        left join ibok.readings c on c.id = r.corrects_id where r.read_on = '2025-02-28' order by r.id`),
    ).toEqual([
      { value: '20.000', superseded: true, source: 'import', state: 'acknowledged', corrected: null },
      { value: '22.000', superseded: false, source: 'import', state: 'acknowledged', corrected: '20.000' },
    ]);
  });

  test('a correcting invoice finds the invoice it corrects in its own file', async () => {
    const invoice = {
      nr_faktury: 'F/1',
      rodzaj: 'faktura',
      nr_klienta: '00100001',
      nr_umowy: 'U/1',
      data_wystawienia: '2026-01-10',
      termin_platnosci: '2026-01-24',
      netto: '100,00',
      vat: '8,00',
      brutto: '108,00',
    };
    const correction = { ...invoice, nr_faktury: 'K/1', rodzaj: 'korekta', nr_faktury_korygowanej: 'F/1' };
    const lost = { ...correction, nr_faktury: 'K/2', nr_faktury_korygowanej: 'F/9' };
    expect(await load('invoices', [invoice, correction, lost], 'good')).toMatchObject({
      counts: { create: 2, refused: 1 },
    });
    expect(await faultsOf('invoices', [lost])).toEqual([[2, 'nr_faktury_korygowanej', 'UNKNOWN_REFERENCE']]);
    expect(await rows(`select gross_grosze from ibok.invoices order by invoice_no`)).toEqual([
      { gross_grosze: '10800' },
      { gross_grosze: '10800' },
    ]);
  });
});

describe('who may import', () => {
  test('a technician imports meters, and nothing else, neither here nor past the application', async () => {
    const tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
    const refusal = refusalOf(check(exportText('customers', [person(1)]), 'tomasz', tomasz));
    expect(await refusal).toMatchObject({ code: 'NOT_ALLOWED' });
    const login = await database().asLogin('s_tomasz');
    const begin = `select api.begin_import(null, $1, 'all', 'x.csv', '00', 'utf-8')`;
    await expect(login.query(begin, ['customers'])).rejects.toMatchObject({ code: 'IB001' });
    await expect(login.query(begin, ['readings'])).rejects.toMatchObject({ code: 'IB001' });
    await expect(login.query(begin, ['meters'])).resolves.toBeDefined();
    for (const who of ['s_admin', 's_iod', 'ibok_portal', 'ibok_billing']) {
      const other = await database().asLogin(who);
      await expect(other.query(begin, ['customers'])).rejects.toMatchObject({ code: '42501' });
    }
    await expect(login.query(`select ibok.import_apply('customers', '[]', null)`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('nobody goes on with the import of somebody else', async () => {
    const first = await database().asLogin('s_anna');
    const { rows: opened } = await first.query(
      `select api.begin_import(null, 'customers', 'all', 'x.csv', '00', 'utf-8') as i`,
    );
    const other = await database().asLogin('s_barbara');
    await expect(other.query(`select api.import_rows($1, '[]')`, [opened[0].i.importId])).rejects.toMatchObject({
      code: 'IB002',
    });
  });

  test('what only the steps of an import may add is not taken from outside', async () => {
    const clerk = await database().asLogin('s_anna');
    await clerk.query('begin');
    const { rows: opened } = await clerk.query(
      `select api.begin_import(null, 'readings', 'all', 'x.csv', '00', 'utf-8') as i`,
    );
    const forged = [
      {
        row: 2,
        meter_id: 99,
        read_on: '2026-01-01',
        value: '1',
        kind: 'actual',
        refused: {},
        verdict: 'create',
        installation_id: 1,
      },
    ];
    const { rows: verdicts } = await clerk.query(`select * from api.import_rows($1, $2)`, [
      opened[0].i.importId,
      JSON.stringify(forged),
    ]);
    expect(verdicts).toEqual([{ row_no: 2, verdict: 'refused', column_name: 'meter_id', code: 'UNKNOWN_REFERENCE' }]);
    await clerk.query('rollback');
  });

  test('billing writes by its own functions under the same rules', async () => {
    const billing = await database().asLogin('ibok_billing');
    const upsert = (given: object[]) =>
      billing.query('select * from billing.upsert_customers($1::jsonb[])', [given.map((row) => JSON.stringify(row))]);
    const one = { customer_no: 'B-1', kind: 'person', last_name: 'Bilingowy', phone: '58 111 11 11' };
    const bad = { customer_no: 'B-2', kind: 'company', company_name: 'Zła', nip: '5891435080' };
    expect((await upsert([one, bad])).rows).toEqual([
      { row_no: 1, verdict: 'create', column_name: null, code: null },
      { row_no: 2, verdict: 'refused', column_name: 'nip', code: 'INVALID_NIP' },
    ]);
    expect((await upsert([{ ...one, phone: '58 222 22 22' }])).rows).toMatchObject([{ verdict: 'same' }]);
    expect((await upsert([{ ...one, last_name: 'Nowy', phone: '58 222 22 22' }])).rows).toMatchObject([
      { verdict: 'update' },
    ]);
    expect(await rows(`select phone, last_name from ibok.customers where customer_no = 'B-1'`)).toEqual([
      { phone: '58 111 11 11', last_name: 'Nowy' },
    ]);
    expect(
      await rows(
        `select distinct login, reason from audit.events where table_name = 'customers' and login = 'ibok_billing'`,
      ),
    ).toEqual([{ login: 'ibok_billing', reason: 'billing.upsert_customers' }]);
  });
});

describe('files that cannot be used', () => {
  test.each([
    ['no text', new Uint8Array(500), 'FILE_NOT_READABLE'],
    ['no export', new TextEncoder().encode('a;b\n1;2'), 'IMPORT_WRONG_COLUMNS'],
  ])('%s is refused with a code', async (_name, bytes, code) => {
    expect(await refusalOf(check(bytes))).toMatchObject({ code });
  });

  test('a slot or key of somebody else is gone', async () => {
    const { slot } = desk.core.slots.put({ id: 'other' }, 'x.csv', new Uint8Array(1));
    expect(await refusalOf(anna.imports.check.mutate({ slot }))).toMatchObject({ code: 'FILE_GONE' });
    const checked = await check(exportText('customers', [person(1)]));
    const barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
    expect(await refusalOf(barbara.imports.progress.query({ importKey: checked.importKey }))).toMatchObject({
      code: 'FILE_GONE',
    });
  });
});
