import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { bankAccount, firstId, insertCustomer, insertSupply } from '../support/customers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;

beforeEach(async () => {
  root = await database().asSuperuser();
});

describe('identifiers', () => {
  it.each<[column: string, value: string, valid: boolean]>([
    ['nip', '5250007448', true],
    ['nip', '5250007449', false],
    // Weighted sum 10 modulo 11: no digit can complete such a number.
    ...Array.from({ length: 10 }, (_, digit) => ['nip', `100001000${digit}`, false] as [string, string, boolean]),
    ['nip', '525000744', false],
    ['nip', '525000744x', false],
    ['pesel', '44051401359', true],
    ['pesel', '44051401358', false],
    // The control digit is right, the 30th of February is not.
    ['pesel', '44023000004', false],
    // Born in 2000 (month + 20) and 1899 (month + 80).
    ['pesel', '00210100004', true],
    ['pesel', '99810100006', true],
    ['regon', '123456785', true],
    ['regon', '123456786', false],
    ['regon', '12345678512347', true],
    ['regon', '12345678512348', false],
    ['bank_account', bankAccount('1234567890'), true],
    ['bank_account', '00000000000000000000000000', false],
  ])('%s %s: %s', async (column, value, valid) => {
    const stored = insertCustomer(root, { [column]: value });
    if (valid) await stored;
    else
      await expect(stored).rejects.toMatchObject({ code: '23514', constraint: expect.stringMatching(/^customers_/) });
  });

  it('with a wrong check digit are stored with a reason only', async () => {
    await insertCustomer(root, { nip: '5250007449', identifier_override: 'tak podano w umowie z 1998' });
    await expect(insertCustomer(root, { nip: '52x', identifier_override: 'x' })).rejects.toMatchObject({
      constraint: 'customers_identifier_form',
    });
  });
});

describe('text', () => {
  it.each([
    ['decomposed letters', 'Z\u0307uk'],
    ['a bidi override', 'Lis\u202e'],
    ['a zero-width space', 'L\u200bis'],
    ['a byte order mark', '\ufeffLis'],
    ['a line break', 'Lis\nSowa'],
    ['a C1 control', 'Lis\u0085'],
  ])('with %s is refused', async (_, lastName) => {
    await expect(insertCustomer(root, { last_name: lastName })).rejects.toMatchObject({ constraint: 'line_clean' });
  });

  it.each(['Żuk', `O'Neill`, 'Łoś – Syn', 'عمر', 'Đặng'])('%s is accepted', async (lastName) => {
    await insertCustomer(root, { last_name: lastName });
  });
});

describe('time', () => {
  it('never gives one point to two customers, nor one meter two places, at once', async () => {
    const first = await insertCustomer(root);
    const second = await insertCustomer(root);
    const { point } = await insertSupply(root, first, {
      city: 'Kartuzy',
      houseNo: '1',
      from: '2020-01-01',
      to: '2021-01-01',
    });
    const supply = (from: string) =>
      root.query('insert into ibok.supplies (supply_point_id, customer_id, valid_from) values ($1, $2, $3)', [
        point,
        second,
        from,
      ]);
    await expect(supply('2020-12-31')).rejects.toMatchObject({ code: '23P01', constraint: 'supplies_no_overlap' });
    await supply('2021-01-01');

    const meter = await insertMeter();
    await install(meter, point, '2020-01-01', '2021-01-01');
    await expect(install(meter, point, '2020-12-31')).rejects.toMatchObject({
      constraint: 'meter_installations_no_overlap',
    });
    await install(meter, point, '2021-01-01');
  });

  it('fixes a reading once it was handed over, but for its state', async () => {
    const customer = await insertCustomer(root);
    const { point } = await insertSupply(root, customer, { city: 'Kartuzy', houseNo: '2' });
    const installation = await install(await insertMeter(), point, '2020-01-01');
    const { rows } = await root.query(
      `insert into ibok.readings (installation_id, read_on, value, kind, source, state)
       values ($1, '2026-01-01', 100, 'actual', 'staff', 'fetched') returning id`,
      [installation],
    );
    const id = firstId(rows);
    for (const change of ['value = 101', `read_on = '2026-01-02'`, `state = 'released'`]) {
      await expect(root.query(`update ibok.readings set ${change} where id = $1`, [id]), change).rejects.toMatchObject({
        code: 'IB006',
      });
    }
    await root.query(`update ibok.readings set state = 'acknowledged' where id = $1`, [id]);
    await expect(root.query('delete from ibok.readings where id = $1', [id])).rejects.toMatchObject({ code: 'IB006' });
  });

  it('takes whole cubic metres only, but from a radio', async () => {
    const customer = await insertCustomer(root);
    const { point } = await insertSupply(root, customer, { city: 'Kartuzy', houseNo: '3' });
    const installation = await install(await insertMeter(), point, '2020-01-01');
    const read = (day: string, kind: string, value: string) =>
      root.query(
        `insert into ibok.readings (installation_id, read_on, value, kind, source, state) values ($1, $2, $3, $4, 'import', 'released')`,
        [installation, day, value, kind],
      );
    await read('2026-01-01', 'remote', '12.345');
    await expect(read('2026-01-02', 'actual', '12.5')).rejects.toMatchObject({ constraint: 'readings_whole' });
    await expect(read('2026-01-02', 'remote', 'NaN')).rejects.toMatchObject({ code: '23514' });
    await expect(read('2026-01-01', 'actual', '13')).rejects.toMatchObject({ constraint: 'readings_one_a_day' });
  });
});

describe('two persons', () => {
  it('decide: nobody approves an own request, not even past the functions', async () => {
    await root.query(`insert into ibok.approvals (kind, subject, subject_version, reason, requested_by)
      values ('staff.change_group', 'staff_members:1', '1', 'x', 's_barbara')`);
    await expect(
      root.query(`update ibok.approvals set state = 'approved', decided_by = 's_barbara', decided_at = now()`),
    ).rejects.toMatchObject({ constraint: 'approvals_two_persons' });
  });
});

async function insertMeter(): Promise<string> {
  const type = await root.query(
    `insert into ibok.meter_types (maker, model, dn, q3) values ('Wodomax', 'W' || (select count(*) from ibok.meter_types), 20, 4)
     returning id`,
  );
  const { rows } = await root.query(
    `insert into ibok.meters (factory_no, type_id, owner_kind) values ('123456', $1, 'utility') returning id`,
    [firstId(type.rows)],
  );
  return firstId(rows);
}

async function install(meter: string, point: string, from: string, to: string | null = null): Promise<string> {
  const { rows } = await root.query(
    `insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, removed_on, opening_value, final_value)
     values ($1, $2, $3, $4, 0, case when $4::date is null then null else 10 end) returning id`,
    [meter, point, from, to],
  );
  return firstId(rows);
}
