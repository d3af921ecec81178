import { describe, expect, test } from 'vitest';
import { serverList } from '../../renderer/app/lists/serverList';
import { draftOf, filterOf, typedDay, waysOf } from '../../renderer/ui/list/filterDraft';
import {
  ALL_CHOSEN,
  type Chosen,
  choose,
  chosenCount,
  extentOf,
  isChosen,
  NOTHING_CHOSEN,
  selectionOf,
} from '../../renderer/ui/list/selection';
import {
  clearFilters,
  filterColumn,
  mergeView,
  moveColumn,
  placeColumn,
  sameView,
  searchView,
  showColumn,
  sizeColumn,
  sortView,
  standardView,
} from '../../renderer/ui/list/viewState';
import type { ColumnFilter, ViewState } from '../../shared/contract/lists';
import { viewState } from '../../shared/contract/lists';

const SORT = { key: 'no', descending: false };
const COLUMNS = [
  { key: 'no', fixed: true, sortKey: 'no', filter: {} },
  { key: 'name', sortKey: 'name', filter: {} },
  { key: 'kind', hidden: true, filter: {} },
  { key: 'city', filter: {} },
];
const STANDARD = standardView(COLUMNS, SORT);
const order = (view: ViewState) => view.columns.map(({ key }) => key);

describe('how a list looks', () => {
  test('the standard has every column, and is a view as the contract has it', () => {
    expect(order(STANDARD)).toEqual(['no', 'name', 'kind', 'city']);
    expect(viewState.parse(STANDARD)).toEqual(STANDARD);
  });

  test('a kept view survives columns that were removed and added since', () => {
    const kept: ViewState = {
      columns: [
        { key: 'city', width: 200, hidden: false },
        { key: 'gone', width: null, hidden: false },
        { key: 'no', width: null, hidden: true },
      ],
      question: {
        words: 'kart',
        filters: { gone: { is: 'empty' }, city: { is: 'filled' } },
        sort: { key: 'gone', descending: true },
      },
    };
    const merged = mergeView(kept, COLUMNS, SORT);
    expect(merged.columns).toEqual([
      { key: 'city', width: 200, hidden: false },
      // What names the row cannot be hidden, whatever was kept.
      { key: 'no', width: null, hidden: false },
      { key: 'name', width: null, hidden: false },
      { key: 'kind', width: null, hidden: true },
    ]);
    expect(merged.question).toEqual({ words: 'kart', filters: { city: { is: 'filled' } }, sort: SORT });
  });

  test('a column named twice stands once', () => {
    const twice = { ...STANDARD, columns: [...STANDARD.columns, ...STANDARD.columns] };
    expect(mergeView(twice, COLUMNS, SORT)).toEqual(STANDARD);
  });

  test('moving goes past what is out of sight and stops at the edge', () => {
    expect(order(moveColumn(STANDARD, 'name', 1))).toEqual(['no', 'kind', 'city', 'name']);
    expect(order(moveColumn(STANDARD, 'city', -1))).toEqual(['no', 'city', 'name', 'kind']);
    expect(moveColumn(STANDARD, 'city', 1)).toBe(STANDARD);
    expect(moveColumn(STANDARD, 'no', -1)).toBe(STANDARD);
  });

  test('a dropped column takes the place it was dropped on, from either side', () => {
    expect(order(placeColumn(STANDARD, 'city', 'name'))).toEqual(['no', 'city', 'name', 'kind']);
    expect(order(placeColumn(STANDARD, 'no', 'city'))).toEqual(['name', 'kind', 'city', 'no']);
    expect(placeColumn(STANDARD, 'no', 'nowhere')).toBe(STANDARD);
  });

  test('a width stays within what the contract takes', () => {
    const widths = [1, 200.4, 99_999].map((width) => sizeColumn(STANDARD, 'no', width).columns[0]?.width);
    expect(widths).toEqual([48, 200, 1200]);
    for (const width of widths) viewState.parse(sizeColumn(STANDARD, 'no', width ?? null));
  });

  test('a view is the same whatever order its filters were set in, and another one after any change', () => {
    const city: ColumnFilter = { is: 'filled' };
    const name: ColumnFilter = { is: 'text', how: 'begins', text: 'a' };
    const one = filterColumn(filterColumn(STANDARD, 'city', city), 'name', name);
    const other = filterColumn(filterColumn(STANDARD, 'name', name), 'city', city);
    expect(sameView(one, other)).toBe(true);
    expect(sameView(clearFilters(searchView(one, 'x')), STANDARD)).toBe(true);
    for (const changed of [
      one,
      searchView(STANDARD, 'x'),
      sortView(STANDARD, { key: 'no', descending: true }),
      showColumn(STANDARD, 'kind', true),
      sizeColumn(STANDARD, 'no', 300),
      moveColumn(STANDARD, 'no', 1),
    ]) {
      expect(sameView(changed, STANDARD)).toBe(false);
    }
  });
});

