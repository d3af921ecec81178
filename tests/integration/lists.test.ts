import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countList, countSelected, listPage, selectedIds, selectionConditions } from '../../main/db/list';
import type { List } from '../../main/db/list-definition';
import type { Reader } from '../../main/db/statements';
import { CUSTOMER_LIST } from '../../main/modules/customers/customers.list';
import { listFor } from '../../main/modules/lists/list-registry';
import { type ColumnFilter, LIST_NAMES, type ListName, type ListQuestion } from '../../shared/contract/lists';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { allListed, type ListedRow, plantListed } from '../support/listed';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Api;
let everybody: ListedRow[];

beforeAll(async () => {
  const { host, port, name } = database();
  const superuser = await database().asSuperuser();
  await plantListed(superuser, 700);
  everybody = await allListed(superuser);
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
});
afterAll(() => desk.close());

type Key = Exclude<keyof ListedRow, 'id' | 'sortName' | 'sortAddress'>;

/** Folding once more, by Unicode's decomposition instead of a list of letters. */
const fold = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^0-9a-z]+/g, ' ')
    .trim();

/** What a filter means, said in JavaScript. */
function passes(value: ListedRow[Key], filter: ColumnFilter): boolean {
  switch (filter.is) {
    case 'empty':
      return value === null || value === '';
    case 'filled':
      return value !== null && value !== '';
    case 'oneOf':
      return filter.values.includes(String(value));
    case 'between':
      return (
        (filter.from === null || Number(value) >= filter.from) && (filter.to === null || Number(value) <= filter.to)
      );
    case 'dates':
      if (filter.from === null && filter.to === null) return true;
      return (
        value !== null &&
        (filter.from === null || String(value) >= filter.from) &&
        (filter.to === null || String(value) <= filter.to)
      );
    case 'text': {
      if (filter.text.trim() === '') return true;
      const wanted = fold(filter.text);
      if (wanted === '' || value === null) return false;
      const own = fold(String(value));
      return { contains: own.includes(wanted), begins: own.startsWith(wanted), equals: own === wanted }[filter.how];
    }
  }
}

/** A piece of a value that occurs, in other case, or something that hardly does. */
const texts = (key: Key) =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.nat(), fc.nat(12), fc.nat(14))
        .map(([row, from, length]) => pieceOf(key, row, from, length)),
    },
    { weight: 1, arbitrary: fc.constantFrom('%', '_', '\\', 'żż', 'Ł', '4/7', '„', '5_0', '', 'zuk lo') },
  );

function pieceOf(key: Key, row: number, from: number, length: number): string {
  const value = String(everybody[row % everybody.length]?.[key] ?? '');
  const start = from % 3 === 0 ? 0 : from % Math.max(1, value.length);
  const piece = value.slice(start, start + length + 1).trim();
  return row % 2 === 0 ? piece.toUpperCase() : piece;
}

/** Any day, or often one that occurs: the edges of a range are where a filter goes wrong. */
const days = () => {
  const occurring = [...new Set(everybody.flatMap(({ customerSince }) => customerSince ?? []))];
  const any = fc
    .date({ min: new Date('2014-01-01'), max: new Date('2025-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  return fc.option(fc.oneof(fc.constantFrom(...occurring), any));
};

function filterFor(key: Key, is: ColumnFilter['is']): fc.Arbitrary<ColumnFilter> {
  switch (is) {
    case 'text':
      return fc.record({
        is: fc.constant('text' as const),
        how: fc.constantFrom('contains', 'begins', 'equals'),
        text: texts(key),
      });
    case 'oneOf': {
      const present = [...new Set(everybody.map((row) => row[key]).filter((value) => value !== null))].map(String);
      const codes = CUSTOMER_LIST.columns[key]?.codes ?? [...present, 'nigdzie'];
      return fc.record({
        is: fc.constant('oneOf' as const),
        values: fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 4 }),
      });
    }
    case 'between': {
      const bound = fc.option(
        fc.oneof(fc.integer({ min: -1, max: 5 }), fc.constantFrom(0.5, 1.5, 2 ** 40, -(2 ** 70))),
      );
      return fc.record({ is: fc.constant('between' as const), from: bound, to: bound });
    }
    case 'dates':
      return fc.record({ is: fc.constant('dates' as const), from: days(), to: days() });
    default:
      return fc.constant({ is });
  }
}

async function listed(question: ListQuestion, limit = 200): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof anna.customers.list.query>> = await anna.customers.list.query({
      question,
      cursor,
      limit,
    });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}

const ascending = (ids: string[]) => ids.sort((a, b) => Number(a) - Number(b));
const COLUMNS = Object.entries(CUSTOMER_LIST.columns) as [Key, List['columns'][string]][];

