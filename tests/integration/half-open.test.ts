import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { type Cut, openCut } from '../support/proxy';

/** How long a person may be left without a word (docs/security.md, R4). */
const WORD_MS = 5_000;
const BACK_MS = 10_000;

const database = testDatabase();
let bare = '';
beforeAll(async () => {
  bare = (await plantPeople(await database().asSuperuser())).bare;
});

const cuts: Cut[] = [];
const desks: Desk[] = [];
afterEach(async () => {
  await Promise.all(cuts.map((cut) => cut.mend()));
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
  await Promise.all(cuts.splice(0).map((cut) => cut.close()));
});

/** A desk behind a cable of its own. */
async function behindCable() {
  const { host, port, name } = database();
  const cut = await openCut({ host, port });
  cuts.push(cut);
  const desk = openDesk({ host: '127.0.0.1', port: cut.port, database: name, embedded: true });
  desks.push(desk);
  return { cut, window: desk.window('anna') };
}

/** The code of a refusal and the milliseconds it took. */
async function timed(call: Promise<unknown>): Promise<{ code: string; ms: number }> {
  const began = performance.now();
  const { code } = await refusalOf(call);
  return { code, ms: performance.now() - began };
}

describe('a server that falls silent without closing its connections', () => {
  it('is noticed within five seconds, and worked with again within ten, nothing done twice', async () => {
    const { cut, window } = await behindCable();
    const api = await window.signIn('s_anna', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    await api.customers.cities.query();
    const act = { id: bare, requestId: randomUUID(), changes: { phone: { from: null, to: '+48 601 000 801' } } };

    cut.hold();
    // More calls than the pool has connections: the last of them waits for one.
    const calls = [api.customers.editContact.mutate(act), api.customers.cities.query(), api.customers.cities.query()];
    for (const { code, ms } of await Promise.all(calls.map(timed))) {
      expect(code).toBe('CONNECTION_LOST');
      expect(ms).toBeLessThan(WORD_MS);
    }
    expect(seen).toContainEqual({ topic: 'link', id: 'down' });
    // Known to be away: the next call is answered at once.
    const next = await timed(api.customers.cities.query());
    expect(next.code).toBe('CONNECTION_LOST');
    expect(next.ms).toBeLessThan(500);

    const mendedAt = performance.now();
    await cut.mend();
    await expect.poll(() => seen, { timeout: BACK_MS }).toContainEqual({ topic: 'resync' });
    expect(await api.customers.editContact.mutate(act)).toEqual({ status: 'saved', changed: ['phone'] });
    expect(performance.now() - mendedAt).toBeLessThan(BACK_MS);
    expect(await api.session.state.query()).toMatchObject({ status: 'active' });
    const root = await database().asSuperuser();
    const { rows } = await root.query(
      `select count(*)::int as n from audit.event_values where changes #>> '{phone,1}' = '+48 601 000 801'`,
    );
    expect(rows[0].n).toBe(1);
    stop();
  });

  it('is away as well when each answer takes five seconds', async () => {
    const { cut, window } = await behindCable();
    const api = await window.signIn('s_anna', TEST_PASSWORD);
    cut.delay(5_000);
    const late = await timed(api.customers.cities.query());
    expect(late.code).toBe('CONNECTION_LOST');
    expect(late.ms).toBeLessThan(WORD_MS);
    const mendedAt = performance.now();
    await cut.mend();
    await expect
      .poll(() => api.customers.cities.query().catch(() => null), { timeout: BACK_MS })
      .toMatchObject({ cities: expect.any(Array) });
    expect(performance.now() - mendedAt).toBeLessThan(BACK_MS);
  });

  it('keeps nobody from signing out', async () => {
    const { cut, window } = await behindCable();
    const api = await window.signIn('s_anna', TEST_PASSWORD);
    await api.customers.cities.query();
    cut.hold();
    const began = performance.now();
    expect(await api.session.signOut.mutate()).toMatchObject({ status: 'signedOut' });
    // By itself, not because the silence was noticed meanwhile.
    expect(performance.now() - began).toBeLessThan(3_200);
  });

  it('is named when somebody signs in, and passed over where there is another', async () => {
    const { cut, window } = await behindCable();
    cut.hold();
    const silent = await timed(window.signIn('s_anna', TEST_PASSWORD));
    expect(silent.code).toBe('SIGN_IN_TIMEOUT');
    expect(silent.ms).toBeLessThan(WORD_MS);
    const { host, port, name } = database();
    const hosts = [
      { host: '127.0.0.1', port: cut.port },
      { host, port },
    ];
    const desk = openDesk({ hosts, database: name, embedded: true });
    desks.push(desk);
    const began = performance.now();
    await desk.window('a').signIn('s_anna', TEST_PASSWORD);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
