import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createWorker } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { insertCustomer } from '../support/customers';
import { type Desk, type DeskWindow, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { buildTemplate, createTestDatabase, TEST_PASSWORD } from '../support/postgres';
import { openCut } from '../support/proxy';
import { type Pair, startPair } from '../support/replication';

let pair: Pair;
let database = '';
let people: { zuk: string; bare: string };
const desks: Desk[] = [];

beforeAll(async () => {
  pair = await startPair(async ({ host, port, superuser }) => {
    const server = { host, port, password: superuser.password };
    await buildTemplate(server);
    const made = await createTestDatabase(server);
    people = await plantPeople(await made.asSuperuser());
    await made.disconnect();
    database = made.name;
  });
}, 60_000);
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
});
afterAll(() => pair?.close());

type Options = Partial<Parameters<typeof openDesk>[0]>;

function desk(hosts: { host: string; port: number }[], options: Options = {}): Desk {
  const opened = openDesk({ hosts, database, embedded: true, ...options });
  desks.push(opened);
  return opened;
}

describe('a server of several hosts', () => {
  it.each(['first', 'last'])('is signed in to where it can be written to, be that the %s', async (position) => {
    const hosts = position === 'first' ? [pair.primary, pair.standby] : [pair.standby, pair.primary];
    const opened = desk(hosts);
    const api = await opened.window('a').signIn('s_anna', TEST_PASSWORD);
    const saved = await api.session.saveSettings.mutate({ language: 'en', theme: 'dark', density: 'compact' });
    expect(saved).toMatchObject({ theme: 'dark' });
    const state = await api.session.state.query();
    expect(state).toMatchObject({ status: 'active' });
  });

  it('is named on the health page as the desk uses it', async () => {
    const { host, port } = pair.primary;
    const opened = desk([pair.standby, pair.primary], { readFrom: 'standby' });
    const api = await opened.window('b').signIn('s_barbara', TEST_PASSWORD);
    const standby = { host: `${pair.standby.host}:${pair.standby.port}`, lagSeconds: expect.any(Number) };
    await expect
      .poll(async () => (await api.health.get.query()).hosts, { timeout: 10_000 })
      .toEqual({ count: 2, writable: `${host}:${port}`, standby });
  });

  it('says so when only a standby answers, and when none does', async () => {
    const nobody = { host: '127.0.0.1', port: 1 };
    const login = { server: 'main', login: 's_anna', password: TEST_PASSWORD };
    const codeAt = async (hosts: { host: string; port: number }[], password = TEST_PASSWORD) => {
      const call = desk(hosts)
        .window('a')
        .api.session.signIn.mutate({ ...login, password });
      return (await refusalOf(call)).code;
    };
    expect(await codeAt([nobody, pair.standby])).toBe('SIGN_IN_ONLY_STANDBY');
    expect(await codeAt([pair.standby])).toBe('SIGN_IN_ONLY_STANDBY');
    expect(await codeAt([nobody, nobody])).toBe('SIGN_IN_NO_SERVER');
    expect(await codeAt([nobody, pair.standby, pair.primary], 'nie-to-haslo')).toBe('SIGN_IN_WRONG_PASSWORD');
  });

  it('whose primary is set to read only is left, and found again, without signing in anew', async () => {
    const window = desk([pair.primary, pair.standby]).window('a');
    const api = await window.signIn('s_anna', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    const root = await pair.asSuperuser('primary', database);
    const readOnly = async (value: 'on' | 'off') => {
      await root.query('set default_transaction_read_only = off');
      await root.query(`alter system set default_transaction_read_only = ${value}`);
      await root.query('select pg_reload_conf()');
    };
    let from: string | null = null;
    let serial = 700;
    const write = async () => {
      const to = `+48 601 000 ${serial++}`;
      const act = { id: people.bare, requestId: randomUUID(), changes: { phone: { from, to } } };
      const answer = await api.customers.editContact.mutate(act);
      from = to;
      return answer;
    };
    try {
      await readOnly('on');
      // The server takes a moment to read its settings anew.
      await expect.poll(async () => (await refusalOf(write()).catch(() => null))?.code).toBe('CONNECTION_LOST');
      await expect.poll(() => seen).toContainEqual({ topic: 'link', id: 'down' });
    } finally {
      await readOnly('off');
    }
    await expect.poll(() => seen, { timeout: 10_000 }).toContainEqual({ topic: 'link', id: 'up' });
    expect(await write()).toMatchObject({ status: 'saved' });
    stop();
  });
});

describe('reading from a standby', () => {
  const STALE_S = 5;
  let primary: Client;
  let standby: Client;
  beforeAll(async () => {
    primary = await pair.asSuperuser('primary', database);
    standby = await pair.asSuperuser('standby', database);
  });
  afterAll(() => standby?.query('select pg_wal_replay_resume()'));

  it('stays within the stated staleness, shows what this desk wrote or was told of, and falls back', async () => {
    const opened = desk([pair.primary, pair.standby], { readFrom: 'standby', maxStalenessSeconds: STALE_S });
    const window = opened.window('a');
    const api = await window.signIn('s_anna', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    const readsOf = async (wanted: string) =>
      (await api.dashboard.charts.query()).readings.find(({ month }) => month === wanted)?.actual;
    const readsOfMay = () => readsOf('2026-05');
    const customers = async () => (await api.dashboard.figures.query()).customers ?? 0;
    const askedOfStandby = async () => {
      const { rows } = await standby.query(
        `select count(*)::int as n from pg_stat_activity where usename = 's_anna' and query like '%generate_series%'
            and query_start > clock_timestamp() - interval '200 milliseconds'`,
      );
      return rows[0].n > 0;
    };
    // Fresh enough: the charts are asked of the standby.
    await expect
      .poll(async () => [await readsOfMay(), await askedOfStandby()], { timeout: 10_000, interval: 250 })
      .toEqual([0, true]);

    const read = async (day: string, value: number) => {
      await primary.query(
        `insert into ibok.readings (installation_id, read_on, value, kind, source, state)
         select id, $1, $2, 'actual', 'import', 'acknowledged' from ibok.meter_installations where removed_on is null`,
        [day, value],
      );
    };
    const before = await customers();
    await standby.query('select pg_wal_replay_pause()');
    await read('2026-05-04', 30);
    await insertCustomer(primary);
    const writtenAt = performance.now();
    await expect.poll(() => seen).toContainEqual(expect.objectContaining({ topic: 'customers' }));
    // A report may be that old; a screen that was just told of a change may not.
    expect(await readsOfMay()).toBe(0);
    expect(await customers()).toBe(before + 1);
    // The standby stands still, so that its proof grows old and the primary answers.
    await expect.poll(readsOfMay, { timeout: 10_000, interval: 250 }).toBe(1);
    expect(performance.now() - writtenAt).toBeLessThan((STALE_S + 1) * 1000);

    await standby.query('select pg_wal_replay_resume()');
    await expect
      .poll(async () => [await readsOfMay(), await askedOfStandby()], { timeout: 10_000, interval: 250 })
      .toEqual([1, true]);

    // Once this desk has written, nothing older than that is shown to it.
    await standby.query('select pg_wal_replay_pause()');
    await read('2026-06-04', 40);
    expect(await readsOf('2026-06')).toBe(0);
    const changes = { phoneAlt: { from: null, to: '+48 601 000 999' } };
    await api.customers.editContact.mutate({ id: people.zuk, requestId: randomUUID(), changes });
    expect(await readsOf('2026-06')).toBe(1);
    await standby.query('select pg_wal_replay_resume()');
    stop();
  }, 40_000);
});

interface Act {
  to: string;
  tries: number;
  answeredAt: number;
}

/** One clerk's work: changes one number again and again, each act sent until it is answered. `done` grows meanwhile. */
function work({ api }: DeskWindow, customer: string, series: number): { done: Act[]; stop(): Promise<void> } {
  const done: Act[] = [];
  let stopped = false;
  const send = async (changes: { phone: { from: string | null; to: string } }) => {
    const act = { id: customer, requestId: randomUUID(), changes };
    for (let tries = 1; ; tries++) {
      try {
        expect(await api.customers.editContact.mutate(act)).toMatchObject({ status: 'saved' });
        return tries;
      } catch (error) {
        expect((await refusalOf(Promise.reject(error))).code).toBe('CONNECTION_LOST');
        await setTimeout(100);
      }
    }
  };
  const working = (async () => {
    let { phone: from } = (await api.customers.card.query({ id: customer, purpose: 'visit' })).contact;
    for (let i = 0; !stopped; i++) {
      const digits = String(i).padStart(5, '0');
      const to = `+48 601 ${series}${digits.slice(0, 2)} ${digits.slice(2)}`;
      const tries = await send({ phone: { from, to } });
      done.push({ to, tries, answeredAt: performance.now() });
      from = to;
    }
  })();
  return {
    done,
    stop: async () => {
      stopped = true;
      await working;
    },
  };
}

describe('a failover', () => {
  it('under load is followed within ten seconds by desks and worker: nothing lost, nothing doubled', async () => {
    const { primary, standby } = pair;
    const worker = createWorker(
      { ...standardPorts(() => undefined), mail: null, archive: null },
      { hosts: [primary, standby], database, user: 'ibok_worker', password: TEST_PASSWORD, ca: null },
    );
    await worker.ready;
    expect(worker.isLeader()).toBe(true);
    // For one desk the primary's connections break, for the other it falls silent, as a machine without power does.
    const cable = await openCut(primary);
    const anna = desk([primary, standby]).window('anna');
    const barbara = desk([{ host: '127.0.0.1', port: cable.port }, standby]).window('barbara');
    await anna.signIn('s_anna', TEST_PASSWORD);
    await barbara.signIn('s_barbara', TEST_PASSWORD);
    const heard = [anna.hints(), barbara.hints()];
    const clerks = [work(anna, people.zuk, 1), work(barbara, people.bare, 2)];
    for (const { done } of clerks) await expect.poll(() => done.length, { timeout: 10_000 }).toBeGreaterThan(50);

    const successor = await pair.asSuperuser('standby', database);
    cable.hold();
    await pair.killPrimary();
    await successor.query('select pg_promote()');
    const promotedAt = performance.now();
    const backAt = ({ done }: { done: Act[] }) => done.find(({ answeredAt }) => answeredAt > promotedAt)?.answeredAt;
    for (const clerk of clerks) {
      await expect.poll(() => backAt(clerk), { timeout: 15_000 }).toBeDefined();
      expect(backAt(clerk) ?? 0).toBeLessThan(promotedAt + 10_000);
    }
    await setTimeout(500);
    await Promise.all(clerks.map(({ stop }) => stop()));
    for (const { seen, stop } of heard) {
      for (const id of ['down', 'up']) expect(seen).toContainEqual({ topic: 'link', id });
      expect(seen).toContainEqual({ topic: 'resync' });
      stop();
    }
    expect(await anna.api.session.state.query()).toMatchObject({ status: 'active' });

    // Every act that was answered stands in the successor's trail exactly once.
    const acts = clerks.flatMap(({ done }) => done);
    expect(acts.some(({ tries }) => tries > 1)).toBe(true);
    const { rows } = await successor.query<{ to: string; times: number }>(
      `select changes #>> '{phone,1}' as to, count(*)::int as times from audit.event_values
        where changes ? 'phone' group by 1`,
    );
    const times = new Map(rows.map((row) => [row.to, row.times]));
    expect(acts.filter(({ to }) => times.get(to) !== 1)).toEqual([]);

    await expect.poll(() => worker.isLeader(), { timeout: 10_000 }).toBe(true);
    for (let run = 0; run < 3; run++) await successor.query('select jobs.seal()');
    const chain = await successor.query('select audit.verify_chain() as report');
    expect(chain.rows[0].report).toMatchObject({ ok: true, unsealed: 0 });
    await worker.close();
    await cable.close();
  }, 60_000);
});
