import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { generateOffice } from '../../main/demo/generate';
import { METER_TYPES } from '../../main/demo/synthetic/meter-catalogue';
import { NAME_POOL } from '../../main/demo/synthetic/people';
import { noRows, type OfficeRows } from '../../main/demo/synthetic/rows';
import { feminine } from '../../main/demo/synthetic/surnames';
import { ksefNumberOk, nipOk, nrbOk, peselOk, postalCodeOk, regonOk } from '../../shared/domain/identifiers';

const TODAY = '2026-11-22';

function office(customers: number, seed?: number): OfficeRows {
  const all = noRows();
  for (const part of generateOffice({ customers, today: TODAY, ...(seed === undefined ? {} : { seed }) })) {
    for (const key of Object.keys(all) as (keyof OfficeRows)[]) (all[key] as unknown[]).push(...part[key]);
  }
  return all;
}

const hash = (rows: OfficeRows) => createHash('sha256').update(JSON.stringify(rows)).digest('hex');
const ids = (rows: readonly { id: number }[]) => new Set(rows.map((row) => row.id));

describe('the synthetic office', () => {
  let all: OfficeRows;
  beforeAll(() => {
    all = office(2_000);
  });

  it('is the same for the same seed and another for another', () => {
    expect(hash(office(300))).toBe(hash(office(300)));
    expect(hash(office(300, 7))).not.toBe(hash(office(300)));
  });

  it.each([1, 2, 5, 100, 999])('has exactly %i customers when asked for them', (customers) => {
    expect(office(customers).customers).toHaveLength(customers);
  });

  it('has about four persons to one organisation', () => {
    const persons = all.customers.filter((customer) => customer.kind === 'person').length / all.customers.length;
    expect(persons).toBeGreaterThan(0.78);
    expect(persons).toBeLessThan(0.86);
  });

  it('carries only identifiers that pass their check digit, and lacks some', () => {
    const given = (key: 'nip' | 'pesel' | 'regon' | 'bankAccount') =>
      all.customers.map((row) => row[key]).filter((value) => value !== null);
    for (const [key, judge] of [
      ['nip', nipOk],
      ['pesel', peselOk],
      ['regon', regonOk],
      ['bankAccount', nrbOk],
    ] as const) {
      const values = given(key);
      expect(
        values.filter((value) => !judge(value)),
        key,
      ).toEqual([]);
      expect(values.length, key).toBeGreaterThan(50);
      expect(values.length, key).toBeLessThan(all.customers.length);
    }
    const ksef = all.invoices.map((invoice) => invoice.ksefNo).filter((value) => value !== null);
    expect(ksef.length).toBeGreaterThan(100);
    expect(ksef.filter((value) => !ksefNumberOk(value))).toEqual([]);
    expect(all.premises.filter((premise) => !postalCodeOk(premise.postalCode))).toEqual([]);
  });

  it('closes every reference', () => {
    const inside = (values: (number | null)[], known: Set<number>) =>
      values.filter((id) => id !== null && !known.has(id));
    const [customers, contracts, points, installations] = [
      ids(all.customers),
      ids(all.contracts),
      ids(all.supplyPoints),
      ids(all.installations),
    ];
    expect(
      inside(
        all.contracts.map((row) => row.customerId),
        customers,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.supplies.map((row) => row.customerId),
        customers,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.supplies.map((row) => row.contractId),
        contracts,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.supplies.map((row) => row.supplyPointId),
        points,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.supplyPoints.map((row) => row.premiseId),
        ids(all.premises),
      ),
    ).toEqual([]);
    expect(
      inside(
        all.meters.map((row) => row.typeId),
        ids(METER_TYPES),
      ),
    ).toEqual([]);
    expect(
      inside(
        all.installations.map((row) => row.meterId),
        ids(all.meters),
      ),
    ).toEqual([]);
    expect(
      inside(
        all.installations.map((row) => row.supplyPointId),
        points,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.installations.map((row) => row.parentId),
        installations,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.readings.map((row) => row.installationId),
        installations,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.invoices.map((row) => row.contractId),
        contracts,
      ),
    ).toEqual([]);
    expect(
      inside(
        all.invoices.map((row) => row.correctsId),
        ids(all.invoices),
      ),
    ).toEqual([]);
    expect(
      inside(
        all.legalHolds.map((row) => row.customerId),
        customers,
      ),
    ).toEqual([]);
  });

  it('has readings that rise strictly, inside the stay of their meter and before today', () => {
    const stays = new Map(all.installations.map((row) => [row.id, row]));
    for (const [id, readings] of Map.groupBy(all.readings, (reading) => reading.installationId)) {
      const stay = stays.get(id);
      for (const [place, reading] of readings.entries()) {
        const before = readings[place - 1];
        expect(reading.readOn >= (stay?.installedOn ?? '9') && reading.readOn <= (stay?.removedOn ?? TODAY)).toBe(true);
        expect(reading.readOn < TODAY).toBe(true);
        expect(reading.kind === 'remote' || Number.isInteger(Number(reading.value))).toBe(true);
        if (before === undefined) continue;
        expect(reading.readOn > before.readOn).toBe(true);
        expect(Number(reading.value)).toBeGreaterThan(Number(before.value));
        expect(Number(reading.consumption)).toBeCloseTo(Number(reading.value) - Number(before.value), 3);
      }
    }
  });

  it('exchanges meters without a gap and closes the old one with its last reading', () => {
    const removed = all.installations.filter((row) => row.removedOn !== null);
    expect(removed.length).toBeGreaterThan(100);
    for (const old of removed) {
      const next = all.installations.find(
        (row) => row.supplyPointId === old.supplyPointId && row.installedOn === old.removedOn,
      );
      expect(next?.meterId).not.toBe(old.meterId);
      expect(all.readings.find((row) => row.installationId === old.id && row.kind === 'final')?.value).toBe(
        old.finalValue,
      );
    }
  });

  it('reads the meters of a sold house on, and bills the buyer', () => {
    const sold = [...Map.groupBy(all.supplies, (row) => row.supplyPointId).values()].filter(
      (list) => list.length === 2,
    );
    expect(sold.length).toBeGreaterThan(20);
    const billed = new Set(all.invoices.map((row) => row.customerId));
    const buyers = sold.map((list) => list[1]?.customerId ?? 0);
    expect(buyers.filter((id) => billed.has(id)).length).toBeGreaterThan(buyers.length / 2);
    for (const [seller, buyer] of sold) {
      const late = all.invoices.filter(
        (row) => row.customerId === seller?.customerId && row.issuedOn > (seller.validTo ?? ''),
      );
      const early = all.invoices.filter(
        (row) => row.customerId === buyer?.customerId && row.issuedOn <= buyer.validFrom,
      );
      expect(late.length).toBeLessThanOrEqual(2);
      expect(early).toEqual([]);
    }
  });

  it('never supplies two customers at one point on one day', () => {
    for (const supplies of Map.groupBy(all.supplies, (row) => row.supplyPointId).values()) {
      for (const [place, supply] of supplies.entries()) {
        const before = supplies[place - 1];
        if (before) expect(before.validTo !== null && before.validTo <= supply.validFrom).toBe(true);
      }
    }
  });

  it('adds up every invoice', () => {
    expect(
      all.invoices.filter((row) => row.netGrosze + row.vatGrosze !== row.grossGrosze || row.dueOn < row.issuedOn),
    ).toEqual([]);
    expect(all.invoices.some((row) => row.kind === 'correction' && row.netGrosze < 0)).toBe(true);
  });

  it('holds each address and each natural key once', () => {
    const keys = [
      all.premises.map((row) => [row.city, row.street, row.houseNo, row.flatNo, row.postalCode].join('|')),
      all.customers.map((row) => row.customerNo),
      all.contracts.map((row) => row.contractNo),
      all.supplyPoints.map((row) => row.code),
      all.invoices.map((row) => row.invoiceNo),
    ];
    for (const list of keys) expect(new Set(list).size).toBe(list.length);
  });

  it('has the cases an office meets', () => {
    const points = Map.groupBy(all.supplies, (row) => row.customerId);
    const numbers = Map.groupBy(all.meters, (row) => row.factoryNo);
    expect([...points.values()].some((list) => list.length === 12)).toBe(true);
    expect([...numbers.values()].filter((list) => list.length > 1).length).toBeGreaterThan(5);
    expect(all.premises.some((row) => row.street === null)).toBe(true);
    expect(all.customers.some((row) => row.deceasedOn !== null)).toBe(true);
    expect(all.customers.some((row) => row.companyName.length >= 90)).toBe(true);
    expect(all.customers.every((row) => row.companyName.length <= 200)).toBe(true);
    expect(all.customers.every((row) => row.email === null || /@(\w+\.)?example\.(com|org|net)$/.test(row.email))).toBe(
      true,
    );
    expect(all.installations.some((row) => row.role === 'deduction' && row.parentId !== null)).toBe(true);
    expect(all.legalHolds.length).toBeGreaterThan(0);
  });

  it('begins with Jan Żuk of Kartuzy', () => {
    const [first] = generateOffice({ customers: 1, today: TODAY });
    expect(first?.customers[0]).toMatchObject({ firstName: 'Jan', lastName: 'Żuk', deceasedOn: null });
    expect(first?.premises[0]?.city).toBe('Kartuzy');
    expect(first?.installations.map((row) => row.role)).toEqual(['main', 'main', 'deduction']);
  });

  it('draws from many names, in the form of their bearer', () => {
    expect(NAME_POOL.surnames.length).toBeGreaterThanOrEqual(400);
    expect(new Set([...NAME_POOL.women, ...NAME_POOL.men]).size).toBeGreaterThanOrEqual(120);
    expect(['Wiśniewski', 'Kowalski-Szczypior', 'Biały', 'Nowak', 'Żuk', 'Potocki', 'Zawadzki'].map(feminine)).toEqual([
      'Wiśniewska',
      'Kowalska-Szczypior',
      'Biała',
      'Nowak',
      'Żuk',
      'Potocka',
      'Zawadzka',
    ]);
  });
});
