import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askPeriod, askScope, periodOf, scopeOf } from '../../renderer/features/meter-registry/planQuestion';
import { askPreset, PRESETS, presetOf } from '../../renderer/features/meter-registry/registryPresets';
import type { ListQuestion } from '../../shared/contract/lists';
import { METER_ROLES, type PlanPeriod, type PlanScope } from '../../shared/contract/meter-registry';
import { OWNER_KINDS } from '../../shared/contract/meters';
import { monthsBetween, monthsFrom } from '../../shared/domain/plan-months';

const TODAY = '2026-11-22';
const ANY: ListQuestion = { filters: {}, sort: { key: 'address', descending: false } };

const month = fc.integer({ min: 0, max: 71 }).map((step) => monthsFrom('2026-11', step + 1).at(-1) ?? '');
const period: fc.Arbitrary<PlanPeriod> = fc.oneof(
  fc.constantFrom<PlanPeriod>({ is: 'overdue' }, { is: 'unknown' }),
  fc.tuple(month, month).map((two) => {
    const [from = '', to = ''] = two.toSorted();
    return { is: 'months' as const, from, to };
  }),
);
const name = fc.constantFrom('Kartuzy', 'Gdańska', 'Sitno', '3 Maja', "O'Brien");
const scope: fc.Arbitrary<PlanScope> = fc.record({
  roles: fc.subarray([...METER_ROLES]),
  owners: fc.subarray([...OWNER_KINDS]),
  routes: fc.uniqueArray(fc.constantFrom('K-01', 'K-10', 'W-2')),
  street: fc.option(fc.record({ city: name, street: fc.option(name) })),
});

describe('months of the plan', () => {
  test.each([
    ['2026-11', 3, ['2026-11', '2026-12', '2027-01']],
    ['2026-12', 1, ['2026-12']],
    ['2027-01', 0, []],
  ])('from %s on, %s of them', (first, count, months) => {
    expect(monthsFrom(first, count)).toEqual(months);
  });

  test('from one to another, over a turn of the year; none backwards', () => {
    expect(monthsBetween('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(monthsBetween('2027-02', '2026-11')).toEqual([]);
  });
});

describe('a question of the planner', () => {
  test('of the present month asks for what is not past: that is overdue', () => {
    const present = askPeriod(ANY, { is: 'months', from: '2026-11', to: '2026-11' }, TODAY);
    expect(present.filters).toEqual({
      month: { is: 'oneOf', values: ['2026-11'] },
      validUntil: { is: 'dates', from: TODAY, to: null },
    });
    expect(askPeriod(ANY, { is: 'overdue' }, TODAY).filters).toEqual({
      validUntil: { is: 'dates', from: null, to: '2026-11-21' },
      builtIn: { is: 'oneOf', values: ['true'] },
    });
  });

  test('says its period and scope again, whichever was asked for last', () => {
    fc.assert(
      fc.property(period, scope, period, (asked, narrowed, former) => {
        const first = askScope(askPeriod(askPeriod(ANY, former, TODAY), asked, TODAY), narrowed);
        expect(periodOf(first, TODAY)).toEqual(asked);
        expect(scopeOf(first)).toEqual(narrowed);
        expect(askScope(askPeriod(first, former, TODAY), narrowed).sort).toEqual(ANY.sort);
      }),
    );
  });

  test('with days or months of somebody’s own is no period of ours', () => {
    const own = (filters: ListQuestion['filters']) => periodOf({ ...ANY, filters }, TODAY);
    expect(own({})).toBeNull();
    expect(own({ month: { is: 'oneOf', values: ['2027-01', '2027-03'] } })).toBeNull();
    expect(own({ validUntil: { is: 'dates', from: '2027-01-05', to: null } })).toBeNull();
    expect(own({ validUntil: { is: 'dates', from: null, to: '2026-11-21' } })).toBeNull();
  });
});

describe('a preset of the register', () => {
  test.each(PRESETS)('%s is known again, also beside other filters', (preset) => {
    const other = { ...ANY, filters: { route: { is: 'oneOf' as const, values: ['K-01'] } } };
    expect(presetOf(askPreset(ANY, preset))).toBe(preset);
    const asked = askPreset(askPreset(other, 'twins'), preset);
    expect(presetOf(asked)).toBe(preset);
    expect(asked.filters.route).toEqual(other.filters.route);
  });
});
