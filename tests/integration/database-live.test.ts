import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertCustomer, insertSupply } from '../support/customers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let heard: string[];

beforeEach(async () => {
  root = await database().asSuperuser();
  heard = [];
  const ears = await database().asLogin('s_anna');
  ears.on('notification', ({ payload }) => heard.push(payload ?? ''));
  await ears.query('listen ibok');
});

/** Hints arrive in the order of commits: once this one is here, all before it are. */
async function hints(): Promise<string[]> {
  await root.query(`select pg_notify('ibok', 'end')`);
  for (let wait = 0; wait < 100 && heard.at(-1) !== 'end'; wait += 1) await setTimeout(20);
  return heard.slice(0, -1);
}

describe('a hint', () => {
  it('names table and id, never a value, and the customer behind a supply', async () => {
    const id = await insertCustomer(root, { last_name: 'Kanarek', phone: '500 100 200' });
    const { supply, premise, point } = await insertSupply(root, id, { city: 'Kartuzy', houseNo: '1' });
    const all = await hints();
    expect(all).toEqual([
      `customers:${id}`,
      `premises:${premise}`,
      `supply_points:${point}`,
      `supplies:${supply}`,
      `customers:${id}`,
    ]);
  });

  it('stands once for a bulk change', async () => {
    await root.query(`insert into ibok.customers (customer_no, kind, last_name)
      select 'B' || n, 'person', 'Zbiorowa' from generate_series(1, 21) n`);
    expect(await hints()).toEqual(['customers:*']);
    heard = [];
    await root.query(`update ibok.customers set vip = true where customer_no in ('B1', 'B2')`);
    const few = await hints();
    expect(few).toHaveLength(2);
    expect(few.join(' ')).toMatch(/^customers:\d+ customers:\d+$/);
  });

  it('is not sent for what was rolled back', async () => {
    await root.query('begin');
    await insertCustomer(root);
    await root.query('rollback');
    expect(await hints()).toEqual([]);
  });
});

describe('presence', () => {
  it('is told when somebody comes, starts to edit and goes, but not for a sign of life', async () => {
    const barbara = await database().asLogin('s_barbara');
    const stay = `insert into ibok.presence (record, editing) values ('customers:1', $1)
      on conflict (record, login) do update set editing = excluded.editing`;
    await barbara.query(stay, [false]);
    await barbara.query(stay, [false]);
    await barbara.query(stay, [true]);
    await barbara.query(`delete from ibok.presence where record = 'customers:1'`);
    expect(await hints()).toEqual(['presence:customers:1', 'presence:customers:1', 'presence:customers:1']);
  });

  it('is one`s own to write and everybody`s to read, and is forgotten after two minutes', async () => {
    const barbara = await database().asLogin('s_barbara');
    const anna = await database().asLogin('s_anna');
    await barbara.query(`insert into ibok.presence (record) values ('customers:2')`);
    expect((await anna.query(`select login from ibok.presence where record = 'customers:2'`)).rows).toEqual([
      { login: 's_barbara' },
    ]);
    await expect(
      anna.query(`insert into ibok.presence (login, record) values ('s_barbara', 'customers:3')`),
    ).rejects.toMatchObject({
      code: '42501',
    });
    expect((await anna.query('update ibok.presence set editing = true')).rowCount).toBe(0);
    expect((await anna.query('delete from ibok.presence')).rowCount).toBe(0);
    await root.query('alter table ibok.presence disable trigger presence_stamp');
    await root.query(`update ibok.presence set seen_at = now() - interval '3 minutes'`);
    await root.query('alter table ibok.presence enable trigger presence_stamp');
    const worker = await database().asLogin('ibok_worker');
    expect((await worker.query('select jobs.reap() as done')).rows[0].done).toMatchObject({ presence: 1 });
  });
});

describe('settings', () => {
  it('are one`s own, and their key can be read but not chosen', async () => {
    const anna = await database().asLogin('s_anna');
    const barbara = await database().asLogin('s_barbara');
    await anna.query(`insert into ibok.staff_settings (language) values ('en')`);
    await barbara.query(`insert into ibok.staff_settings (language) values ('pl')`);
    const { rows } = await anna.query(
      'select login, language, octet_length(draft_key) as bytes from ibok.staff_settings',
    );
    expect(rows).toEqual([{ login: 's_anna', language: 'en', bytes: 32 }]);
    await expect(
      anna.query(`update ibok.staff_settings set draft_key = decode(repeat('00', 32), 'hex')`),
    ).rejects.toMatchObject({
      code: '42501',
    });
    await expect(anna.query('select api.whoami(), ibok.store_act(null, null, null, null)')).rejects.toMatchObject({
      code: '42501',
    });
  });
});
