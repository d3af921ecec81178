import type { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { blockEndedAccounts, purgeAccountTokens } from '../../main/modules/accounts/accounts.jobs';
import { issueLink, plantAccount } from '../support/accounts';
import { plantPeople } from '../support/people';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let worker: Client;
let people: Awaited<ReturnType<typeof plantPeople>>;

beforeAll(async () => {
  people = await plantPeople(await database().asSuperuser());
});
beforeEach(async () => {
  root = await database().asSuperuser();
  worker = await database().asLogin('ibok_worker');
  await root.query('delete from ibok.contracts');
  await root.query(`update ibok.customers set deceased_on = null where id in ($1, $2)`, [people.zuk, people.bare]);
});

const db = () => ({
  rows: async <Row extends object>(sql: string, bind: readonly unknown[] = []) =>
    (await worker.query<Row>(sql, [...bind])).rows,
});
const run = () => blockEndedAccounts.run(db());
const contract = (customer: string, validTo: string | null, status = 'active') =>
  root.query(
    `insert into ibok.contracts (contract_no, customer_id, kind, valid_from, valid_to, status)
     values ('U-' || (select count(*) from ibok.contracts), $1, 'water', '2020-01-01', ${validTo ?? 'null'}, $2)`,
    [customer, status],
  );
const stateOf = async (id: string) =>
  (
    await root.query(
      `select a.status, a.block_reason as reason, b.blocked_by as by, d.asked_via as via
         from ibok.accounts a left join ibok.account_blocks b on b.account_id = a.id
         left join ibok.deletion_requests d on d.account_id = a.id where a.id = $1`,
      [id],
    )
  ).rows[0];

const UNTOUCHED = { status: 'active', reason: null, by: null, via: null };

describe('the worker', () => {
  it('blocks the account of a customer who died, opens its deletion, and does so once', async () => {
    const account = await plantAccount(root, people.zuk);
    const pending = await plantAccount(root, people.zuk, { status: 'pending' });
    const proxy = await plantAccount(root, people.zuk, { relation: 'proxy' });
    await contract(people.zuk, null);
    await run();
    expect(await stateOf(account.id)).toEqual(UNTOUCHED);
    await root.query('update ibok.customers set deceased_on = ibok.today() where id = $1', [people.zuk]);
    await run();
    const dead = { status: 'deleting', reason: 'death', by: 'ibok_worker', via: 'death' };
    expect(await stateOf(account.id)).toEqual(dead);
    expect(await stateOf(pending.id)).toEqual(dead);
    expect(await stateOf(proxy.id)).toEqual(UNTOUCHED);
    await run();
    const { rows } = await root.query('select count(*)::int from ibok.deletion_requests where account_id = $1', [
      account.id,
    ]);
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('blocks an account when the last contract of its holder has ended, and no day before', async () => {
    const account = await plantAccount(root, people.bare);
    await contract(people.bare, 'ibok.today() - 40', 'expired');
    await contract(people.bare, 'ibok.today()', 'terminated');
    await run();
    expect(await stateOf(account.id)).toEqual(UNTOUCHED);
    await root.query('update ibok.contracts set valid_to = ibok.today() - 1 where valid_to = ibok.today()');
    await run();
    expect(await stateOf(account.id)).toEqual({
      status: 'deleting',
      reason: 'contract_end',
      by: 'ibok_worker',
      via: 'contract_end',
    });
  });

  it('opens the deletion of an account blocked for another reason, and not again once it was refused', async () => {
    const account = await plantAccount(root, people.bare, { status: 'blocked', reason: 'breach' });
    await contract(people.bare, 'ibok.today() - 1', 'expired');
    await run();
    const opened = { status: 'deleting', reason: 'breach', by: 'postgres', via: 'contract_end' };
    expect(await stateOf(account.id)).toEqual(opened);
    const refuse = async () => {
      await root.query(
        `update ibok.deletion_requests set status = 'rejected', closed_at = now() where account_id = $1 and closed_at is null`,
        [account.id],
      );
      await root.query(`update ibok.accounts set status = 'blocked', status_before = null where id = $1`, [account.id]);
    };
    await refuse();
    await run();
    expect(await stateOf(account.id)).toEqual({ ...opened, status: 'blocked' });
    // A death is another cause, and comes up for itself.
    await root.query('update ibok.customers set deceased_on = ibok.today() where id = $1', [people.bare]);
    await run();
    const { rows } = await root.query(
      'select asked_via as via from ibok.deletion_requests where account_id = $1 order by id',
      [account.id],
    );
    expect(rows).toEqual([{ via: 'contract_end' }, { via: 'death' }]);
  });

  it('writes of a block, and of no request that nobody made', async () => {
    const account = await plantAccount(root, people.bare);
    await contract(people.bare, 'ibok.today() - 1', 'expired');
    await run();
    const { rows } = await root.query(
      `select split_part(key, ':', 1) as template from ibok.outbox where record = 'accounts:' || $1`,
      [account.id],
    );
    expect(rows).toEqual([{ template: 'account.blocked' }]);
  });

  it('leaves an account alone that holds another contract, or whose customer has none on record', async () => {
    const two = await plantAccount(root, people.bare);
    await root.query(`insert into ibok.account_access (account_id, customer_id, relation) values ($1, $2, 'holder')`, [
      two.id,
      people.zuk,
    ]);
    const none = await plantAccount(root, people.firm);
    await contract(people.bare, 'ibok.today() - 1', 'expired');
    await contract(people.zuk, null);
    await run();
    expect(await stateOf(two.id)).toEqual(UNTOUCHED);
    expect(await stateOf(none.id)).toEqual(UNTOUCHED);
  });

  it('blocks the others when one cannot be blocked, and says so', async () => {
    const [first, second] = [await plantAccount(root, people.bare), await plantAccount(root, people.bare)];
    // Another block is open: a state that only a mistake of the owner's could make.
    await root.query(`insert into ibok.account_blocks (account_id, reason) values ($1, 'wish')`, [first.id]);
    await contract(people.bare, 'ibok.today() - 1', 'expired');
    await expect(run()).rejects.toThrow(expect.objectContaining({ name: 'AccountsNotBlocked' }));
    expect(await stateOf(first.id)).toMatchObject({ status: 'active' });
    expect(await stateOf(second.id)).toMatchObject({ status: 'deleting', via: 'contract_end' });
    await root.query('delete from ibok.account_blocks where account_id = $1', [first.id]);
    await run();
    expect(await stateOf(first.id)).toMatchObject({ status: 'deleting' });
  });

  it('forgets links a month after their end, and never one that was used', async () => {
    const account = await plantAccount(root, people.firm);
    await issueLink(root, account.id, 'activation');
    await root.query(`update ibok.account_tokens set expires_at = now() - interval '31 days' where account_id = $1`, [
      account.id,
    ]);
    await purgeAccountTokens.run(db());
    const { rows } = await root.query(
      'select used_at is not null as used from ibok.account_tokens where account_id = $1',
      [account.id],
    );
    expect(rows).toEqual([{ used: true }]);
  });
});
