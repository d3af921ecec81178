import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalOf } from '../../renderer/features/rules/ruleInput';
import {
  askDue,
  askWhose,
  DUES,
  dayAfter,
  dueAsked,
  dueOf,
  endOfWeek,
  isNarrowedFurther,
  PRESETS,
  presetOf,
  questionOf,
} from '../../renderer/features/tasks/taskPresets';
import { tasksSearch } from '../../renderer/features/tasks/tasksSearch';
import { changesOf, mergeFresh, typedOf } from '../../renderer/ui/comparedForm';
import { listQuestion } from '../../shared/contract/lists';

const anyDay = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

describe('how urgent a task is', () => {
  it.each([
    ['2026-11-22', 'overdue', '2026-11-21'],
    ['2026-11-22', 'today', '2026-11-22'],
    // A Sunday ends its week: tomorrow is later.
    ['2026-11-22', 'later', '2026-11-23'],
    ['2026-11-23', 'week', '2026-11-29'],
    ['2026-11-23', 'later', '2026-11-30'],
    ['2026-12-31', 'week', '2027-01-01'],
  ])('seen from %s is %s for %s', (today, due, day) => {
    expect(dueOf(day, today)).toBe(due);
  });

  it('is what exactly one of the four filters shows', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (today, day) => {
        const showing = DUES.filter((due) => {
          const filter = questionOf('mine', due, 's_anna', today).filters.dueOn;
          if (filter?.is !== 'dates') throw new Error('no filter of days');
          return (filter.from ?? '0000') <= day && day <= (filter.to ?? '9999');
        });
        expect(showing).toEqual([dueOf(day, today)]);
      }),
    );
  });

  it('ends the week on a Sunday within seven days', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const end = endOfWeek(day);
        expect(new Date(`${end}T00:00:00Z`).getUTCDay()).toBe(0);
        expect(end >= day && end <= dayAfter(day, 6)).toBe(true);
      }),
    );
  });

  it('is asked by questions that the contract takes', () => {
    for (const preset of PRESETS) {
      for (const due of [null, ...DUES]) {
        const question = questionOf(preset, due, 's_anna', '2026-11-22');
        expect(listQuestion.parse(question)).toEqual(question);
      }
    }
  });

  it('is known again by its question, also after storage put its parts in another order', () => {
    for (const preset of PRESETS) {
      for (const due of [null, ...DUES]) {
        const { filters, sort } = questionOf(preset, due, 's_anna', '2026-11-24');
        const turned = Object.fromEntries(
          Object.entries(filters)
            .reverse()
            .map(([column, filter]) => [column, Object.fromEntries(Object.entries(filter).reverse())]),
        );
        const stored = listQuestion.parse({ filters: turned, sort });
        expect([presetOf(stored, 's_anna'), dueAsked(stored, '2026-11-24')]).toEqual([preset, due ?? 'all']);
        expect(isNarrowedFurther(stored)).toBe(false);
      }
    }
  });

  it('stays narrowed by what a person added when they choose other tasks or another urgency', () => {
    const own = { ...questionOf('mine', 'today', 's_anna', '2026-11-24'), words: 'plomby' };
    own.filters = { ...own.filters, title: { is: 'text', how: 'contains', text: 'Polna' } };
    const next = askDue(askWhose(own, 'closed', 's_anna'), null, '2026-11-24');
    expect(next).toEqual({
      words: 'plomby',
      filters: {
        state: { is: 'oneOf', values: ['done', 'cancelled'] },
        title: { is: 'text', how: 'contains', text: 'Polna' },
      },
      sort: { key: 'dueOn', descending: true },
    });
    expect(isNarrowedFurther(next)).toBe(true);
    // Yesterday's "today" is a day like any other.
    expect(dueAsked(own, '2026-11-25')).toBeNull();
  });

  it('stands in the address only as far as it is known', () => {
    expect(tasksSearch({ show: 'office', due: 'today', task: '12', other: 1 })).toEqual({
      show: 'office',
      due: 'today',
      task: '12',
    });
    expect(tasksSearch({ show: 'all', due: '', task: '1; drop' })).toEqual({});
  });
});

describe('the value of a rule as typed', () => {
  const bounds = { least: '0', most: '1', decimals: 2 };
  it.each([
    ['0,4', '0.4'],
    [' 0.40 ', '0.4'],
    ['1', '1'],
    ['01,00', '1'],
    ['0,405', null],
    ['1,01', null],
    ['-1', null],
    ['1e0', null],
    ['', null],
    ['1 000', null],
  ])('%j is %j', (typed, value) => {
    expect(decimalOf(typed, bounds)).toBe(value);
  });
});

describe('a form that is compared field by field', () => {
  const base = { title: 'Oddzwonić', note: null };
  it('sends only what was changed, an emptied field as null', () => {
    expect(changesOf(base, typedOf(base))).toEqual({});
    expect(changesOf(base, { title: ' ', note: 'rano ' })).toEqual({
      title: { from: 'Oddzwonić', to: null },
      note: { from: null, to: 'rano' },
    });
  });

  it('takes in what others stored where nothing was typed, and keeps the rest with its old base', () => {
    const kept = { base, typed: { title: 'Oddzwonić jutro', note: '' } };
    const merged = mergeFresh(kept, { title: 'Zadzwonić', note: 'po 15' });
    expect(merged).toEqual({
      base: { title: 'Oddzwonić', note: 'po 15' },
      typed: { title: 'Oddzwonić jutro', note: 'po 15' },
    });
    expect(changesOf(merged.base, merged.typed)).toEqual({ title: { from: 'Oddzwonić', to: 'Oddzwonić jutro' } });
  });
});
