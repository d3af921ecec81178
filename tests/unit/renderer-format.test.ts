import { describe, expect, test } from 'vitest';
import { createFormat } from '../../renderer/ui/format';

const pl = createFormat('pl');
const en = createFormat('en');
/** No-break space and true minus, spelled out so that a reader sees them. */
const N = '\u00a0';
const M = '\u2212';

describe('money', () => {
  test.each([
    [143399, `1${N}433,99${N}zł`],
    [0, `0,00${N}zł`],
    [5, `0,05${N}zł`],
    [-5, `${M}0,05${N}zł`],
    [-123456789, `${M}1${N}234${N}567,89${N}zł`],
    [900719925474099199n, `9${N}007${N}199${N}254${N}740${N}991,99${N}zł`],
  ])('%s grosze are grouped, exact and carry a true minus', (grosze, shown) => {
    expect(pl.money(grosze)).toBe(shown);
  });

  test('follows the language', () => {
    expect(en.money(-143399)).toBe(`${M}1,433.99${N}zł`);
  });
});

describe('volume', () => {
  test.each([
    ['12', `12${N}m³`],
    ['1234.5', `1${N}234,5${N}m³`],
    ['0.001', `0,001${N}m³`],
    ['-3.25', `${M}3,25${N}m³`],
    // A float would show 123 456 789,124.
    ['123456789.123', `123${N}456${N}789,123${N}m³`],
  ])('%s keeps every digit', (value, shown) => {
    expect(pl.volume(value)).toBe(shown);
  });
});

describe('counts', () => {
  test('four digits are grouped too', () => {
    expect(pl.count(1433)).toBe(`1${N}433`);
    expect(en.count(1433)).toBe('1,433');
  });
});

describe('dates', () => {
  test('a day stays itself', () => {
    expect(pl.date('2026-11-22')).toBe('22.11.2026');
    expect(pl.date('2026-01-01')).toBe('01.01.2026');
    expect(en.date('2026-11-22')).toBe('22 Nov 2026');
  });

  test('an instant is shown in the zone of the office, summer and winter', () => {
    expect(pl.dateTime('2026-11-22T13:05:00Z')).toBe('22.11.2026, 14:05');
    expect(pl.dateTime('2026-07-31T22:30:00Z')).toBe('01.08.2026, 00:30');
    expect(pl.time('2026-11-22T23:05:00Z')).toBe('00:05');
  });

  test('a month has its name', () => {
    expect(pl.month('2026-11')).toBe('lis 2026');
    expect(en.month('2026-11')).toBe('Nov 2026');
  });

  test('time gone by is seconds, then minutes', () => {
    expect(pl.ago(40)).toBe(`40${N}sek.${N}temu`);
    expect(pl.ago(180)).toBe(`3${N}min${N}temu`);
  });
});
