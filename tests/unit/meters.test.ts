import { describe, expect, it } from 'vitest';
import { BLANK_COMMON, BLANK_TYPE, typeOf } from '../../renderer/features/meters/acceptCommon';
import { daysBetween, legalState, markInForce } from '../../renderer/features/meters/legalState';
import { reading, sentMark } from '../../renderer/features/meters/MarkFields';
import type { Legalization, MeterForm } from '../../shared/contract/meters';

const mark = (more: Partial<Legalization> = {}): Legalization => ({
  id: '1',
  markKind: 'm_year',
  rawMark: 'M24',
  readOn: '2024-05-05',
  ruleId: 'm_year_60',
  computedUntil: '2029-11-30',
  statedUntil: null,
  overrideUntil: null,
  overrideReason: null,
  overrideBy: null,
  lostOn: null,
  lostReason: null,
  lostNote: null,
  validUntil: '2029-11-30',
  conflict: false,
  source: 'staff',
  recordedBy: 'Tomasz Kreft',
  withdrawnBy: null,
  withdrawnReason: null,
  ...more,
});
const meter = (...legalizations: Legalization[]) => ({ today: '2026-11-22', soon: '2027-02-22', legalizations });

describe('how a meter stands today', () => {
  it.each([
    ['valid beyond the days of warning', mark({ validUntil: '2027-02-23' }), 'valid'],
    ['near its end on the last day of warning', mark({ validUntil: '2027-02-22' }), 'soon'],
    ['still legal on its last day', mark({ validUntil: '2026-11-22' }), 'soon'],
    ['over on the day after', mark({ validUntil: '2026-11-21' }), 'expired'],
    ['lost, where that ended it', mark({ validUntil: '2026-11-19', lostOn: '2026-11-20', lostReason: 'seal' }), 'lost'],
  ] as const)('is %s', (_, one, state) => {
    expect(legalState(meter(one)).state).toBe(state);
  });

  it('is unknown without a mark, and by the one before a mark that was withdrawn', () => {
    expect(legalState(meter()).state).toBe('unknown');
    const withdrawn = mark({ id: '2', withdrawnReason: 'zły wodomierz', withdrawnBy: 'Tomasz Kreft' });
    expect(markInForce([withdrawn, mark()])?.id).toBe('1');
    expect(legalState(meter(withdrawn)).state).toBe('unknown');
  });

  it('counts days whatever the clock does in between', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2026-11-22', '2026-11-21')).toBe(-1);
  });
});

describe('the type of meters that come to stock', () => {
  const described = (more: object) =>
    typeOf({ ...BLANK_COMMON, newType: { ...BLANK_TYPE, maker: 'Diehl', model: 'Corona', ...more } });

  it('is the chosen one, or what is described', () => {
    expect(typeOf(BLANK_COMMON)).toBeNull();
    expect(typeOf({ ...BLANK_COMMON, typeId: '7' })).toBe('7');
    expect(described({})).toEqual({ maker: 'Diehl', model: 'Corona', dn: 20, q3: '2.5', r: 160, digits: 5 });
    expect(described({ r: ' ' })).toMatchObject({ r: null });
  });

  it.each([{ maker: ' ' }, { dn: '9' }, { dn: '20 mm' }, { q3: '2,555' }, { q3: '0' }, { r: '39' }, { digits: '10' }])(
    'is incomplete with %o',
    (more) => {
      expect(described(more)).toBeNull();
    },
  );
});

describe('a mark while it is typed', () => {
  const rules: MeterForm['rules'] = [
    {
      id: 'm_year_60',
      markKind: 'm_year',
      marksFrom: '2006-01-01',
      marksTo: null,
      months: 60,
      ends: 'november_end',
      aheadMonths: 0,
      source: 'test',
    },
  ];
  const typed = (raw: string, statedUntil = '') => ({ kind: 'm_year', raw, statedUntil }) as const;

  it('is read as it will be sent: without blanks, in capitals', () => {
    expect(reading(rules, typed(' m 24 '), '2026-11-22')).toEqual({ ruleId: 'm_year_60', until: '2029-11-30' });
    expect(sentMark(typed(' m 24 '))).toEqual({ kind: 'm_year', raw: 'M24', statedUntil: null });
  });

  it('is nothing yet while the field is empty, and refused while it cannot be', () => {
    expect(reading(rules, typed(' '), '2026-11-22')).toBeNull();
    expect(reading(rules, typed('M27'), '2026-11-22')).toEqual({ refused: 'MARK_FUTURE' });
  });
});
