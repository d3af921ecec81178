import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertCustomer } from '../support/customers';
import { type Client, type Desk, openDesk } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let anna: Client;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
});
afterAll(() => desk.close());

test('an act that the server ended for a ring of waiting is done at the second try, and once', async () => {
  const root = await database().asSuperuser();
  const other = await database().asSuperuser();
  const id = await insertCustomer(root, { office_note: 'pies' });
  await root.query(`
    create function public.wait_for_other() returns trigger language plpgsql security definer as $$
    begin perform pg_advisory_xact_lock(4711); return null; end $$;
    create trigger zz_wait after update on ibok.customers for each row execute function public.wait_for_other()`);
  // The other one is patient: whoever looks first is the one that is ended.
  await other.query(`set deadlock_timeout = '20s'`);
  await other.query('begin');
  await other.query('select pg_advisory_xact_lock(4711)');
  const requestId = randomUUID();
  const saved = anna.customers.editContact.mutate({
    id,
    requestId,
    changes: { officeNote: { from: 'pies', to: 'dwa psy' } },
  });
  await expect
    .poll(async () => (await root.query(`select from pg_locks where locktype = 'advisory' and not granted`)).rowCount)
    .toBe(1);
  await other.query('select from ibok.customers where id = $1 for update', [id]);
  await other.query('commit');
  expect(await saved).toMatchObject({ status: 'saved' });
  const { rows } = await root.query('select office_note from ibok.customers where id = $1', [id]);
  expect(rows).toEqual([{ office_note: 'dwa psy' }]);
  const acts = await root.query('select from ibok.acts where client_request_id = $1', [requestId]);
  expect(acts.rowCount).toBe(1);
});
