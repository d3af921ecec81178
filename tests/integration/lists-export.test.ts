import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFor } from '../../main/modules/lists/list-registry';
import type { ColumnFilter, ExportProgress, StartExportInput } from '../../shared/contract/lists';
import { type Client as Api, type Desk, type DeskWindow, openDesk, refusalOf } from '../support/desk';
import { plantListed } from '../support/listed';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let window: DeskWindow;
let anna: Api;

beforeAll(async () => {
  const { host, port, name } = database();
  await plantListed(await database().asSuperuser(), 18_000);
  desk = openDesk({ host, port, database: name, embedded: true });
  window = desk.window('anna');
  anna = await window.signIn('s_anna', TEST_PASSWORD);
});
afterAll(() => desk.close());

type Filters = Record<string, ColumnFilter>;

const COLUMNS: StartExportInput['columns'] = [
  { key: 'customerNo', heading: 'Nr klienta' },
  { key: 'name', heading: 'Nazwa' },
  { key: 'kind', heading: 'Rodzaj', words: { person: 'osoba', company: 'firma' } },
  { key: 'points', heading: 'Punkty' },
  { key: 'customerSince', heading: 'Klient od' },
  { key: 'officeNote', heading: '=Notatka' },
  { key: 'vip', heading: 'VIP', words: { true: 'tak', false: 'nie' } },
];

const order = (filters: Filters, format: 'csv' | 'xlsx'): StartExportInput => ({
  list: 'customers',
  question: { filters, sort: { key: 'customerNo', descending: false } },
  selection: null,
  columns: COLUMNS,
  format,
  title: 'Klienci',
});

async function ended(api: Api, exportId: string): Promise<ExportProgress> {
  for (;;) {
    const progress = await api.lists.exportProgress.query({ exportId });
    if (progress.state !== 'running') return progress;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function exported(input: StartExportInput): Promise<{ bytes: Buffer; progress: ExportProgress }> {
  const progress = await ended(anna, (await anna.lists.startExport.mutate(input)).exportId);
  expect(progress).toMatchObject({ state: 'done', error: null });
  const file = desk.core.slots.take({ id: window.id }, progress.file?.slot ?? '');
  expect(file?.name).toBe(`Klienci.${input.format}`);
  expect(file?.bytes.byteLength).toBe(progress.file?.size);
  return { bytes: Buffer.from(file?.bytes ?? []), progress };
}

/** The file's rows without its heading, as a program of others reads them. */
async function rowsOf(bytes: Buffer, format: 'csv' | 'xlsx'): Promise<unknown[][]> {
  if (format === 'csv')
    return (parse(bytes, { bom: true, delimiter: ';', record_delimiter: '\r\n' }) as string[][]).slice(1);
  const [sheet] = await readXlsx(bytes);
  return sheet?.data.slice(1) ?? [];
}

async function listedCount(filters: Filters): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof anna.customers.list.query>> = await anna.customers.list.query({
      question: { filters, sort: { key: 'name', descending: false } },
      cursor,
      limit: 200,
    });
    count += page.rows.length;
    cursor = page.nextCursor;
  } while (cursor);
  return count;
}

const upTo = (to: number) => ({ is: 'text' as const, how: 'begins' as const, text: `L0${to}` });

describe('an export has as many rows as its list', () => {
  it.each<[string, Filters]>([
    ['all 18,000', {}],
    ['1,000 of a number range', { customerNo: upTo(10) }],
    ['those without a supply', { customerSince: { is: 'empty' } }],
    [
      'those of two towns with a note',
      { city: { is: 'oneOf', values: ['Żukowo', 'Sitno'] }, officeNote: { is: 'filled' } },
    ],
    ['nobody', { name: { is: 'text', how: 'equals', text: 'nikt' } }],
  ])('%s, as CSV and as XLSX', async (_, filters) => {
    const count = await listedCount(filters);
    for (const format of ['csv', 'xlsx'] as const) {
      const { bytes, progress } = await exported(order(filters, format));
      expect(progress).toMatchObject({ rows: count, total: count });
      const rows = await rowsOf(bytes, format);
      expect(rows).toHaveLength(count);
      expect(new Set(rows.map(([no]) => no)).size).toBe(count);
    }
  });

  it('at 1,200 chosen by "all but"', async () => {
    const question = { filters: { customerNo: upTo(1) } };
    const ids = (
      await anna.customers.list.query({ question: { ...question, sort: { key: 'customerNo' } }, limit: 200 })
    ).rows;
    const { rows: former } = await (await database().asSuperuser()).query<{ id: string }>(
      `select customer_id::text as id from ibok.customer_search where customer_no between 'L011201' and 'L019999'`,
    );
    const selection = { is: 'matching' as const, question, except: former.map(({ id }) => id) };
    // L010000 to L011200: 1,201; without the first of them 1,200.
    selection.except.push(ids[0]?.id ?? '');
    const { bytes } = await exported({ ...order({}, 'csv'), selection });
    expect(await rowsOf(bytes, 'csv')).toHaveLength(1_200);
  });

  it('of chosen rows, in the order of the list', async () => {
    const { rows } = await anna.customers.list.query({ question: { sort: { key: 'customerNo' } }, limit: 5 });
    const ids = rows.map(({ id }) => id).toReversed();
    const { bytes } = await exported({ ...order({}, 'csv'), selection: { is: 'rows', ids } });
    expect((await rowsOf(bytes, 'csv')).map(([no]) => no)).toEqual(rows.map(({ customerNo }) => customerNo));
  });
});

