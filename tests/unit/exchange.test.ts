import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ExchangeDraft,
  exchangeFaults,
  expectedUse,
  mayPassZero,
  type NewMeter,
  type OldMeter,
  unusualUse,
  usedSince,
} from '../../shared/domain/exchange';

const OLD: OldMeter = {
  meterId: '1',
  digits: 5,
  installedOn: '2021-11-03',
  last: { value: '350', readOn: '2026-10-01' },
  perDay: '0.5',
};
const FRESH: NewMeter = { meterId: '2', digits: 5, free: true, validUntil: '2031-11-30', lastFinal: null };
const DRAFT: ExchangeDraft = {
  kind: 'exchange',
  doneOn: '2026-11-22',
  finalValue: '398',
  finalRollover: false,
  openingValue: '0',
  openingReset: false,
  seals: [{ sealNo: 'KP-1', kind: 'plastic' }],
};
const TODAY = '2026-11-22';
const faults = (draft: Partial<ExchangeDraft>, old: Partial<OldMeter> = {}, fresh: Partial<NewMeter> = {}) =>
  exchangeFaults({ ...DRAFT, ...draft }, { today: TODAY, old: { ...OLD, ...old }, fresh: { ...FRESH, ...fresh } });

describe('an exchange while it is typed', () => {
  it('has nothing against it when it is right, or not filled in yet', () => {
    expect(faults({})).toEqual({});
    expect(faults({ finalValue: '', openingValue: '' })).toEqual({});
    expect(
      exchangeFaults({ ...DRAFT, finalValue: '', openingValue: '' }, { today: TODAY, old: null, fresh: null }),
    ).toEqual({});
  });

  it.each<[Partial<ExchangeDraft>, ReturnType<typeof faults>]>([
    [{ doneOn: '2026-11-23' }, { doneOn: 'DAY_IN_FUTURE' }],
    [{ doneOn: '2021-11-03' }, { doneOn: 'EXCHANGE_BEFORE_INSTALLATION' }],
    [{ doneOn: '2026-09-30' }, { doneOn: 'EXCHANGE_READING_AFTER' }],
    [{ doneOn: '2026-10-01' }, {}],
    [{ finalValue: '349' }, { finalValue: 'EXCHANGE_FINAL_BELOW' }],
    [{ finalValue: '350' }, {}],
    [{ finalValue: '100000' }, { finalValue: 'EXCHANGE_DIGITS' }],
    [{ finalValue: '000398' }, {}],
    [{ finalValue: '398,5' }, { finalValue: 'EXCHANGE_VALUE' }],
    [{ finalValue: '12', finalRollover: true }, { finalValue: 'EXCHANGE_NO_ROLLOVER' }],
    [{ openingValue: '-1' }, { openingValue: 'EXCHANGE_VALUE' }],
    [{ openingValue: '123456' }, { openingValue: 'EXCHANGE_DIGITS' }],
    [
      {
        seals: [
          { sealNo: 'a', kind: 'lead' },
          { sealNo: ' A ', kind: 'lead' },
          { sealNo: '', kind: 'lead' },
        ],
      },
      { seals: 'EXCHANGE_SEAL_TWICE' },
    ],
    [
      {
        seals: [
          { sealNo: 'A', kind: 'lead' },
          { sealNo: 'A', kind: 'plastic' },
        ],
      },
      {},
    ],
  ])('%o is judged at its field', (draft, expected) => {
    expect(faults(draft)).toEqual(expected);
  });

  it('names what is wrong with the new meter', () => {
    expect(faults({}, {}, { meterId: '1' })).toEqual({ newMeter: 'EXCHANGE_SAME_METER' });
    expect(faults({}, {}, { free: false })).toEqual({ newMeter: 'EXCHANGE_METER_NOT_FREE' });
    expect(faults({}, {}, { validUntil: null })).toEqual({ newMeter: 'EXCHANGE_NOT_LEGAL' });
    expect(faults({}, {}, { validUntil: '2026-11-21' })).toEqual({ newMeter: 'EXCHANGE_NOT_LEGAL' });
    expect(faults({}, {}, { validUntil: '2026-11-22' })).toEqual({});
  });

  it('begins no lower than the meter showed when it was taken down, unless its register is another', () => {
    const used = { lastFinal: '398.400' };
    expect(faults({ openingValue: '397' }, {}, used)).toEqual({ openingValue: 'EXCHANGE_OPENING_BELOW' });
    expect(faults({ openingValue: '398' }, {}, used)).toEqual({});
    expect(faults({ openingValue: '405' }, {}, used)).toEqual({});
    expect(faults({ openingValue: '0', openingReset: true }, {}, used)).toEqual({});
    expect(faults({ openingValue: 'x', openingReset: true }, {}, used)).toEqual({ openingValue: 'EXCHANGE_VALUE' });
  });

  it('asks nothing of a meter that the act has not', () => {
    expect(faults({ kind: 'installation', finalValue: '1', doneOn: '2020-01-01' })).toEqual({});
    expect(faults({ kind: 'removal' }, {}, { validUntil: null })).toEqual({});
  });
});

describe('what went through', () => {
  it('is the final reading less the one before, over the end of the register where it passed it', () => {
    expect(usedSince({ finalValue: '398', finalRollover: false }, OLD)).toBe('48');
    expect(
      usedSince(
        { finalValue: '12', finalRollover: true },
        { digits: 5, last: { value: '99987', readOn: '2026-10-01' } },
      ),
    ).toBe('25');
    expect(usedSince({ finalValue: '349', finalRollover: false }, OLD)).toBeNull();
    expect(usedSince({ finalValue: 'x', finalRollover: false }, OLD)).toBeNull();
  });

  it('is never below zero, whatever is typed', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99_999), fc.boolean(), (last, final, finalRollover) => {
        const used = usedSince(
          { finalValue: String(final), finalRollover },
          { digits: 5, last: { value: String(last), readOn: '2026-01-01' } },
        );
        expect(used === null || !used.startsWith('-')).toBe(true);
      }),
    );
  });

  it('may pass zero from the last tenth of the register to the first only', () => {
    expect(mayPassZero('12', '99987', 5)).toBe(true);
    expect(mayPassZero('10000', '90000', 5)).toBe(true);
    expect(mayPassZero('10001', '99987', 5)).toBe(false);
    expect(mayPassZero('12', '89999', 5)).toBe(false);
    expect(mayPassZero('4990', '5000', 5)).toBe(false);
  });

  it('is expected by the mean of the days, and unusual far from it', () => {
    expect(expectedUse(OLD, '2026-11-22')).toBe('26');
    expect(expectedUse(OLD, '2026-10-01')).toBe('0');
    expect(expectedUse({ ...OLD, perDay: null }, '2026-11-22')).toBeNull();
    expect([unusualUse('48', '26'), unusualUse('62', '26'), unusualUse('19', '4'), unusualUse('13', '4')]).toEqual([
      null,
      'high',
      'high',
      null,
    ]);
    expect([unusualUse('10', '26'), unusualUse('3', '7'), unusualUse('0', '5')]).toEqual(['low', null, 'low']);
  });
});
