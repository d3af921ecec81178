import type { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CanaryAccount, findCanaries, plantCanaryAccount } from '../support/canary-account';
import { untilSomebodyWaits } from '../support/locks';
import { plantPeople } from '../support/people';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let customer: string;
let root: Client;
let worker: Client;
let clerk: Client;
let planted: CanaryAccount;
let mark = '';
let request: string;
let accounts = 0;

const value = async <T>(client: Client, sql: string, values: unknown[] = []): Promise<T> =>
  Object.values((await client.query(sql, values)).rows[0] ?? {})[0] as T;

beforeAll(async () => {
  const superuser = await database().asSuperuser();
  customer = (await plantPeople(superuser)).zuk;
  // Whoever was made a moment ago decides nothing.
  await superuser.query(`update ibok.staff_members set created_at = now() - interval '3 days',
    password_reset_at = now() - interval '3 days'`);
});

beforeEach(async () => {
  [root, worker, clerk] = await Promise.all([
    database().asSuperuser(),
    database().asLogin('ibok_worker'),
    database().asLogin('s_barbara'),
  ]);
  accounts += 1;
  mark = `zamek${accounts}`;
  planted = await plantCanaryAccount(root, customer, mark);
  const asking = await database().asLogin('s_anna');
  const asked = await value<{ id: string; approvalId: string }>(
    asking,
    `select api.request_deletion($1, 'letter', ibok.today(), 'signature', null, null)`,
    [planted.account],
  );
  request = asked.id;
  await root.query(`update ibok.outbox set state = 'sent', sent_at = now()`);
  await clerk.query('select api.decide_approval($1, true, null, null)', [asked.approvalId]);
});

const execute = () => value<{ outcome: string }>(worker, 'select jobs.execute_deletion($1)', [request]);
/** A message that may be sent again: of a record, the first. */
const mailOf = (record: string) => value<string>(root, 'select min(id) from ibok.outbox where record = $1', [record]);
/** Each adds something to what the account consists of. */
const WRITERS: readonly [string, () => Promise<unknown>][] = [
  [
    'a message of the account sent again',
    async () => clerk.query('select api.resend_mail($1, null, null)', [await mailOf(`accounts:${planted.account}`)]),
  ],
  [
    'a message of a refused application sent again',
    async () =>
      clerk.query('select api.resend_mail($1, null, null)', [await mailOf(`registrations:${planted.refused}`)]),
  ],
  ['a paper of the account', () => paper('accounts', planted.account)],
  ['a paper of a refused application', () => paper('registrations', planted.refused)],
  ['a paper of the request', () => paper('deletion_requests', request)],
];

/** Under the triggers, past the rights: any writer of documents is meant. */
function paper(table: string, owner: string): Promise<unknown> {
  return clerk.query(
    `insert into ibok.documents (title, category, owner_table, owner_id, retention_class) values ($1, 'other', $2, $3, 'portal')`,
    [`kanarek-${mark}-spozniony`, table, owner],
  );
}

describe('an erasure and somebody who adds to the account at the same moment', () => {
  it.each(WRITERS)('%s: refused after the erasure', async (name, write) => {
    if (name.startsWith('a paper')) clerk = await database().asSuperuser();
    await worker.query('begin');
    await execute();
    const late = expect(write()).rejects.toMatchObject({ code: 'IB006' });
    await untilSomebodyWaits(root);
    await worker.query('commit');
    await late;
    expect(await findCanaries(root, mark)).toEqual({ 'ibok.outbox': 1 });
  });

  it.each(WRITERS)('%s: erased when it came first', async (name, write) => {
    if (name.startsWith('a paper')) clerk = await database().asSuperuser();
    await clerk.query('begin');
    await write();
    const erased = execute();
    await untilSomebodyWaits(root);
    await clerk.query('commit');
    expect((await erased).outcome).toBe('done');
    expect(await findCanaries(root, mark)).toEqual({ 'ibok.outbox': 1 });
  });

  it('never waits for each other over an access that ends', async () => {
    const account = await plantCanaryAccount(root, customer, `${mark}-dostep`);
    const access = await value<string>(root, 'select id from ibok.account_access where account_id = $1', [
      account.account,
    ]);
    // The locks of an erasure, in its order.
    await root.query('begin');
    await root.query('select from ibok.accounts where id = $1 for update', [account.account]);
    const ended = (await database().asLogin('s_anna')).query('select api.end_account_access($1, ibok.today(), null)', [
      access,
    ]);
    await untilSomebodyWaits(await database().asSuperuser());
    await root.query('select from ibok.account_access where account_id = $1 for update', [account.account]);
    await root.query('commit');
    expect((await ended).rowCount).toBe(1);
  });
});