describe('what stands in an exported file', () => {
  const filters: Filters = { customerNo: { is: 'text', how: 'begins', text: 'L00000' } };

  it('as CSV: what a Polish Excel reads, with nothing it would calculate', async () => {
    const { bytes } = await exported(order(filters, 'csv'));
    const text = bytes.toString('utf8');
    expect(text.startsWith(`\ufeffNr klienta;Nazwa;Rodzaj;Punkty;Klient od;'=Notatka;VIP\r\n`)).toBe(true);
    const rows = await rowsOf(bytes, 'csv');
    expect(rows[6]).toEqual([
      'L000007',
      `Zakład 4/7`,
      'firma',
      expect.stringMatching(/^\d$/),
      expect.any(String),
      '',
      'nie',
    ]);
    expect(rows[4]?.[5]).toBe(`'=1+1`);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@\t＝]/);
  });

  it('makes blanks before a formula safe too, and full-width signs', async () => {
    const notes = {
      officeNote: { is: 'filled' as const },
      customerNo: { is: 'text' as const, how: 'begins' as const, text: 'L0000' },
    };
    const cells = (await rowsOf((await exported(order(notes, 'csv'))).bytes, 'csv')).map((row) => row[5]);
    expect(cells).toContain(`'  -pies`);
    expect(cells).toContain(`'＝SUM(A1)`);
    expect(cells).toContain('łąka; "cudzysłów"');
  });

  it('as XLSX: numbers, days and text each as what they are', async () => {
    const { bytes } = await exported(order(filters, 'xlsx'));
    const { rows } = await anna.customers.list.query({ question: { filters, sort: { key: 'customerNo' } } });
    const cells = await rowsOf(bytes, 'xlsx');
    expect(cells).toEqual(
      rows.map((row) => [
        row.customerNo,
        row.displayName,
        row.kind === 'person' ? 'osoba' : 'firma',
        row.pointCount,
        row.customerSince && new Date(row.customerSince),
        row.officeNote || null,
        row.vip ? 'tak' : 'nie',
      ]),
    );
    expect(cells.map((row) => row[5])).toContain('=1+1');
  });

  it('keeps the zeros of a typed customer number', async () => {
    const superuser = await database().asSuperuser();
    await superuser.query(
      `insert into ibok.customers (customer_no, kind, last_name) values ('000042', 'person', 'Zerowa')`,
    );
    const { bytes } = await exported(order({ customerNo: { is: 'text', how: 'equals', text: '000042' } }, 'xlsx'));
    expect((await rowsOf(bytes, 'xlsx'))[0]?.[0]).toBe('000042');
    await superuser.query(`delete from ibok.customers where customer_no = '000042'`);
  });
});

