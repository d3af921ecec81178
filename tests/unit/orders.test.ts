import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeRouteList } from '../../main/modules/orders/route-list';
import { drawForm } from '../../main/pdf/draw-form';
import { loadFaces } from '../../main/pdf/fonts';
import { NoGlyph } from '../../main/pdf/letter';
import { assignActOf, EMPTY_ASSIGN, EMPTY_PLAN, NOBODY, planActOf } from '../../renderer/features/orders/bulkOrders';
import { beside, nextOpen, stretchesOf } from '../../renderer/features/orders/deskRound';
import { findScanned } from '../../renderer/features/orders/deskScan';
import { mapAddress } from '../../renderer/features/orders/mapAddress';
import { askPreset, isNarrowedFurther, PRESETS, presetOf } from '../../renderer/features/orders/orderPresets';
import { deskSearch, ordersSearch } from '../../renderer/features/orders/ordersSearch';
import { emptyResult, faultsOf, resultsOf, usedSince } from '../../renderer/features/orders/resultDraft';
import { bulkAct, listQuestion } from '../../shared/contract/lists';
import type { Desk, DeskOrder } from '../../shared/contract/orders';
import { byRound } from '../../shared/domain/round-order';
import { readPdf } from '../support/pdf-text';

const TODAY = '2026-11-22';
const FACES = loadFaces('node_modules/@expo-google-fonts/noto-sans');

const order = (more: Partial<DeskOrder> = {}): DeskOrder => ({
  id: '1',
  kind: 'control_reading',
  state: 'open',
  result: null,
  resultNote: null,
  resultValue: null,
  note: null,
  day: TODAY,
  dueOn: null,
  overdue: false,
  assignee: 's_tomasz',
  assigneeName: 'Tomasz Technik',
  meterId: '71',
  factoryNo: 'A-0484 3787',
  pointId: '1',
  pointCode: 'PP-1',
  premiseId: '1',
  address: 'Gdańska 4, Kartuzy',
  route: '3',
  caseId: null,
  exchangeId: null,
  madeAt: '2026-11-20T08:00:00Z',
  madeByName: 'Anna',
  closedOn: null,
  closedBy: null,
  closedByName: null,
  city: 'Kartuzy',
  street: 'Gdańska',
  houseNo: '4',
  flatNo: null,
  place: null,
  radioId: null,
  digits: 5,
  dn: 20,
  previous: { value: '120', on: '2026-06-01' },
  part: 'day',
  ...more,
});

describe('the order of a round', () => {
  it('goes by route, place, street and house as people count, whatever has no route last', () => {
    const place = (route: string | null, street: string | null, houseNo: string, flatNo: string | null = null) => ({
      route,
      city: 'Kartuzy',
      street,
      houseNo,
      flatNo,
    });
    const right = [
      place('2', 'Łąkowa', '1'),
      place('2', 'Mściwoja', '9'),
      place('2', 'Mściwoja', '9A'),
      place('2', 'Mściwoja', '10', '2'),
      place('2', 'Mściwoja', '10', '12'),
      place('10', null, '4'),
      place('10', 'Gdańska', '1'),
      place(null, 'Akacjowa', '1'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(right, { minLength: right.length }), (shuffled) => {
        expect(shuffled.toSorted(byRound)).toEqual(right);
      }),
    );
  });
});