describe('a filter of the customer list', () => {
  it.each(COLUMNS.flatMap(([key, { filters }]) => filters.map((is) => [is, key] as const)))(
    '%s on %s finds neither more nor less than it says',
    async (is, key) => {
      const run = fc.asyncProperty(filterFor(key, is), async (filter) => {
        const wanted = ascending(everybody.filter((row) => passes(row[key], filter)).map(({ id }) => id));
        const filters = { [key]: filter };
        expect(ascending(await listed({ filters, sort: { key: 'customerNo', descending: false } }))).toEqual(wanted);
        expect(await anna.customers.count.query({ question: { filters } })).toEqual({
          count: wanted.length,
          capped: false,
        });
      });
      await fc.assert(run, { numRuns: is === 'empty' || is === 'filled' ? 1 : 15 });
    },
  );

  it('narrows together with the others and with the words', async () => {
    const one = fc
      .constantFrom(...COLUMNS)
      .chain(([key, { filters }]) =>
        fc.constantFrom(...filters).chain((is) => fc.tuple(fc.constant(key), filterFor(key, is))),
      );
    const run = fc.asyncProperty(
      fc.array(one, { minLength: 2, maxLength: 4 }),
      fc.constantFrom('', 'kar', 'zuk lo'),
      async (chosen, words) => {
        const filters = Object.fromEntries(chosen);
        const hit = (row: ListedRow) =>
          Object.entries(filters).every(([key, filter]) => passes(row[key as Key], filter)) &&
          fold(words)
            .split(' ')
            .every((word) => inWords(row, word));
        const wanted = ascending(everybody.filter(hit).map(({ id }) => id));
        expect(ascending(await listed({ words, filters, sort: { key: 'name', descending: true } }))).toEqual(wanted);
      },
    );
    await fc.assert(run, { numRuns: 40 });
  });

  const base = { sort: { key: 'name', descending: false }, filters: {} };
  it.each<[string, object, string]>([
    [
      'a column that only the card has',
      { filters: { phone: { is: 'text', how: 'contains', text: '6' } } },
      'filters.phone',
    ],
    ['a column of the table behind', { filters: { search_text: { is: 'filled' } } }, ''],
    ['SQL for a column', { filters: { 'name) or (1=1': { is: 'filled' } } }, ''],
    ['a property of every object', { filters: { hasOwnProperty: { is: 'filled' } } }, 'filters.hasOwnProperty'],
    [
      'a filter the column does not take',
      { filters: { points: { is: 'text', how: 'contains', text: '1' } } },
      'filters.points',
    ],
    [
      'a value that no row can have',
      { filters: { preferredContact: { is: 'oneOf', values: ['fax'] } } },
      'filters.preferredContact',
    ],
    ['an order without an index', { sort: { key: 'officeNote', descending: false } }, 'sort'],
  ])('refuses %s', async (_, part, field) => {
    const refused = await refusalOf(anna.customers.list.query({ question: { ...base, ...part } } as never));
    expect(refused.code).toBe('INVALID_INPUT');
    if (field) expect(refused.details).toEqual({ field });
  });

  it('cannot ask for a column that is not granted, even where a list would offer it', async () => {
    const clerk = await database().asLogin('s_anna');
    const db: Reader = { rows: async (sql, bind = []) => (await clerk.query(sql, [...bind])).rows };
    const list: List = {
      ...CUSTOMER_LIST,
      select: 'id',
      from: 'ibok.customers',
      key: 'id',
      columns: {
        no: { sql: 'customer_no', type: 'text', filters: [], sort: { column: 'customer_no', type: 'text' } },
        pesel: { sql: 'pesel', type: 'text', filters: ['filled'] },
      },
    };
    const sort = { key: 'no', descending: false };
    await expect(listPage(db, list, { question: { filters: {}, sort }, limit: 1 })).resolves.toBeDefined();
    const asked = listPage(db, list, { question: { filters: { pesel: { is: 'filled' } }, sort }, limit: 1 });
    await expect(asked).rejects.toMatchObject({ code: '42501' });
  });
});

/** Whether a word of number, name or any address of the customer begins so. Addresses beyond the first are looked up. */
function inWords(row: ListedRow, word: string): boolean {
  return word === '' || ` ${searchText.get(row.id) ?? ''}`.includes(` ${word}`);
}
const searchText = new Map<string, string>();
beforeAll(async () => {
  const { rows } = await (await database().asSuperuser()).query<{ id: string; text: string }>(
    `select c.id::text, concat_ws(' ', customer_no, last_name, first_name, company_name,
        string_agg(concat_ws(' ', street, house_no, flat_no, city), ' ')
          filter (where valid_from <= ibok.today() and (valid_to is null or valid_to > ibok.today()))) as text
       from ibok.customers c left join ibok.supplies s on s.customer_id = c.id
       left join ibok.supply_points sp on sp.id = s.supply_point_id left join ibok.premises p on p.id = sp.premise_id
      group by c.id`,
  );
  for (const { id, text } of rows) searchText.set(id, fold(text));
});

