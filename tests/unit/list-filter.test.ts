import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ColumnFilter } from '../../shared/contract/lists';
import { type FilterColumn, type ListCell, listRows, matchesFilter } from '../../shared/domain/list-filter';

interface Row {
  id: number;
  name: string | null;
  points: number;
  since: string | null;
}

const COLUMNS: readonly FilterColumn<Row>[] = [
  { key: 'name', value: (row) => row.name, searched: true },
  { key: 'points', value: (row) => row.points },
  { key: 'since', value: (row) => row.since },
];
const ROWS: readonly Row[] = [
  { id: 1, name: 'Żuk Jan', points: 2, since: '2020-05-01' },
  { id: 2, name: 'Łąk Anna', points: 0, since: null },
  { id: 3, name: null, points: 10, since: '2024-12-31' },
  { id: 4, name: 'Zuk Ewa', points: 2, since: '2024-01-01' },
];
const SORT = { key: 'name', descending: false };
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id);

describe('a filter', () => {
  const text = (how: 'contains' | 'begins' | 'equals', wanted: string): ColumnFilter => ({
    is: 'text',
    how,
    text: wanted,
  });
  test.each<[ListCell, ColumnFilter, boolean]>([
    ['Żuk Jan', text('contains', 'UK J'), true],
    ['Żuk Jan', text('begins', 'zuk'), true],
    ['Żuk Jan', text('begins', 'jan'), false],
    ['Żuk Jan', text('equals', 'zuk-jan'), true],
    ['Żuk Jan', text('equals', 'zuk'), false],
    ['Żuk Jan', text('contains', ''), true],
    ['Żuk Jan', text('contains', '-'), false],
    [null, text('contains', 'a'), false],
    ['phone', { is: 'oneOf', values: ['phone', 'letter'] }, true],
    [true, { is: 'oneOf', values: ['true'] }, true],
    [null, { is: 'oneOf', values: ['null'] }, false],
    [5, { is: 'between', from: 5, to: null }, true],
    [5, { is: 'between', from: null, to: 4.5 }, false],
    ['5', { is: 'between', from: 5, to: 5 }, false],
    ['2024-12-31', { is: 'dates', from: '2024-01-01', to: '2024-12-31' }, true],
    ['2025-01-01', { is: 'dates', from: '2024-01-01', to: '2024-12-31' }, false],
    [null, { is: 'dates', from: null, to: '2024-12-31' }, false],
    ['', { is: 'empty' }, true],
    [0, { is: 'empty' }, false],
    [null, { is: 'filled' }, false],
    ['x', { is: 'filled' }, true],
  ])('%j meets %j: %s', (cell, filter, met) => {
    expect(matchesFilter(cell, filter)).toBe(met);
  });

  test('every cell is either empty or filled', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), (cell) => {
        expect(matchesFilter(cell, { is: 'empty' })).toBe(!matchesFilter(cell, { is: 'filled' }));
      }),
    );
  });
});

describe('a question to rows in memory', () => {
  test('words stand at word starts of searched columns only', () => {
    const asked = (words: string) => ids(listRows(ROWS, { words, filters: {}, sort: SORT }, COLUMNS));
    expect(asked('zuk j')).toEqual([1]);
    expect(asked('uk')).toEqual([]);
    expect(asked('2024')).toEqual([]);
    expect(asked('!')).toEqual([]);
  });

  test('sorts as Polish does, numbers as numbers, and puts nothing last either way', () => {
    const by = (key: string, descending: boolean) =>
      ids(listRows(ROWS, { filters: {}, sort: { key, descending } }, COLUMNS));
    expect(by('name', false)).toEqual([2, 4, 1, 3]);
    expect(by('name', true)).toEqual([1, 4, 2, 3]);
    expect(by('points', false)).toEqual([2, 1, 4, 3]);
    expect(by('since', true)).toEqual([3, 4, 1, 2]);
  });

  test('a filter on a column that is no more shows nothing rather than everything', () => {
    expect(listRows(ROWS, { filters: { gone: { is: 'filled' } }, sort: SORT }, COLUMNS)).toEqual([]);
  });

  test('several filters must all be met', () => {
    const filters: Record<string, ColumnFilter> = {
      points: { is: 'between', from: 2, to: 2 },
      since: { is: 'dates', from: '2024-01-01', to: null },
    };
    expect(ids(listRows(ROWS, { filters, sort: SORT }, COLUMNS))).toEqual([4]);
  });
});
