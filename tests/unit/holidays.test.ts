import { describe, expect, it } from 'vitest';
import { polishHolidays } from '../../main/demo/synthetic/holidays';

const days = (year: number) => polishHolidays(year).map(({ day }) => day);

describe('statutory holidays', () => {
  it('are fourteen since 24 December became one in 2025, thirteen before', () => {
    expect(days(2024)).toHaveLength(13);
    expect(days(2024)).not.toContain('2024-12-24');
    expect(days(2025)).toHaveLength(14);
    expect(days(2025)).toContain('2025-12-24');
  });

  it.each([
    [2024, '2024-03-31', '2024-05-19', '2024-05-30'],
    [2025, '2025-04-20', '2025-06-08', '2025-06-19'],
    [2026, '2026-04-05', '2026-05-24', '2026-06-04'],
    [2027, '2027-03-28', '2027-05-16', '2027-05-27'],
    [2030, '2030-04-21', '2030-06-09', '2030-06-20'],
    [2038, '2038-04-25', '2038-06-13', '2038-06-24'],
  ])('move with Easter in %i', (year, easter, pentecost, corpusChristi) => {
    expect(days(year)).toEqual(expect.arrayContaining([easter, pentecost, corpusChristi]));
  });

  it('come in order, each day once', () => {
    for (let year = 2024; year <= 2030; year += 1) expect(days(year)).toEqual([...new Set(days(year))].sort());
  });
});
