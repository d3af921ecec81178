import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CheckedImport, CheckImportInput, ImportMode, ImportProgress } from '../../shared/contract/imports';
import type { BillingFileKey } from '../../shared/domain/billing-export';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { exportText, person } from '../support/export-files';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
vi.setConfig({ testTimeout: 120_000 });
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

async function rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const superuser = await database().asSuperuser();
  return (await superuser.query<Row>(sql, values)).rows;
}

async function check(
  text: string,
  more: Omit<CheckImportInput, 'slot' | 'importKey'> = {},
  at: { desk: Desk; window: string; api: Client } = { desk, window: 'anna', api: anna },
): Promise<CheckedImport> {
  const { slot } = at.desk.core.slots.put({ id: at.window }, 'export.csv', new TextEncoder().encode(text));
  return at.api.imports.check.mutate({ slot, ...more });
}

async function finished(importKey: string, api = anna): Promise<ImportProgress> {
  for (;;) {
    const progress = await api.imports.progress.query({ importKey });
    if (progress.state !== 'running') return progress;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function load(kind: BillingFileKey, given: Record<string, string>[], mode: ImportMode = 'all'): Promise<string> {
  const checked = await check(exportText(kind, given));
  expect(checked.faults).toEqual([]);
  await anna.imports.run.mutate({ importKey: checked.importKey, mode, requestId: randomUUID() });
  const progress = await finished(checked.importKey);
  expect(progress.state).toBe('done');
  return progress.importId ?? '';
}

const undo = (importId: string, api = anna, requestId: string = randomUUID()) =>
  api.imports.undo.mutate({ importId, requestId });

/** Everything the imports write, as it stands: what an undo must bring back to the letter. */
async function everything(): Promise<unknown> {
  const tables = `customers contracts invoices premises supply_points supplies meter_types meters meter_installations readings
    customer_search customer_surnames`;
  const found = tables
    .split(/\s+/)
    .map(async (table) => [
      table,
      await rows(`select to_jsonb(t) - 'updated_at' as row from ibok.${table} t order by to_jsonb(t)::text`),
    ]);
  return Object.fromEntries(await Promise.all(found));
}

const contract = (no: string, n: number, more = {}) => ({
  nr_umowy: no,
  nr_klienta: person(n).nr_klienta ?? '',
  rodzaj: 'woda',
  obowiazuje_od: '2020-01-01',
  stan: 'obowiązuje',
  ...more,
});
const point = (code: string, n: number, more = {}) => ({
  kod_punktu: code,
  miejscowosc: 'Kartuzy',
  ulica: 'Gdańska',
  nr_domu: code.slice(2),
  kod_pocztowy: '83-300',
  stan_punktu: 'czynny',
  nr_klienta: person(n).nr_klienta ?? '',
  dostawa_od: '2020-01-01',
  ...more,
});
const meter = (id: string, code: string, more = {}) => ({
  id_licznika: id,
  nr_fabryczny: `AP-${id}`,
  producent: 'Apator',
  model: 'JS',
  dn: '20',
  q3: '2,5',
  cyfry: '5',
  wlasciciel: 'zakład',
  stan: 'zamontowany',
  kod_punktu: code,
  rola: 'główny',
  data_montazu: '2020-01-01',
  stan_poczatkowy: '0',
  ...more,
});
const reading = (id: string, day: string, value: string, more = {}) => ({
  id_licznika: id,
  data_odczytu: day,
  wskazanie: value,
  rodzaj: 'inkasent',
  ...more,
});

describe('an import undone', () => {
  test('takes every kind of file back to the letter, created rows and changed ones, last file first', async () => {
    await load('customers', [person(1), person(2)]);
    await load('contracts', [contract('U/1', 1)]);
    await load('premises', [point('P-1', 1, { nr_umowy: 'U/1' })]);
    await load('meters', [meter('5001', 'P-1')]);
    await load('readings', [reading('5001', '2025-01-31', '10'), reading('5001', '2025-02-28', '20')]);
    const states = [await everything()];
    const steps: [BillingFileKey, Record<string, string>[]][] = [
      ['customers', [person(1, { nazwisko: 'Inna', pesel: '44051401359' }), person(3, { pesel: '02070803628' })]],
      ['contracts', [contract('U/1', 3), contract('U/3', 3)]],
      [
        'premises',
        [
          point('P-1', 1, { nr_umowy: '', dostawa_do: '2024-05-01' }),
          point('P-1', 3, { nr_umowy: 'U/3', dostawa_od: '2024-05-01' }),
          point('P-2', 2),
        ],
      ],
      [
        'meters',
        [
          meter('5001', 'P-1', { cyfry: '6', data_demontazu: '2026-01-01', stan_koncowy: '90', stan: 'zdjęty' }),
          meter('5002', 'P-1', { cyfry: '6', data_montazu: '2026-01-01' }),
          meter('5003', 'P-1', {
            cyfry: '6',
            rola: 'podlicznik',
            id_licznika_nadrz: '5002',
            data_montazu: '2026-01-01',
          }),
        ],
      ],
      [
        'readings',
        [reading('5001', '2025-02-28', '25'), reading('5001', '2025-03-31', '40'), reading('5002', '2026-02-01', '7')],
      ],
    ];
    const imports: string[] = [];
    for (const [kind, given] of steps) {
      imports.push(await load(kind, given));
      states.push(await everything());
    }
    for (const [place, importId] of [...imports.entries()].reverse()) {
      expect(await undo(importId)).toMatchObject({ status: 'undone' });
      expect(await everything()).toEqual(states[place]);
    }
    const { imports: listed } = await anna.imports.list.query();
    expect(listed.filter(({ id }) => imports.includes(id)).map(({ state }) => state)).toEqual(
      imports.map(() => 'undone'),
    );
    const trail = await rows<{ op: string; n: number }>(
      `select op, count(*)::int as n from audit.events where reason = $1 and table_name = 'customers'
        group by op order by op`,
      [`undo import ${imports[0]}`],
    );
    expect(trail).toEqual([
      { op: 'delete', n: 1 },
      { op: 'update', n: 1 },
    ]);
  });

  test('refuses whole and names what stands in the way: a later change, and what stands on a created row', async () => {
    const importId = await load('customers', [person(10), person(11), person(12), person(1, { vip: 'T' })]);
    const before = await everything();
    const idOf = async (n: number) =>
      (await rows<{ id: string }>('select id from ibok.customers where customer_no = $1', [person(n).nr_klienta]))[0]
        ?.id ?? '';
    const [ten, eleven] = [await idOf(10), await idOf(11)];
    await barbara.customers.editContact.mutate({
      id: ten,
      requestId: randomUUID(),
      changes: { phone: { from: '58 681 02 46', to: '600 100 200' } },
    });
    await rows(
      `insert into ibok.contracts (contract_no, customer_id, kind, valid_from) values ('R/1', $1, 'water', '2026-01-01')`,
      [eleven],
    );
    const refused = await undo(importId);
    expect(refused).toEqual({
      status: 'refused',
      count: 2,
      changedSince: expect.arrayContaining([
        {
          subject: `customer:${ten}`,
          label: expect.stringContaining('Źdźbło10'),
          login: 's_barbara',
          reason: 'changed',
          field: 'phone',
        },
        {
          subject: `customer:${eleven}`,
          label: expect.stringContaining('Źdźbło11'),
          login: 'postgres',
          reason: 'used',
          field: 'contracts',
        },
      ]),
    });
    // What stood in the way is taken back, by their own undo and by hand: then it works, by the stack as well.
    const step = (await barbara.undo.stack.query()).steps[0];
    await barbara.undo.run.mutate({ id: step?.id ?? '', requestId: randomUUID() });
    await rows(`delete from ibok.contracts where contract_no = 'R/1'`);
    expect(await everything()).toEqual(before);
    const own = (await anna.undo.stack.query()).steps.find(({ subject }) => subject === `import:${importId}`);
    expect(own).toMatchObject({ kind: 'import', count: 4, label: 'export.csv', state: 'open' });
    expect(await anna.undo.run.mutate({ id: own?.id ?? '', requestId: randomUUID() })).toMatchObject({
      status: 'undone',
      count: 4,
    });
    expect(await idOf(10)).toBe('');
  });

  test('happens once, by its person or a supervisor', async () => {
    const importId = await load('customers', [person(20)]);
    const requestId = randomUUID();
    const tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
    expect(await refusalOf(undo(importId, tomasz))).toMatchObject({ code: 'NOT_FOUND' });
    const first = await undo(importId, barbara, requestId);
    expect(first).toMatchObject({ status: 'undone', removed: 1, restored: 0 });
    expect(await undo(importId, barbara, requestId)).toEqual(first);
    expect(await refusalOf(undo(importId))).toMatchObject({ code: 'CONFLICT' });
  });

  test('imported rows are valid: they can be edited, and the same file then changes nothing of it', async () => {
    await load('customers', [person(30)]);
    const [row] = await rows<{ id: string }>('select id from ibok.customers where customer_no = $1', [
      person(30).nr_klienta,
    ]);
    const changes = { postalCity: { from: 'Kartuzy', to: 'Żukowo' }, officeNote: { from: null, to: 'brama z boku' } };
    const saved = await anna.customers.editContact.mutate({ id: row?.id ?? '', requestId: randomUUID(), changes });
    expect(saved).toMatchObject({ status: 'saved' });
    expect((await check(exportText('customers', [person(30)]))).verdicts).toEqual({
      create: 0,
      update: 0,
      same: 1,
      refused: 0,
    });
  });
});

describe('an import cut off', () => {
  const given = Array.from({ length: 6_000 }, (_, n) => person(50_000 + n));
  const stored = async () =>
    Number(
      (
        await rows<{ n: string }>(
          `select count(*) as n from ibok.customers where customer_no between '00150000' and '00155999'`,
        )
      )[0]?.n,
    );

  /** Kills the desk's connections once some of its rows are stored, and the desk with them. */
  async function cutOff(): Promise<string> {
    const { host, port, name } = database();
    const dying = openDesk({ host, port, database: name, embedded: true });
    const api = await dying.window('x').signIn('s_celina', TEST_PASSWORD);
    const checked = await check(exportText('customers', given), {}, { desk: dying, window: 'x', api });
    const { importId } = await api.imports.run.mutate({
      importKey: checked.importKey,
      mode: 'good',
      requestId: randomUUID(),
    });
    await expect.poll(stored, { interval: 10, timeout: 30_000 }).toBeGreaterThan(0);
    await rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 's_celina' and datname = current_database()`,
    );
    expect(await finished(checked.importKey, api).catch(() => null)).toSatisfy(
      (progress: ImportProgress | null) => progress === null || progress.state === 'interrupted',
    );
    await dying.close();
    await rows(`update ibok.imports set seen_at = now() - interval '1 minute' where id = $1`, [importId]);
    return importId;
  }

  test('is recognised by its file, goes on after the last stored row, and is undone as one', async () => {
    const importId = await cutOff();
    const done = await stored();
    expect(done).toBeLessThan(6_000);
    const { host, port, name } = database();
    const next = openDesk({ host, port, database: name, embedded: true });
    const api = await next.window('y').signIn('s_celina', TEST_PASSWORD);
    expect((await api.imports.list.query()).imports[0]).toMatchObject({ id: importId, state: 'interrupted' });
    const checked = await check(exportText('customers', given), {}, { desk: next, window: 'y', api });
    expect(checked).toMatchObject({ interrupted: { importId, done }, verdicts: { create: 6_000 - done, same: done } });
    await api.imports.run.mutate({
      importKey: checked.importKey,
      mode: 'good',
      requestId: randomUUID(),
      resume: importId,
    });
    expect(await finished(checked.importKey, api)).toMatchObject({
      state: 'done',
      importId,
      counts: { create: 6_000, same: 0 },
    });
    expect(await stored()).toBe(6_000);
    expect(await undo(importId, api)).toMatchObject({ status: 'undone', removed: 6_000 });
    expect(await stored()).toBe(0);
    await next.close();
  });

  test('is cleared away by undoing it', async () => {
    const importId = await cutOff();
    expect(await stored()).toBeGreaterThan(0);
    expect(await undo(importId, barbara)).toMatchObject({ status: 'undone' });
    expect(await stored()).toBe(0);
  });
});

describe('a file with other names for its columns', () => {
  const text = [
    'Numer klienta;Typ;Nazwisko;Imię;E-mail;Uwagi',
    '00160001;osoba;Obca;Ewa;ewa@example.org;x',
    '00160002;firma;;;;y',
  ].join('\n');

  test('waits for a mapping, is read by it, and is remembered for the next file with the same header', async () => {
    const refused = await refusalOf(check(text));
    expect(refused.code).toBe('IMPORT_WRONG_COLUMNS');
    const importKey = String(refused.details.importKey);
    const proposal = await anna.imports.mapping.mutate({ importKey });
    expect(proposal).toMatchObject({ kind: 'customers', remembered: false });
    expect(proposal.columns.map(({ column, field }) => [column, field])).toEqual([
      ['Numer klienta', 'customerNo'],
      ['Typ', 'kind'],
      ['Nazwisko', 'lastName'],
      ['Imię', 'firstName'],
      ['E-mail', 'email'],
      ['Uwagi', null],
    ]);
    expect(proposal.columns[2]?.samples).toEqual(['Obca']);
    const mapping = proposal.columns.map(({ column, field }) => ({ column, field }));
    const checked = await anna.imports.check.mutate({ importKey, kind: 'customers', mapping });
    expect(checked.verdicts).toEqual({ create: 1, update: 0, same: 0, refused: 1 });
    expect(checked.mapping).toEqual(mapping);

    const turned = text
      .split('\n')
      .map((line) => line.split(';').reverse().join(';'))
      .join('\n');
    expect(await check(turned)).toMatchObject({ kind: 'customers', verdicts: { create: 1, refused: 1 }, mapping });
    // Another person reads it anew.
    expect(await refusalOf(check(text, {}, { desk, window: 'barbara', api: barbara }))).toMatchObject({
      code: 'IMPORT_WRONG_COLUMNS',
    });
  });

  test('faults bear the names of the file, and a mapping without a required field is refused', async () => {
    const { faults } = await check(text.replace('ewa@example.org', 'ewa'));
    expect(faults.map(({ row, column, code }) => [row, column, code])).toEqual([
      [2, 'E-mail', 'INVALID_EMAIL'],
      [3, '', 'REQUIRED'],
    ]);
    const refused = await refusalOf(check(text, { kind: 'customers', mapping: [{ column: 'Typ', field: 'kind' }] }));
    expect(refused).toMatchObject({ code: 'IMPORT_WRONG_COLUMNS', details: { missing: 'nr_klienta' } });
  });

  test('leaves what it does not have as it is stored', async () => {
    await load('customers', [person(60_010, { vip: 'T', nip: '5891435089' })]);
    const mapped = [
      `Numer klienta;Typ;Nazwisko;Imię;E-mail;Uwagi`,
      `${person(60_010).nr_klienta};osoba;Inna;Ewa;;`,
    ].join('\n');
    const checked = await check(mapped);
    expect(checked.verdicts).toMatchObject({ update: 1 });
    await anna.imports.run.mutate({ importKey: checked.importKey, mode: 'all', requestId: randomUUID() });
    const { importId } = await finished(checked.importKey);
    const stored = () =>
      rows('select last_name, first_name, nip, vip, email from ibok.customers where customer_no = $1', [
        person(60_010).nr_klienta,
      ]);
    expect(await stored()).toEqual([
      { last_name: 'Inna', first_name: 'Ewa', nip: '5891435089', vip: true, email: 'odbiorca60010@example.org' },
    ]);
    await undo(importId ?? '');
    expect(await stored()).toMatchObject([
      { last_name: 'Źdźbło60010', first_name: 'Łucja', nip: '5891435089', vip: true },
    ]);
  });
});

describe('a declared rollover', () => {
  test('lets a reading begin anew; without it the same file is refused', async () => {
    await load('meters', [meter('5900', 'P-1', { rola: 'odliczeniowy', data_montazu: '2021-01-01' })]);
    const before = reading('5900', '2025-01-31', '99990');
    const given = [before, reading('5900', '2025-02-28', '12'), reading('5900', '2025-03-31', '40')];
    expect((await check(exportText('readings', given))).faults.map(({ row, code }) => [row, code])).toEqual([
      [3, 'NOT_RISING'],
      [4, 'NOT_RISING'],
    ]);
    given[1] = { ...given[1], przekrecenie: 'T' } as (typeof given)[number];
    await load('readings', given);
    expect(
      await rows(`select r.value::int as value, r.rollover from ibok.readings r join ibok.meter_installations i on i.id = r.installation_id
      where i.meter_id = 5900 order by r.read_on`),
    ).toEqual([
      { value: 99990, rollover: false },
      { value: 12, rollover: true },
      { value: 40, rollover: false },
    ]);
    expect((await check(exportText('readings', given))).verdicts).toMatchObject({ same: 3 });
    expect((await check(exportText('readings', [reading('5900', '2025-03-15', '11')]))).faults).toMatchObject([
      { code: 'NOT_RISING' },
    ]);
  });

  test('a file from before the column came is whole', async () => {
    const text = exportText('readings', [reading('5900', '2025-04-30', '50')])
      .split('\r\n')
      .map((line) => line.slice(0, line.lastIndexOf(';')))
      .join('\r\n')
      .trimEnd();
    expect(text).not.toContain('przekrecenie');
    expect((await check(text)).verdicts).toMatchObject({ create: 1 });
  });
});