describe('the desk', () => {
  const orders = [
    order({ id: '1', route: '2' }),
    order({ id: '2', route: '2', state: 'done' }),
    order({ id: '3', route: '3' }),
    order({ id: '4', route: '3', part: 'late' }),
  ];

  it('numbers the round through its stretches', () => {
    const stretches = stretchesOf(orders).map(({ part, route, orders: those }) => [
      part,
      route,
      those.map(({ number }) => number),
    ]);
    expect(stretches).toEqual([
      ['day', '2', [1, 2]],
      ['day', '3', [3]],
      ['late', '3', [4]],
    ]);
  });

  it('goes on to the next open order, round the end, and stays when no other is left', () => {
    expect(nextOpen(orders, '1')?.id).toBe('3');
    expect(nextOpen(orders, '4')?.id).toBe('1');
    expect(nextOpen([order({ id: '9' })], '9')).toBeNull();
    expect(beside(orders, '1', -1)?.id).toBe('1');
    expect(beside(orders, '1', Number.POSITIVE_INFINITY)?.id).toBe('4');
    expect(beside([], null, 1)).toBeNull();
  });

  it.each([
    ['a04843787', '1'],
    ['A-0484 3787', '1'],
    ['71', '1'],
    ['3787', '1'],
    ['4a5b6c7d', '2'],
    ['787', 'none'],
    ['0000', 'none'],
    ['', 'none'],
    ['5555', 'many'],
  ])('finds the order of the scanned number %s', (code, expected) => {
    const scanned = findScanned(
      [
        order(),
        order({ id: '2', meterId: '72', factoryNo: '11115555', radioId: '4A5B6C7D' }),
        order({ id: '3', meterId: '73', factoryNo: '22225555' }),
      ],
      code,
    );
    expect(typeof scanned === 'string' ? scanned : scanned.order.id).toBe(expected);
  });

  it('takes the open one of several orders of the scanned meter', () => {
    const scanned = findScanned([order({ state: 'done' }), order({ id: '2' })], '71');
    expect(scanned).toMatchObject({ order: { id: '2' } });
  });
});

describe('a result', () => {
  const draft = (more: object = {}) => ({ ...emptyResult(order(), TODAY), value: '131', ...more });

  it.each([
    [{}, {}],
    [{ value: '' }, { value: 'valueMissing' }],
    [{ value: '', result: 'no_access' }, {}],
    [{ value: '12,5' }, { value: 'valueWhole' }],
    [{ value: '100000' }, { value: 'valueDigits' }],
    [{ value: '000131' }, {}],
    [{ on: '2026-11-23' }, { on: 'onAhead' }],
    [{ on: '' }, { on: 'onMissing' }],
    [{ result: 'other' }, { note: 'noteMissing' }],
    [{ result: 'other', note: 'pies' }, {}],
  ])('typed as %j lacks %j', (typed, faults) => {
    expect(faultsOf(draft(typed), order(), TODAY)).toEqual(faults);
  });

  it('of what an act closes by itself is never "done" by hand', () => {
    for (const kind of ['exchange', 'sub_meter_acceptance', 'expertise'] as const) {
      expect(resultsOf(order({ kind }))).not.toContain('done');
      expect(faultsOf(emptyResult(order({ kind }), TODAY), order({ kind }), TODAY)).toEqual({
        result: 'resultMissing',
      });
    }
    expect(resultsOf(order({ kind: 'other' }))).toContain('done');
  });

  it('tells what was used since, also after a device’s thousandths and below the reading before', () => {
    expect(usedSince('131', { value: '120', on: TODAY })).toBe('11');
    expect(usedSince('131', { value: '130.25', on: TODAY })).toBe('0.75');
    expect(usedSince('119', { value: '120.5', on: TODAY })).toBe('-1.5');
    expect(usedSince('', { value: '120', on: TODAY })).toBeNull();
    expect(usedSince('131', null)).toBeNull();
  });
});

describe('acts over many', () => {
  it('say what the contract takes', () => {
    const plan = planActOf({ ...EMPTY_PLAN, assignee: 's_tomasz', note: ' psy ' });
    expect(bulkAct.parse(plan)).toMatchObject({ kind: 'exchange', assignee: 's_tomasz', day: null, note: 'psy' });
    expect(assignActOf(EMPTY_ASSIGN)).toBeNull();
    expect(assignActOf({ ...EMPTY_ASSIGN, days: 'set' })).toBeNull();
    for (const [draft, act] of [
      [{ ...EMPTY_ASSIGN, assignee: NOBODY }, { assignee: null }],
      [{ ...EMPTY_ASSIGN, days: 'clear' as const }, { day: null }],
      [
        { assignee: 's_tomasz', days: 'set' as const, day: TODAY },
        { assignee: 's_tomasz', day: TODAY },
      ],
    ] as const) {
      expect(bulkAct.parse(assignActOf(draft))).toEqual({ is: 'assignOrders', list: 'orders', ...act });
    }
  });
});

