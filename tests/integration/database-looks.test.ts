import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertCustomer } from '../support/customers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
const PESEL = '44051401359';
let customer: string;

beforeAll(async () => {
  const root = await database().asSuperuser();
  customer = await insertCustomer(root, { pesel: PESEL, phone: '600 100 200', last_name: 'Wglądowa' });
});

/** The test server writes its log beside its data: the embedded one and an installed one each in its own place. */
async function serverLog(root: Client): Promise<string> {
  const { rows } = await root.query('show data_directory');
  const data: string = rows[0].data_directory;
  const places = [join(dirname(data), 'logs', 'postgres.log'), join(dirname(data), 'postgres.log'), join(data, 'log')];
  const found = await Promise.all(places.map((place) => readFile(place, 'utf8').catch(() => '')));
  return found.join('\n');
}

describe('a look at personal data', () => {
  it.each([
    ['a revealed number', `select api.reveal($1, 'pesel', 'powód-nie-do-logu')`, 'pesel'],
    ['a card', `select api.open_card($1, 'visit')`, 'card'],
    ['a history', `select * from api.history('customers', $1)`, 'history'],
  ])('%s stands in the server log even when its transaction is rolled back', async (_, sql, fields) => {
    const root = await database().asSuperuser();
    const anna = await database().asLogin('s_anna');
    await anna.query('set client_min_messages = error');
    await anna.query('begin');
    await anna.query(sql, [customer]);
    await anna.query('rollback');
    const line = `ibok look: login=s_anna customer=${customer} fields=${fields}`;
    await expect.poll(() => serverLog(root)).toContain(line);
    const log = await serverLog(root);
    for (const secret of [PESEL, 'powód-nie-do-logu', 'Wglądowa', '600 100 200']) expect(log).not.toContain(secret);
  });

  it('cannot be kept out of the server log by the person who looks', async () => {
    const anna = await database().asLogin('s_anna');
    for (const setting of ['log_min_messages', 'log_error_verbosity', 'log_min_error_statement']) {
      await expect(anna.query(`set ${setting} = default`), setting).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('by a contact counts towards the alarm like a card, and names at most 20 people', async () => {
    const root = await database().asSuperuser();
    for (let n = 0; n < 25; n += 1) await insertCustomer(root, { email: 'wspolny@example.org' });
    await root.query(`update ibok.rule_values set value = '19' where key = 'alarm.cards_per_day'`);
    const tomasz = await database().asLogin('s_tomasz');
    const found = await tomasz.query(`select * from api.find_by_contact('wspolny@example.org')`);
    expect(found.rowCount).toBe(20);
    const { rows } = await root.query('select kind, login from audit.alarms');
    expect(rows).toEqual([{ kind: 'card_opens', login: 's_tomasz' }]);
  });

  it('is forgotten after the months of the rule, 12 from the start', async () => {
    const root = await database().asSuperuser();
    const worker = await database().asLogin('ibok_worker');
    await root.query('delete from audit.reads');
    const look = (ago: string) =>
      root.query(
        `insert into audit.reads (at, login, application, purpose, fields)
         values (now() - $1::interval, 's_x', 'test', 'visit', 'card')`,
        [ago],
      );
    await look('13 months');
    await look('7 months');
    await look('1 day');
    const purge = async () => Number((await worker.query('select jobs.purge_reads() as n')).rows[0].n);
    expect(await purge()).toBe(1);
    expect(await purge()).toBe(0);
    await root.query(`update ibok.rule_values set value = '6' where key = 'retention.read_log_months'`);
    expect(await purge()).toBe(1);
    expect((await root.query('select from audit.reads')).rowCount).toBe(1);
  });
});