describe('an export leaves a trace', () => {
  const reads = async (login: string) =>
    (
      await (
        await database().asSuperuser()
      ).query(
        `select purpose, fields, row_count, customer_id from audit.reads where login = $1 and purpose = 'export' order by id`,
        [login],
      )
    ).rows;

  it('in the read log: list, columns and rows, and no word of the filter', async () => {
    const barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
    const input = order({ name: { is: 'text', how: 'contains', text: 'Ćwikła' } }, 'csv');
    const progress = await ended(barbara, (await barbara.lists.startExport.mutate(input)).exportId);
    expect(await reads('s_barbara')).toEqual([
      {
        purpose: 'export',
        fields: 'customers: customerNo,name,kind,points,customerSince,officeNote,vip',
        row_count: progress.rows,
        customer_id: null,
      },
    ]);
    expect(JSON.stringify(await reads('s_barbara'))).not.toContain('wik');
    expect(desk.log.join('')).not.toContain('wik');
  });

  it('raises one alarm a day above the rule of the office', async () => {
    const alarms = async () =>
      (await (await database().asSuperuser()).query(`select kind, detail from audit.alarms where login = 's_celina'`))
        .rows;
    const celina = await desk.window('celina').signIn('s_celina', TEST_PASSWORD);
    const all = async () => ended(celina, (await celina.lists.startExport.mutate(order({}, 'csv'))).exportId);
    await all();
    expect(await alarms()).toEqual([]);
    await all();
    await all();
    expect(await alarms()).toEqual([{ kind: 'export_rows', detail: 'more than 20000 rows exported in one day' }]);
  });

  it('but not when it was cancelled: then no row left', async () => {
    const tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
    const { exportId } = await tomasz.lists.startExport.mutate(order({}, 'xlsx'));
    await tomasz.lists.cancelExport.mutate({ exportId });
    expect(await ended(tomasz, exportId)).toMatchObject({ state: 'cancelled', file: null });
    expect(await reads('s_tomasz')).toEqual([]);
  });
});

describe('an export of the other lists', () => {
  it.each(['tasks', 'journal', 'reads'] as const)(
    'has every column of %s and as many rows as were counted',
    async (list) => {
      const officer = desk.window(`iod-${list}`);
      const api = await officer.signIn('s_iod', TEST_PASSWORD);
      const definition = listFor({ login: 's_iod', group: 'bok_dpo' }, list);
      const keys = Object.keys(definition.columns);
      const sort = { key: keys.find((key) => definition.columns[key]?.sort) ?? '', descending: true };
      const columns = keys.map((key) => ({ key, heading: key }));
      const input = {
        list,
        question: { filters: {}, sort },
        selection: null,
        columns,
        format: 'csv' as const,
        title: list,
      };
      const progress = await ended(api, (await api.lists.startExport.mutate(input)).exportId);
      expect(progress).toMatchObject({ state: 'done', rows: progress.total });
      const file = desk.core.slots.take({ id: officer.id }, progress.file?.slot ?? '');
      const rows = parse(Buffer.from(file?.bytes ?? []), { bom: true, delimiter: ';', record_delimiter: '\r\n' });
      expect(rows[0]).toEqual(keys);
      expect(rows).toHaveLength((progress.total ?? 0) + 1);
    },
  );
});

describe('an export ends', () => {
  it('with the lock of its window, and nothing can be fetched', async () => {
    const iod = desk.window('iod');
    const api = await iod.signIn('s_iod', TEST_PASSWORD);
    const { exportId } = await api.lists.startExport.mutate(order({}, 'xlsx'));
    await api.session.lock.mutate();
    await api.session.unlock.mutate({ password: TEST_PASSWORD });
    expect(await ended(api, exportId)).toMatchObject({ state: 'cancelled', file: null });
  });

  it('one at a time for each window, and each window sees only its own', async () => {
    const { exportId } = await anna.lists.startExport.mutate(order({}, 'xlsx'));
    expect((await refusalOf(anna.lists.startExport.mutate(order({}, 'csv')))).code).toBe('SERVER_BUSY');
    const other = await desk.window('anna-2').signIn('s_anna', TEST_PASSWORD);
    expect((await refusalOf(other.lists.exportProgress.query({ exportId }))).code).toBe('FILE_GONE');
    expect((await refusalOf(other.lists.cancelExport.mutate({ exportId }))).code).toBe('FILE_GONE');
    expect((await ended(anna, exportId)).state).toBe('done');
  });

  it.each([
    ['an unknown column', { columns: [{ key: 'pesel', heading: 'PESEL' }] }],
    ['a column of another object', { columns: [{ key: 'constructor', heading: 'x' }] }],
    [
      'an unknown filter',
      { question: { filters: { phone: { is: 'filled' } }, sort: { key: 'name', descending: false } } },
    ],
    ['an order without an index', { question: { filters: {}, sort: { key: 'vip', descending: false } } }],
  ])('before it starts, for %s', async (_, part) => {
    const refused = await refusalOf(anna.lists.startExport.mutate({ ...order({}, 'csv'), ...part } as never));
    expect(refused.code).toBe('INVALID_INPUT');
  });

  it('before it starts, for somebody who may not open the list', async () => {
    const admin = await desk.window('admin').signIn('s_admin', TEST_PASSWORD);
    expect((await refusalOf(admin.lists.startExport.mutate(order({}, 'csv')))).code).toBe('NOT_ALLOWED');
  });
});