describe('the list', () => {
  it.each(PRESETS)('knows the preset %s again, and what narrows it further', (preset) => {
    const bare = { filters: {}, sort: { key: 'day', descending: false } };
    const question = askPreset(bare, preset, TODAY);
    expect(listQuestion.safeParse(question).success).toBe(true);
    expect(presetOf(question, TODAY)).toBe(preset);
    expect(isNarrowedFurther(question)).toBe(false);
    const narrowed = { ...question, filters: { ...question.filters, kind: { is: 'filled' as const } } };
    expect(presetOf(askPreset(narrowed, 'all', TODAY), TODAY)).toBe('all');
    expect(isNarrowedFurther(askPreset(narrowed, 'all', TODAY))).toBe(true);
  });

  it('takes from its address what it knows and nothing else', () => {
    expect(ordersSearch.parse({ show: 'today', order: 12, view: 'x' })).toEqual({ show: 'today', order: '12' });
    expect(deskSearch.parse({ day: 'x', of: "'; drop", order: '7' })).toEqual({ order: '7' });
  });
});

it('the map is told the address and nothing else', () => {
  const url = new URL(mapAddress(order({ flatNo: '7', houseNo: '4 & 5' })));
  expect(url.origin).toBe('https://www.openstreetmap.org');
  expect([...url.searchParams]).toEqual([['query', 'Gdańska 4 & 5, Kartuzy']]);
  expect(new URL(mapAddress(order({ street: null, city: 'Sitno' }))).searchParams.get('query')).toBe('Sitno 4');
});

describe('the printed list', () => {
  const desk = (orders: DeskOrder[]): Desk => ({
    today: TODAY,
    day: TODAY,
    assignee: 's_tomasz',
    assigneeName: 'Tomasz Technik',
    orders,
    more: false,
  });
  const at = new Date('2026-11-22T06:00:00Z');

  it('holds what is open, by route, with boxes to fill in, and no more pages than it takes', async () => {
    const many = Array.from({ length: 40 }, (_, place) =>
      order({ id: String(place + 1), address: `Żurawinowa ${place + 1}, Kartuzy`, route: place < 20 ? '3' : null }),
    );
    const form = composeRouteList(desk([...many, order({ id: '99', address: 'Zamknięta 1', state: 'done' })]), at);
    const { pages } = await readPdf(await drawForm(form, FACES));
    const text = pages.map((page) => page.text).join(' ');
    expect(pages).toHaveLength(3);
    expect(text).toContain('Liczba zleceń: 40');
    expect(text).toContain('Żurawinowa 40, Kartuzy');
    expect(text.indexOf('Trasa 3')).toBeLessThan(text.indexOf('Bez trasy'));
    expect(text).not.toContain('Zamknięta');
    for (const [page, { text: own }] of pages.entries()) {
      expect(own).toContain('Odczyt [m³]');
      expect(own).toContain(`Strona ${page + 1} z 3`);
    }
  });

  it('is the same bytes whenever it is drawn, and refuses what it could not show', async () => {
    const form = composeRouteList(desk([order({ note: 'Pies – dzwonić' })]), at);
    expect(await drawForm(form, FACES)).toEqual(await drawForm(form, FACES));
    const unseen = composeRouteList(desk([order({ note: '🐕' })]), at);
    await expect(drawForm(unseen, FACES)).rejects.toThrow(NoGlyph);
  });
});