describe('what is chosen', () => {
  const of = (chosen: Chosen | null): Chosen => chosen ?? expect.fail('refused');
  const question = { words: 'kart', filters: {}, sort: SORT };

  test('rows are chosen and left out one by one', () => {
    const two = of(choose(NOTHING_CHOSEN, ['1', '2'], true));
    expect(isChosen(two, '1')).toBe(true);
    expect(selectionOf(two, question)).toEqual({ is: 'rows', ids: ['1', '2'] });
    expect(selectionOf(of(choose(two, ['1', '2'], false)), question)).toBeNull();
  });

  test('all that match but three is the question and the three, and no list of keys', () => {
    const chosen = of(choose(ALL_CHOSEN, ['1', '2', '3'], false));
    expect(isChosen(chosen, '1')).toBe(false);
    expect(isChosen(chosen, 'never loaded')).toBe(true);
    expect(selectionOf(chosen, question)).toEqual({
      is: 'matching',
      question: { words: 'kart', filters: {} },
      except: ['1', '2', '3'],
    });
    expect(chosenCount(chosen, { count: 12_483, capped: false })).toEqual({ count: 12_480, capped: false });
    expect(chosenCount(chosen, { count: 10_000, capped: true })).toEqual({ count: 10_000, capped: true });
    expect(selectionOf(of(choose(chosen, ['2'], true)), question)).toMatchObject({ except: ['1', '3'] });
  });

  test('more than can be named is refused, not cut off', () => {
    const many = Array.from({ length: 1001 }, (_, index) => String(index));
    expect(choose(NOTHING_CHOSEN, many.slice(1), true)?.keys.size).toBe(1000);
    expect(choose(NOTHING_CHOSEN, many, true)).toBeNull();
    expect(choose(ALL_CHOSEN, many, false)?.keys.size).toBe(1001);
  });

  test('the box over the rows tells none, some and all', () => {
    const two = of(choose(NOTHING_CHOSEN, ['1', '2'], true));
    expect(extentOf(NOTHING_CHOSEN, undefined)).toBe('none');
    expect(extentOf(two, { count: 3, capped: false })).toBe('some');
    expect(extentOf(two, { count: 2, capped: false })).toBe('all');
    expect(extentOf(ALL_CHOSEN, undefined)).toBe('all');
    expect(extentOf(of(choose(ALL_CHOSEN, ['1'], false)), { count: 3, capped: false })).toBe('some');
    expect(extentOf(of(choose(ALL_CHOSEN, ['1'], false)), { count: 1, capped: false })).toBe('none');
  });
});

describe('the form of a filter', () => {
  test('what was applied stands in the form again, and means the same', () => {
    const filters: [ColumnFilter, Parameters<typeof draftOf>[1]][] = [
      [{ is: 'text', how: 'equals', text: 'Żuk' }, { by: 'text' }],
      [
        { is: 'oneOf', values: ['a', 'b'] },
        { by: 'values', choices: [] },
      ],
      [{ is: 'between', from: 1.5, to: null }, { by: 'range' }],
      [{ is: 'dates', from: null, to: '2026-11-22' }, { by: 'dates' }],
      [{ is: 'empty' }, { by: 'text', nothing: true }],
    ];
    for (const [filter, form] of filters) {
      expect(filterOf(draftOf(filter, form))).toEqual(filter);
      expect(waysOf(form)).toContain(draftOf(filter, form).how);
    }
  });

  test('nothing filled in is no filter; numbers as they are typed in Poland', () => {
    expect(filterOf(draftOf(undefined, { by: 'range' }))).toBeNull();
    const range = draftOf(undefined, { by: 'range' });
    expect(filterOf({ ...range, from: '1 000,5', to: '−3' })).toBe('wrong');
    expect(filterOf({ ...range, from: '−3', to: '1\u00a0000,5' })).toEqual({ is: 'between', from: -3, to: 1000.5 });
    expect(filterOf({ ...range, from: 'dwa' })).toBe('wrong');
    const dates = draftOf(undefined, { by: 'dates' });
    expect(filterOf({ ...dates, from: '2026-02-01', to: '2026-01-31' })).toBe('wrong');
  });

  test.each([
    ['5.3.2026', '2026-03-05'],
    ['05-03-2026', '2026-03-05'],
    ['5/3/26', '2026-03-05'],
    ['2026-3-5', '2026-03-05'],
    ['29.02.2028', '2028-02-29'],
    ['29.02.2026', null],
    ['31.4.2026', null],
    ['5.3', null],
    ['jutro', null],
  ])('the day typed as %s is %s', (typed, day) => {
    expect(typedDay(typed)).toBe(day);
  });
});

test('two lists asked the same are kept apart in what the window knows of their pages', () => {
  const procedure = { queryKey: () => [], query: () => Promise.reject(new Error('not asked here')) };
  const module = { list: procedure, count: procedure };
  const question = { filters: {}, sort: { key: 'name', descending: false } };
  const identities = (['customers', 'accounts', 'registrations'] as const).map(
    (name) => serverList(name, module, module).readerOf(question).identity,
  );
  expect(new Set(identities).size).toBe(3);
  expect(serverList('customers', module, module).readerOf({ ...question }).identity).toBe(identities[0]);
});