describe('the order of the customer list', () => {
  const orders: Record<string, (row: ListedRow) => string | number | null> = {
    customerNo: (row) => row.customerNo,
    name: (row) => row.sortName,
    address: (row) => row.sortAddress,
    points: (row) => row.points,
    customerSince: (row) => row.customerSince,
  };

  it.each(Object.keys(orders).flatMap((key) => [[key, false] as const, [key, true] as const]))(
    'by %s (descending: %s) is one whole across pages of any size, empty values last',
    async (key, descending) => {
      const value = orders[key] as (row: ListedRow) => string | number | null;
      const way = descending ? -1 : 1;
      const wanted = everybody
        .toSorted((a, b) => {
          const [one, other] = [value(a), value(b)];
          if (one === other) return (Number(a.id) - Number(b.id)) * way;
          if (one === null || other === null) return one === null ? 1 : -1;
          return (one < other ? -1 : 1) * way;
        })
        .map(({ id }) => id);
      for (const limit of [37, 200]) {
        expect(await listed({ filters: {}, sort: { key, descending } }, limit)).toEqual(wanted);
      }
    },
  );

  it('goes on where it was when rows come and go in between', async () => {
    const superuser = await database().asSuperuser();
    const sort = { key: 'customerNo', descending: false };
    const first = await anna.customers.list.query({ question: { sort }, limit: 10 });
    await superuser.query(`insert into ibok.customers (customer_no, kind, last_name) values ('A0', 'person', 'Nowa')`);
    const second = await anna.customers.list.query({ question: { sort }, limit: 10, cursor: first.nextCursor });
    const inOrder = everybody.map(({ customerNo }) => customerNo).sort();
    expect(second.rows.map(({ customerNo }) => customerNo)).toEqual(inOrder.slice(10, 20));
    await superuser.query(`delete from ibok.customers where customer_no = 'A0'`);
  });
});

describe('every list of the product', () => {
  // The data protection officer opens all but the queue of mail, which is the clerks' and their supervisors'.
  const opener = (name: ListName) =>
    name === 'outbox'
      ? ({ login: 's_barbara', group: 'bok_supervisor' } as const)
      : ({ login: 's_iod', group: 'bok_dpo' } as const);
  const lists = LIST_NAMES.map((name) => [name, listFor(opener(name), name)] as const);
  const samples: Record<ColumnFilter['is'], (column: List['columns'][string]) => ColumnFilter> = {
    text: () => ({ is: 'text', how: 'contains', text: 'a' }),
    oneOf: ({ codes }) => ({ is: 'oneOf', values: [codes?.[0] ?? '1'] }),
    between: () => ({ is: 'between', from: 0, to: null }),
    dates: () => ({ is: 'dates', from: '2026-01-01', to: '2026-12-31' }),
    empty: () => ({ is: 'empty' }),
    filled: () => ({ is: 'filled' }),
  };

  it.each(lists)('%s answers each filter and each order it offers', async (name, list) => {
    const officer = await database().asLogin(opener(name).login);
    const db: Reader = { rows: async (sql, bind = []) => (await officer.query(sql, [...bind])).rows };
    for (const [key, column] of Object.entries(list.columns)) {
      for (const is of column.filters) {
        const filters = { [key]: samples[is](column) };
        await expect(countList(db, list, { filters }), `${key} ${is}`).resolves.toBeDefined();
      }
      if (!column.sort) continue;
      for (const descending of [false, true]) {
        const question = { filters: {}, sort: { key, descending } };
        const first = await listPage<{ id: string }>(db, list, { question, limit: 2 });
        const next = await listPage<{ id: string }>(db, list, { question, limit: 2, cursor: first.nextCursor });
        if (first.nextCursor === null) continue;
        const ids = [...first.rows, ...next.rows].map(({ id }) => id);
        expect(new Set(ids).size, `${key} ${descending}`).toBe(ids.length);
      }
    }
  });
});

describe('a selection', () => {
  const question = { filters: { city: { is: 'oneOf' as const, values: ['Kartuzy'] } } };
  const reader = async (): Promise<Reader> => {
    const clerk = await database().asLogin('s_anna');
    return { rows: async (sql, bind = []) => (await clerk.query(sql, [...bind])).rows };
  };

  it('of all that match minus three is exactly those', async () => {
    const db = await reader();
    const matching = everybody.filter(({ city }) => city === 'Kartuzy').map(({ id }) => id);
    const except = [...matching.slice(0, 3), '999999999'];
    const wanted = ascending(matching.slice(3));
    const selection = { is: 'matching' as const, question, except };
    expect(await countSelected(db, CUSTOMER_LIST, selectionConditions(CUSTOMER_LIST, selection))).toBe(wanted.length);
    expect(await selectedIds(db, CUSTOMER_LIST, selection, 10_000)).toEqual(wanted);
    expect(await selectedIds(db, CUSTOMER_LIST, selection, 5)).toEqual(wanted.slice(0, 5));
  });

  it('of single rows leaves out those that are gone', async () => {
    const db = await reader();
    const ids = everybody.slice(0, 4).map(({ id }) => id);
    const selection = { is: 'rows' as const, ids: [...ids, '999999999'] };
    expect(await selectedIds(db, CUSTOMER_LIST, selection, 10)).toEqual(ascending(ids));
  });
});
