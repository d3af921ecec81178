import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueLink, PASSWORD_HASH, plantAccount } from '../support/accounts';
import { plantPeople } from '../support/people';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let portal: Client;
let people: Awaited<ReturnType<typeof plantPeople>>;

beforeAll(async () => {
  people = await plantPeople(await database().asSuperuser());
});
beforeEach(async () => {
  root = await database().asSuperuser();
  portal = await database().asLogin('ibok_portal');
});

const NEW_HASH = PASSWORD_HASH.replace('c2FsdHNhbHRzYWx0', 'YW5vdGhlcnNhbHQx');

async function one<T>(client: Client, sql: string, values: unknown[] = []): Promise<T> {
  const { rows } = await client.query<Record<string, T>>(sql, values);
  return Object.values(rows[0] ?? {})[0] as T;
}
const refusal = async (client: Client, sql: string, values: unknown[] = []): Promise<string> => {
  try {
    await client.query(sql, values);
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
  throw new Error('the call was not refused');
};
const statusOf = (id: string) => one<string>(root, 'select status from ibok.accounts where id = $1', [id]);
const signIn = (account: string, outcome: string, session: string | null = null) =>
  one<{ signedIn: boolean }>(portal, 'select portal.record_sign_in($1, $2, $3, $4, $5)', [
    account,
    outcome,
    '203.0.113.7',
    'Firefox 140',
    session,
  ]);

describe('a link', () => {
  it('activates the account once, in the name of its holder', async () => {
    const account = await plantAccount(root, people.zuk, { status: 'pending' });
    const token = await issueLink(root, account.id, 'activation');
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const stored = await one<string>(root, `select string_agg(t::text, ' ') from ibok.account_tokens t`);
    expect(stored).not.toContain(token);

    expect(await one(portal, 'select portal.activate($1, $2)', [token, PASSWORD_HASH])).toEqual({
      account: Number(account.id),
      login: account.login,
    });
    expect(await statusOf(account.id)).toBe('active');
    expect(await refusal(portal, 'select portal.activate($1, $2)', [token, PASSWORD_HASH])).toBe('IB011');
    const behalf = await one<string>(
      root,
      `select distinct on_behalf_of from audit.events
        where table_name = 'account_credentials' and row_id = $1 and login = 'ibok_portal'`,
      [account.id],
    );
    expect(behalf).toBe(`account:${account.id}`);
  });

  it('is refused by its own code when it is unknown, expired or replaced, and a plain password is no hash', async () => {
    const account = await plantAccount(root, people.zuk, { status: 'pending' });
    const activate = 'select portal.activate($1, $2)';
    expect(await refusal(portal, activate, ['f'.repeat(64), PASSWORD_HASH])).toBe('IB002');
    const old = await issueLink(root, account.id, 'activation');
    const token = await issueLink(root, account.id, 'activation');
    expect(await refusal(portal, activate, [old, PASSWORD_HASH])).toBe('IB013');
    expect(await refusal(portal, activate, [token, 'Haslo-jawne-2026'])).toBe('IB004');
    await root.query(`update ibok.account_tokens set expires_at = now() - interval '1 second' where account_id = $1`, [
      account.id,
    ]);
    expect(await refusal(portal, activate, [token, PASSWORD_HASH])).toBe('IB012');
    expect(await statusOf(account.id)).toBe('pending');
  });

  it('is used by one of two who open it at once', async () => {
    const account = await plantAccount(root, people.zuk, { status: 'pending' });
    const token = await issueLink(root, account.id, 'activation');
    const other = await database().asLogin('ibok_portal');
    const both = await Promise.allSettled(
      [portal, other].map((client) => client.query('select portal.activate($1, $2)', [token, PASSWORD_HASH])),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('sets a forgotten password, which ends the sessions of before', async () => {
    const account = await plantAccount(root, people.zuk);
    const session = randomUUID();
    await signIn(account.id, 'ok', session);
    const token = await issueLink(root, account.id, 'activation');
    await portal.query('select portal.activate($1, $2)', [token, NEW_HASH]);
    expect(await one(portal, 'select portal.keep_session($1, $2)', [account.id, session])).toBe(false);
    expect(await one(portal, 'select portal.credentials($1)', [account.login])).toMatchObject({
      passwordHash: NEW_HASH,
    });
  });

  it('confirms the address it was sent to, tells the one of before, and no other address', async () => {
    const account = await plantAccount(root, people.zuk);
    const clerk = await database().asLogin('s_anna');
    const change = 'select api.change_account_email($1, $2, $3, $4)';
    await clerk.query(change, [account.id, 'nowy@example.com', 'in_person', randomUUID()]);
    const first = await issueLink(root, account.id, 'email');
    await clerk.query(change, [account.id, 'drugi@example.com', 'phone', randomUUID()]);
    expect(await refusal(portal, 'select portal.confirm_email($1)', [first])).toBe('IB013');

    const token = await issueLink(root, account.id, 'email');
    await portal.query('select portal.confirm_email($1)', [token]);
    const { rows } = await root.query('select email, new_email from ibok.accounts where id = $1', [account.id]);
    expect(rows).toEqual([{ email: 'drugi@example.com', new_email: null }]);
    const told = await root.query(
      `select o.to_address, t.key from ibok.outbox o join ibok.templates t on t.id = o.template_id
        where o.record = 'accounts:' || $1 order by o.id`,
      [account.id],
    );
    expect(told.rows).toEqual([
      { to_address: 'nowy@example.com', key: 'account.email_confirmation' },
      { to_address: 'drugi@example.com', key: 'account.email_confirmation' },
      { to_address: account.email, key: 'account.email_changed' },
    ]);
  });
});

describe('signing in', () => {
  it('gives one answer for every login that cannot sign in', async () => {
    const pending = await plantAccount(root, people.zuk, { status: 'pending' });
    const blocked = await plantAccount(root, people.zuk, { status: 'blocked' });
    const active = await plantAccount(root, people.zuk);
    const asked = async (login: string) => one(portal, 'select portal.credentials($1)', [login]);
    const none = { account: null, passwordHash: null };
    expect(await asked('nikogo.takiego')).toEqual(none);
    expect(await asked(pending.login)).toEqual(none);
    expect(await asked(blocked.login)).toEqual(none);
    expect(await asked(active.login.toUpperCase())).toEqual({
      account: Number(active.id),
      passwordHash: PASSWORD_HASH,
    });
  });

  it('is kept in the history; a session holds until it is ended', async () => {
    const account = await plantAccount(root, people.zuk);
    const [first, second] = [randomUUID(), randomUUID()];
    expect(await signIn(account.id, 'ok', first)).toEqual({ signedIn: true });
    expect(await signIn(account.id, 'ok', second)).toEqual({ signedIn: true });
    const keeps = (session: string) => one(portal, 'select portal.keep_session($1, $2)', [account.id, session]);
    await portal.query('select portal.change_password($1, $2, $3)', [account.id, NEW_HASH, second]);
    expect([await keeps(first), await keeps(second)]).toEqual([false, true]);
    await portal.query('select portal.sign_out($1, $2)', [account.id, second]);
    expect(await keeps(second)).toBe(false);
    const { rows } = await root.query(
      'select outcome, host(address) as address, agent from ibok.account_sign_ins where account_id = $1 order by id',
      [account.id],
    );
    expect(rows).toEqual(Array(2).fill({ outcome: 'ok', address: '203.0.113.7', agent: 'Firefox 140' }));
  });

  it('blocks the account at the tenth wrong password in a row, says nothing of it, and tells the holder by mail', async () => {
    const account = await plantAccount(root, people.zuk);
    for (let time = 1; time <= 9; time += 1) {
      expect(await signIn(account.id, 'wrong_password')).toEqual({ signedIn: false });
    }
    await signIn(account.id, 'ok', randomUUID());
    for (let time = 1; time <= 9; time += 1) await signIn(account.id, 'wrong_password');
    expect(await statusOf(account.id)).toBe('active');
    expect(await signIn(account.id, 'wrong_password')).toEqual({ signedIn: false });
    expect(await statusOf(account.id)).toBe('blocked');
    expect(await signIn(account.id, 'ok', randomUUID())).toEqual({ signedIn: false });

    const { rows } = await root.query(
      `select b.reason, b.blocked_by, o.fields ->> 'reason' as told from ibok.account_blocks b
         join ibok.outbox o on o.key = 'account.blocked:block' || b.id where b.account_id = $1`,
      [account.id],
    );
    expect(rows).toEqual([
      { reason: 'failed_sign_ins', blocked_by: 'ibok_portal', told: 'zbyt wiele nieudanych prób logowania' },
    ]);
    const outcomes = await root.query(
      'select outcome, count(*)::int from ibok.account_sign_ins where account_id = $1 group by 1 order by 1',
      [account.id],
    );
    expect(outcomes.rows).toEqual([
      { outcome: 'ok', count: 1 },
      { outcome: 'refused', count: 1 },
      { outcome: 'wrong_password', count: 19 },
    ]);
  });
});

describe('the holder', () => {
  it('accepts a new version once, and gives and revokes a consent any number of times', async () => {
    const account = await plantAccount(root, people.zuk);
    const version = await one<string>(
      root,
      `insert into ibok.regulation_versions (label, effective_on) values ('Regulamin próbny 2', '2026-01-01') returning id`,
    );
    const profile = () =>
      one<{ regulations: { mustAccept: boolean }; consents: Record<string, boolean> }>(
        portal,
        'select portal.my_profile($1)',
        [account.id],
      );
    // Nobody was told of it: it did not take effect, and there is nothing to accept.
    expect((await profile()).regulations.mustAccept).toBe(false);
    const accepted = portal.query('select portal.accept_regulations($1, $2)', [account.id, version]);
    await expect(accepted).rejects.toMatchObject({ code: 'IB006' });
    await root.query(
      `with text as (insert into ibok.documents (title, category, owner_table, owner_id, personal)
         values ('Regulamin próbny 2', 'regulations', 'regulation_versions', $1, false) returning id)
       update ibok.regulation_versions set announced_at = now(), announced_by = 's_barbara', document_id = text.id
         from text where regulation_versions.id = $1`,
      [version],
    );
    expect((await profile()).regulations.mustAccept).toBe(true);
    await portal.query('select portal.accept_regulations($1, $2)', [account.id, version]);
    await portal.query('select portal.accept_regulations($1, $2)', [account.id, version]);
    expect((await profile()).regulations.mustAccept).toBe(false);
    const consent = (given: boolean) =>
      portal.query(`select portal.set_consent($1, 'e_invoice', $2)`, [account.id, given]);
    for (const given of [true, true, false, false, true]) await consent(given);
    expect((await profile()).consents).toEqual({ e_invoice: true });
    const { rows } = await root.query(
      'select given_channel, revoked_channel from ibok.consents where account_id = $1 order by id',
      [account.id],
    );
    expect(rows).toEqual([
      { given_channel: 'web', revoked_channel: 'web' },
      { given_channel: 'web', revoked_channel: null },
    ]);
    await root.query('delete from ibok.regulation_acceptances where version_id = $1', [version]);
    await root.query('delete from ibok.regulation_versions where id = $1', [version]);
  });

  it('sees the customers of today and nobody else', async () => {
    const account = await plantAccount(root, people.zuk);
    await root.query(
      `insert into ibok.account_access (account_id, customer_id, relation, valid_from, valid_to)
       values ($1, $2, 'holder', '2024-01-01', ibok.today() - 1), ($1, $3, 'holder', ibok.today() + 1, null)`,
      [account.id, people.firm, people.bare],
    );
    const { customers } = await one<{ customers: { customerNo: string }[] }>(portal, 'select portal.my_profile($1)', [
      account.id,
    ]);
    expect(customers.map(({ customerNo }) => customerNo)).toEqual(['000123']);
    const ask = `select portal.request_data_change($1, $2, '{"phone": "600 100 200"}')`;
    expect(await refusal(portal, ask, [account.id, people.firm])).toBe('IB002');
    expect(await refusal(portal, ask, [account.id, people.bare])).toBe('IB002');
    expect(await refusal(portal, ask, [account.id, '999999'])).toBe('IB002');
  });

  it('asks for other contact data: only what differs, in the form of its column, five requests at most', async () => {
    const account = await plantAccount(root, people.zuk);
    const ask = (changes: object): [string, unknown[]] => [
      'select portal.request_data_change($1, $2, $3)',
      [account.id, people.zuk, JSON.stringify(changes)],
    ];
    const same = { phone: '+48 601 000 123' };
    expect(await refusal(portal, ...ask(same))).toBe('IB004');
    expect(await refusal(portal, ...ask({ phone: 'nie mam' }))).toBe('23514');
    expect(await refusal(portal, ...ask({ pesel: '44051401359' }))).toBe('IB004');
    expect(await refusal(portal, ...ask({ phone: ['a'] }))).toBe('IB004');
    await portal.query(...ask({ ...same, postal_city: ' Kartuzy ' }));
    const { rows } = await root.query('select changes, status from ibok.data_change_requests where account_id = $1', [
      account.id,
    ]);
    expect(rows).toEqual([{ changes: { postal_city: [null, 'Kartuzy'] }, status: 'open' }]);
    for (let more = 1; more <= 4; more += 1) await portal.query(...ask({ phone: `600 100 20${more}` }));
    expect(await refusal(portal, ...ask({ phone: '600 100 209' }))).toBe('IB006');
  });

  it('does nothing more once the account is blocked', async () => {
    const account = await plantAccount(root, people.zuk, { status: 'blocked' });
    const calls: [string, unknown[]][] = [
      ['select portal.accept_regulations($1, 1)', [account.id]],
      [`select portal.set_consent($1, 'e_invoice', true)`, [account.id]],
      ['select portal.change_password($1, $2)', [account.id, NEW_HASH]],
      [`select portal.request_data_change($1, $2, '{"phone": null}')`, [account.id, people.zuk]],
    ];
    for (const [sql, values] of calls) expect(await refusal(portal, sql, values)).toBe('IB006');
    expect(await refusal(portal, 'select portal.my_profile($1)', [account.id])).toBe('IB002');
  });
});
