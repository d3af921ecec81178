import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createWorker, type Worker } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { workerConnection } from '../../main/hosts/worker/connection';
import { insertCustomer, insertSupply } from '../support/customers';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
const started: Worker[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.close()));
});

function start(): Worker {
  const { host, port, name } = database();
  const to = { hosts: [{ host, port }], database: name, user: 'ibok_worker', password: TEST_PASSWORD, ca: null };
  const worker = createWorker({ ...standardPorts(() => undefined), mail: null, archive: null }, to);
  started.push(worker);
  return worker;
}

const leaders = () => started.filter((worker) => worker.isLeader());

describe('the worker', () => {
  it('leads alone, and when its connection is cut somebody leads again within ten seconds', async () => {
    const pair = [start(), start()];
    await Promise.all(pair.map((worker) => worker.ready));
    expect(leaders()).toHaveLength(1);
    const root = await database().asSuperuser();
    const holders = `select pid from pg_locks where locktype = 'advisory' and granted and objid = 4261001
      and database = (select oid from pg_database where datname = current_database())`;
    const { rows } = await root.query(holders);
    expect(rows).toHaveLength(1);
    await root.query('select pg_terminate_backend($1)', [rows[0].pid]);
    await expect
      .poll(
        async () => {
          const now = await root.query(holders);
          return now.rowCount === 1 && now.rows[0].pid !== rows[0].pid && leaders().length === 1;
        },
        { timeout: 10_000, interval: 100 },
      )
      .toBe(true);
    // The other one stays behind: two leaders would show within a round of retries.
    await setTimeout(4_000);
    expect(leaders()).toHaveLength(1);
  });

  it('hands the lead on when it closes', async () => {
    const first = start();
    await first.ready;
    expect(first.isLeader()).toBe(true);
    const second = start();
    await second.ready;
    expect(second.isLeader()).toBe(false);
    await first.close();
    await expect.poll(() => second.isLeader(), { timeout: 10_000 }).toBe(true);
  });

  it('seals what was written, forgets old looks, and brings addresses up to date that it slept through', async () => {
    const root = await database().asSuperuser();
    const customer = await insertCustomer(root);
    const { supply } = await insertSupply(root, customer, { city: 'Kartuzy', houseNo: '4' });
    // As time does it: a supply that ended a month ago, with nobody there to notice.
    await root.query('set session_replication_role = replica');
    await root.query('update ibok.supplies set valid_to = ibok.today() - 30 where id = $1', [supply]);
    await root.query('set session_replication_role = origin');
    await root.query(
      `insert into audit.reads (at, login, application, purpose, fields) values (now() - interval '2 years', 's_x', 't', 'visit', 'card')`,
    );
    const address = async () =>
      (await root.query('select address from ibok.customer_search where customer_id = $1', [customer])).rows[0].address;
    expect(await address()).not.toBe('');
    start();
    await expect.poll(address, { timeout: 10_000 }).toBe('');
    await expect.poll(async () => (await root.query('select from audit.reads')).rowCount, { timeout: 10_000 }).toBe(0);
    const health = async () => {
      const asWorker = await root.query(
        `select (select count(*)::int from audit.seals) as seals,
                (select count(*)::int from audit.events where id > (select coalesce(max(last_event), 0) from audit.seals)) as unsealed`,
      );
      return asWorker.rows[0];
    };
    await expect.poll(health, { timeout: 25_000, interval: 500 }).toMatchObject({ unsealed: 0 });
    expect((await health()).seals).toBeGreaterThan(0);
  }, 45_000);
});

describe('where the worker signs in', () => {
  const env = { IBOK_WORKER_URL: 'postgres://127.0.0.1:5433/ibok', IBOK_WORKER_PASSWORD: 'tajne' };

  it('is read from the environment', () => {
    expect(workerConnection(env)).toEqual({
      hosts: [{ host: '127.0.0.1', port: 5433 }],
      database: 'ibok',
      user: 'ibok_worker',
      password: 'tajne',
      ca: null,
    });
    const remote = { ...env, IBOK_WORKER_URL: 'postgres://other@db.example.org/ibok', IBOK_WORKER_CA: 'PEM' };
    expect(workerConnection(remote)).toMatchObject({
      hosts: [{ host: 'db.example.org', port: 5432 }],
      user: 'other',
      ca: 'PEM',
    });
  });

  it('may be several hosts, of which it follows the one that can be written to', () => {
    const pair = { ...env, IBOK_WORKER_URL: 'postgres://127.0.0.1:5433,[::1]:5434/ibok' };
    expect(workerConnection(pair).hosts).toEqual([
      { host: '127.0.0.1', port: 5433 },
      { host: '::1', port: 5434 },
    ]);
    const far = { ...env, IBOK_WORKER_URL: 'postgres://127.0.0.1,db.example.org/ibok' };
    expect(() => workerConnection(far)).toThrow(/IBOK_WORKER_CA/);
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['without an address', { ...env, IBOK_WORKER_URL: undefined }, /must be set/],
    ['without a password', { ...env, IBOK_WORKER_PASSWORD: '' }, /must be set/],
    [
      'with a password in the address',
      { ...env, IBOK_WORKER_URL: 'postgres://ibok_worker:haslo@127.0.0.1/ibok' },
      /must not hold a password/,
    ],
    [
      'on another machine without its authority',
      { ...env, IBOK_WORKER_URL: 'postgres://db.example.org/ibok' },
      /IBOK_WORKER_CA/,
    ],
  ])('is refused %s', (_, given, saying) => {
    expect(() => workerConnection(given)).toThrow(saying);
    expect(() => workerConnection(given)).not.toThrow(/haslo|tajne/);
  });
});
