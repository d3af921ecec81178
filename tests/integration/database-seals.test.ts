import type { Client } from 'pg';
import { beforeEach, expect, it } from 'vitest';
import { insertCustomer } from '../support/customers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let worker: Client;

beforeEach(async () => {
  root = await database().asSuperuser();
  worker = await database().asLogin('ibok_worker');
});

const seal = async () => (await worker.query('select jobs.seal() as result')).rows[0].result;
const verify = async () => (await worker.query('select audit.verify_chain() as result')).rows[0].result;
/** What a superuser can do who switches the triggers off. */
const tamper = async (sql: string) => {
  await root.query('begin');
  await root.query('set local session_replication_role = replica');
  await root.query(sql);
  await root.query('commit');
};

it('seals what was marked in the run before, and verifies it', async () => {
  await insertCustomer(root);
  await seal();
  expect(await seal()).toMatchObject({ pending: false });
  await insertCustomer(root);
  await seal();
  await seal();
  const found = await verify();
  expect(found).toMatchObject({ ok: true, unsealed: 0, firstBad: null });
  expect(found.seals).toBeGreaterThanOrEqual(2);
  expect(found.head).toMatch(/^[0-9a-f]{64}$/);
});

it('waits for a transaction that already has event ids, however many others commit meanwhile', async () => {
  await seal();
  await seal();
  const slow = await database().asSuperuser();
  await slow.query('begin');
  await insertCustomer(slow);
  await insertCustomer(root);
  await seal();
  expect(await seal()).toEqual({ sealed: 0, pending: true });
  await insertCustomer(root);
  expect(await seal()).toEqual({ sealed: 0, pending: true });
  await slow.query('commit');
  expect((await seal()).sealed).toBeGreaterThanOrEqual(2);
  await seal();
  expect(await verify()).toMatchObject({ ok: true, unsealed: 0 });
});

it('waits also when the running transaction has the highest number of all', async () => {
  await seal();
  await seal();
  const early = await database().asSuperuser();
  const late = await database().asSuperuser();
  await early.query('begin');
  await early.query('select pg_current_xact_id()');
  await late.query('begin');
  await insertCustomer(late);
  await insertCustomer(early);
  await early.query('commit');
  await seal();
  expect(await seal()).toEqual({ sealed: 0, pending: true });
  await late.query('commit');
  await seal();
  await seal();
  expect(await verify()).toMatchObject({ ok: true, unsealed: 0 });
});

it('heals a mark that comes from a cluster with higher transaction numbers', async () => {
  await insertCustomer(root);
  await seal();
  await root.query(`update audit.seal_mark set below_xid = '999999999999'`);
  expect(await seal()).toMatchObject({ sealed: 0, pending: true });
  expect((await seal()).sealed).toBeGreaterThan(0);
});

it('refuses to seal inside a transaction that has written', async () => {
  await worker.query('begin');
  await worker.query('select pg_current_xact_id()');
  await expect(worker.query('select jobs.seal()')).rejects.toMatchObject({ code: 'IB006' });
  await worker.query('rollback');
});

it('names the seal of a changed event and of a deleted one, and the event whose values were changed or removed', async () => {
  const id = await insertCustomer(root, { last_name: 'Sowa' });
  await seal();
  await seal();
  const { rows } = await root.query(
    `select id, login from audit.events where table_name = 'customers' and row_id = $1`,
    [id],
  );
  const event = rows[0].id;
  const within = { seal: expect.any(Number), firstEvent: expect.any(Number), lastEvent: expect.any(Number) };

  await tamper(`update audit.events set login = 's_anna' where id = ${event}`);
  expect(await verify()).toMatchObject({ ok: false, firstBad: { problem: 'event_changed', ...within } });
  await tamper(`update audit.events set login = '${rows[0].login}' where id = ${event}`);

  await tamper(
    `update audit.event_values set changes = jsonb_set(changes, '{last_name,1}', '"Lis"') where event_id = ${event}`,
  );
  expect(await verify()).toMatchObject({ ok: false, firstBad: { problem: 'values_changed', event: Number(event) } });
  await tamper(
    `update audit.event_values set changes = jsonb_set(changes, '{last_name,1}', '"Sowa"') where event_id = ${event}`,
  );
  expect(await verify()).toMatchObject({ ok: true });

  await tamper(`delete from audit.event_values where event_id = ${event}`);
  expect(await verify()).toMatchObject({ ok: false, firstBad: { problem: 'values_missing', event: Number(event) } });
  await tamper(`delete from audit.events where id = ${event}`);
  const deleted = await verify();
  expect(deleted).toMatchObject({ ok: false, firstBad: { problem: 'event_missing', ...within } });
  expect(deleted.firstBad.firstEvent).toBeLessThanOrEqual(Number(event));
  expect(deleted.firstBad.lastEvent).toBeGreaterThanOrEqual(Number(event));
});
