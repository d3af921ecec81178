import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consumptions,
  type DatedValue,
  monthlyConsumption,
  toCubicMetres,
  toLitres,
} from '../../shared/domain/consumption';

describe('consumption', () => {
  it('is what lies between neighbouring readings, and nothing for the first', () => {
    const readings = [
      { day: '2026-01-01', value: '100.000' },
      { day: '2026-02-01', value: '107.000' },
      { day: '2026-03-01', value: '107.250' },
    ];
    expect(consumptions(readings)).toEqual([null, '7', '0.25']);
  });

  it('adds no float error to three places', () => {
    expect(toCubicMetres(toLitres('0.1') + toLitres('0.2'))).toBe('0.3');
    expect(toCubicMetres(toLitres('-12.05'))).toBe('-12.05');
  });

  it('spreads a quarter over its months by days', () => {
    const months = monthlyConsumption([
      [
        { day: '2026-01-01', value: '0' },
        { day: '2026-04-01', value: '90' },
      ],
    ]);
    expect(months).toEqual([
      { month: '2026-01', volume: '31' },
      { month: '2026-02', volume: '28' },
      { month: '2026-03', volume: '31' },
    ]);
  });

  it('stitches an exchange: the old remainder and the new meter add up, never below zero', () => {
    const old = [
      { day: '2026-01-01', value: '940' },
      { day: '2026-01-16', value: '955' },
    ];
    const fresh = [
      { day: '2026-01-16', value: '0' },
      { day: '2026-02-01', value: '8' },
    ];
    expect(monthlyConsumption([old, fresh])).toEqual([{ month: '2026-01', volume: '23' }]);
  });

  it('shows a month without water between two others as zero', () => {
    const apart = [
      [
        { day: '2026-01-01', value: '0' },
        { day: '2026-02-01', value: '5' },
      ],
      [
        { day: '2026-03-01', value: '0' },
        { day: '2026-04-01', value: '6' },
      ],
    ];
    expect(monthlyConsumption(apart).map(({ volume }) => volume)).toEqual(['5', '0', '6']);
  });

  it('never loses or makes water: the months add up to the whole', () => {
    const step = fc.record({ days: fc.integer({ min: 1, max: 200 }), litres: fc.integer({ min: 0, max: 5_000_000 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let day = Date.parse('2024-01-01');
        let litres = 0n;
        const readings = [{ day: '2024-01-01', value: '0' }];
        for (const { days, litres: more } of steps) {
          day += days * 86_400_000;
          litres += BigInt(more);
          readings.push({ day: new Date(day).toISOString().slice(0, 10), value: toCubicMetres(litres) });
        }
        const sum = monthlyConsumption([readings]).reduce((total, { volume }) => total + toLitres(volume), 0n);
        expect(sum).toBe(litres);
      }),
    );
  });
});

describe('consumption over an exchange (T4)', () => {
  const at = (day: string, value: string, more: Partial<DatedValue> = {}): DatedValue => ({ day, value, ...more });

  it('is the old remainder and the new, over a register that passed its end', () => {
    const old = [at('2026-01-01', '99900'), at('2026-01-11', '99990'), at('2026-01-21', '10', { passed: '100000' })];
    const fresh = [at('2026-01-21', '0'), at('2026-01-31', '30')];
    expect(consumptions(old)).toEqual([null, '90', '20']);
    expect(monthlyConsumption([old, fresh])).toEqual([{ month: '2026-01', volume: '140' }]);
  });

  it('is reckoned past an estimate that was too high, and never negative', () => {
    const old = [
      at('2026-01-01', '100'),
      at('2026-01-11', '900', { estimated: true }),
      at('2026-01-21', '120'),
      at('2026-01-31', '125', { estimated: true }),
    ];
    expect(consumptions(old)).toEqual([null, '800', '20', '5']);
    expect(monthlyConsumption([old])).toEqual([{ month: '2026-01', volume: '25' }]);
  });

  it('of any real readings that rise, with any estimates between them, is nowhere below zero', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ by: fc.nat(500), estimated: fc.boolean(), high: fc.nat(5000) }), { maxLength: 30 }),
        (steps) => {
          let real = 0;
          const readings = steps.map(({ by, estimated, high }, index) => {
            real += by;
            const day = new Date(Date.UTC(2025, 0, 1 + index * 7)).toISOString().slice(0, 10);
            return at(day, String(estimated ? real + high : real), { estimated });
          });
          const months = monthlyConsumption([readings]);
          for (const { volume } of months) expect(volume.startsWith('-')).toBe(false);
        },
      ),
    );
  });
});
