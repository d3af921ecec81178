import { randomUUID } from 'node:crypto';
import type { Client as Connection } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueLink, PASSWORD_HASH, plantAccount, plantRegulations } from '../support/accounts';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
let root: Connection;
let people: Awaited<ReturnType<typeof plantPeople>>;
const apis: Record<string, Client> = {};

beforeAll(async () => {
  people = await plantPeople(await database().asSuperuser());
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  for (const login of ['s_anna', 's_barbara', 's_tomasz', 's_iod']) {
    apis[login] = await desk.window(login).signIn(login, TEST_PASSWORD);
  }
});
beforeEach(async () => {
  root = await database().asSuperuser();
});
afterAll(() => desk.close());

const as = (login: string) => apis[login] as Client;
const act = (id: string) => ({ id, requestId: randomUUID() });
const get = (id: string, login = 's_anna') => as(login).accounts.get.query({ id });
const day = (away: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date(Date.now() + away * 86_400_000));
const refusal = async (sql: string, values: unknown[] = []): Promise<string> => {
  try {
    await root.query(sql, values);
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  throw new Error('the statement was not refused');
};
const mails = async (id: string) =>
  (
    await root.query<{ key: string; to: string }>(
      `select t.key, o.to_address as to from ibok.outbox o join ibok.templates t on t.id = o.template_id
        where o.record = 'accounts:' || $1 and o.state <> 'cancelled' order by o.id`,
      [id],
    )
  ).rows;

describe('invariant 4, whoever writes', () => {
  const makeActive = `update ibok.accounts set status = 'active', activated_at = now() where id = $1`;

  it('lets no account be active without an accepted version, every mandatory clause, a checked identity and a used link', async () => {
    const bare = await plantAccount(root, people.zuk, { status: 'pending', identity: false, clauses: ['regulations'] });
    await root.query('delete from ibok.regulation_acceptances where account_id = $1', [bare.id]);
    expect(await refusal(makeActive, [bare.id])).toBe(
      'account cannot be active without regulations, clauses, identity, activation',
    );
    expect((await get(bare.id)).missing).toEqual(['regulations', 'clauses', 'identity', 'activation']);

    const nearly = await plantAccount(root, people.zuk, { status: 'pending' });
    expect(await refusal(makeActive, [nearly.id])).toBe('account cannot be active without activation');
    // The owner's functions are under it as well.
    await root.query('begin; set local role ibok_owner');
    expect(await refusal(makeActive, [nearly.id])).toBe('account cannot be active without activation');
    await root.query('rollback');
    await issueLink(root, nearly.id, 'activation');
    expect(await refusal(makeActive, [nearly.id])).toBe('account cannot be active without activation');
  });

  it('judges clauses by the day the application was received', async () => {
    const account = await plantAccount(root, people.zuk, { status: 'pending' });
    await root.query(
      `insert into ibok.clauses (key, title, body, mandatory, valid_from) values ('later', 'x', 'x', true, ibok.today() - 1)`,
    );
    expect((await get(account.id)).missing).toEqual(['activation']);
    await root.query(`update ibok.registrations set received_on = ibok.today() where id = $1`, [account.registration]);
    expect((await get(account.id)).missing).toEqual(['clauses', 'activation']);
    await root.query(`delete from ibok.clauses where key = 'later'`);
  });

  it('lets an account go only from state to state, and to nobody else', async () => {
    const account = await plantAccount(root, people.zuk);
    expect(await refusal(`update ibok.accounts set status = 'pending' where id = $1`, [account.id])).toMatch(
      'cannot go from active to pending',
    );
    expect(
      await refusal(`update ibok.accounts set status = 'blocked', block_reason = 'wish' where id = $1`, [account.id]),
    ).toBe('account is not blocked without a reason');
    for (const change of [`login = 'kto.inny'`, `first_name = 'Jan'`, `last_name = 'Nowak'`, 'registration_id = 0']) {
      expect(await refusal(`update ibok.accounts set ${change} where id = $1`, [account.id])).toBe(
        'an account never goes to another person',
      );
    }
    expect(
      await refusal(
        `insert into ibok.accounts (login, first_name, last_name, email, registration_id, status, activated_at)
         values ('od.razu', 'a', 'b', 'a@example.com', $1, 'active', now())`,
        [account.registration],
      ),
    ).toBe('an account begins as pending');
  });
});

describe('a block', () => {
  it('ends sessions and links at once, is told by mail, and stands on the timeline with its end', async () => {
    const account = await plantAccount(root, people.zuk);
    const portal = await database().asLogin('ibok_portal');
    const session = randomUUID();
    await portal.query(`select portal.record_sign_in($1, 'ok', null, null, $2)`, [account.id, session]);
    const link = await issueLink(root, account.id, 'activation');
    await as('s_anna').accounts.renewActivation.mutate(act(account.id));

    const wanted = { ...act(account.id), reason: 'breach' as const, note: 'cudze dane w zgłoszeniu' };
    await as('s_anna').accounts.block.mutate(wanted);
    expect(await as('s_anna').accounts.block.mutate(wanted)).toEqual({ id: account.id });
    const kept = await portal.query('select portal.keep_session($1, $2) as kept', [account.id, session]);
    expect(kept.rows).toEqual([{ kept: false }]);
    await expect(portal.query('select portal.activate($1, $2)', [link, PASSWORD_HASH])).rejects.toMatchObject({
      code: 'IB013',
    });
    expect(await mails(account.id)).toEqual([{ key: 'account.blocked', to: account.email }]);

    const blocked = await get(account.id);
    expect(blocked).toMatchObject({ status: 'blocked', blockReason: 'breach', openSessions: 0 });
    expect(blocked.abilities).toMatchObject({
      block: 'blocked',
      unblock: null,
      renewActivation: 'blocked',
      delete: null,
    });
    expect((await refusalOf(as('s_anna').accounts.block.mutate({ ...wanted, requestId: randomUUID() }))).code).toBe(
      'CONFLICT',
    );
    await as('s_barbara').accounts.unblock.mutate({ ...act(account.id), note: 'przeprosił' });
    const { status, blocks } = await get(account.id);
    expect(status).toBe('active');
    expect(blocks).toMatchObject([
      {
        reason: 'breach',
        note: 'cudze dane w zgłoszeniu',
        by: 'Anna Klerk',
        unblockedBy: 'Barbara Starsza',
        unblockNote: 'przeprosił',
      },
    ]);
    const { events } = await as('s_anna').audit.history.query({ table: 'accounts', id: account.id });
    expect(events.map(({ table, op }) => `${table} ${op}`)).toEqual(
      expect.arrayContaining(['account_blocks insert', 'account_blocks update', 'accounts update']),
    );
    expect(events.map(({ table }) => table)).not.toContain('account_tokens');
  });

  it('gives an account that was never activated a new link with its end', async () => {
    const account = await plantAccount(root, people.zuk, { status: 'pending' });
    await as('s_anna').accounts.block.mutate({ ...act(account.id), reason: 'security', note: null });
    await as('s_anna').accounts.unblock.mutate({ ...act(account.id), note: 'pomyłka' });
    expect(await get(account.id)).toMatchObject({ status: 'pending', blockReason: null });
    expect((await mails(account.id)).map(({ key }) => key)).toEqual(['account.blocked', 'account.activation']);
  });

  it('for a death or the end of the contract opens the deletion, and nobody writes to the dead', async () => {
    const account = await plantAccount(root, people.zuk);
    await as('s_anna').accounts.block.mutate({ ...act(account.id), reason: 'death', note: null });
    const gone = await get(account.id);
    expect(gone).toMatchObject({ status: 'deleting', blockReason: 'death' });
    expect(gone.deletionId).not.toBeNull();
    expect(gone.abilities).toMatchObject({ block: 'deleting', unblock: 'deleting', delete: 'deleting' });
    expect((await mails(account.id)).map(({ key }) => key)).not.toContain('account.blocked');
  });

  it('stays while its holder is dead', async () => {
    const account = await plantAccount(root, people.zuk, { status: 'blocked', reason: 'security' });
    await root.query('update ibok.account_access set customer_id = $2 where account_id = $1', [
      account.id,
      people.village,
    ]);
    expect((await get(account.id)).abilities.unblock).toBe('death');
    const unblock = as('s_anna').accounts.unblock.mutate({ ...act(account.id), note: 'wdowa prosi' });
    expect((await refusalOf(unblock)).code).toBe('ACCOUNT_ENDED');
  });

  it('is for clerks; the data protection officer reads, a technician does not know of it', async () => {
    const account = await plantAccount(root, people.zuk);
    const wanted = { ...act(account.id), reason: 'wish' as const, note: null };
    for (const login of ['s_iod', 's_tomasz']) {
      expect((await refusalOf(as(login).accounts.block.mutate(wanted))).code).toBe('NOT_ALLOWED');
    }
    expect((await get(account.id, 's_iod')).abilities.block).toBe('role');
    expect((await refusalOf(get(account.id, 's_tomasz'))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(get('999999'))).code).toBe('NOT_FOUND');
  });
});

describe('access', () => {
  const paper = async (table: string, id: string): Promise<string> => {
    const { rows } = await root.query(
      `insert into ibok.documents (title, category, owner_table, owner_id) values ('Pełnomocnictwo', 'other', $1, $2) returning id`,
      [table, id],
    );
    return String(rows[0].id);
  };
  const add = (id: string, more: object = {}) =>
    as('s_anna').accounts.addAccess.mutate({
      ...act(id),
      customerId: people.firm,
      relation: 'manager',
      documentId: null,
      validFrom: day(0),
      validTo: null,
      ...more,
    });

  it('of a manager or proxy needs their paper, and not somebody else’s', async () => {
    const account = await plantAccount(root, people.zuk);
    const other = await plantAccount(root, people.zuk);
    expect((await refusalOf(add(account.id))).code).toBe('INVALID_INPUT');
    const foreign = await paper('accounts', other.id);
    expect((await refusalOf(add(account.id, { documentId: foreign }))).code).toBe('INVALID_INPUT');
    const own = await paper('accounts', account.id);
    expect(await as('s_anna').accounts.papers.query({ id: account.id, customerId: people.firm })).toEqual({
      documents: [{ id: own, title: 'Pełnomocnictwo', addedOn: day(0) }],
      contractPerson: false,
    });
    await add(account.id, { documentId: own });
    expect((await get(account.id)).access).toMatchObject([
      {
        customerNo: '000124',
        relation: 'manager',
        document: { id: own },
        validFrom: day(0),
        validTo: null,
        current: true,
      },
      { customerNo: '000123', relation: 'holder', document: null },
    ]);
    expect((await refusalOf(add(account.id, { documentId: own }))).code).toBe('OVERLAP');
  });

  it('is not given to a dead customer', async () => {
    const account = await plantAccount(root, people.zuk);
    const dead = add(account.id, { customerId: people.village, relation: 'holder' });
    expect((await refusalOf(dead)).code).toBe('CONFLICT');
  });

  it('is an owner’s without a paper for the person on the contract alone, and nobody passes as a stranger', async () => {
    const account = await plantAccount(root, people.zuk);
    for (const customerId of [people.bare, people.firm]) {
      const stranger = add(account.id, { customerId, relation: 'holder' });
      expect((await refusalOf(stranger)).code, customerId).toBe('INVALID_INPUT');
      expect(await as('s_anna').accounts.papers.query({ id: account.id, customerId })).toMatchObject({
        contractPerson: false,
      });
    }
    const { rows } = await root.query<{ id: string }>(
      `insert into ibok.customers (customer_no, kind, first_name, last_name)
       values ('000931', 'person', 'ZOFIA Maria', 'ŻUK') returning id`,
    );
    const own = String(rows[0]?.id);
    expect((await as('s_anna').accounts.papers.query({ id: account.id, customerId: own })).contractPerson).toBe(true);
    await add(account.id, { customerId: own, relation: 'holder', validTo: day(30) });
    const { accounts } = await as('s_iod').accounts.ofCustomer.query({ id: own });
    expect(accounts).toMatchObject([{ login: account.login, relation: 'holder', validTo: day(30), current: true }]);
  });

  it('ends with a day; one of today is taken out at once', async () => {
    const account = await plantAccount(root, people.zuk);
    const { id } = await add(account.id, { documentId: await paper('accounts', account.id) });
    const end = (accessId: string, lastDay: string) =>
      as('s_anna').accounts.endAccess.mutate({ accessId, requestId: randomUUID(), lastDay });
    expect((await refusalOf(end(id, day(-2)))).code).toBe('INVALID_INPUT');
    await end(id, day(-1));
    const [own] = (await get(account.id)).access;
    expect((await get(account.id)).access).toHaveLength(1);
    await end(own?.id ?? '', day(5));
    expect((await get(account.id)).access).toMatchObject([{ validTo: day(5), current: true }]);
    await end(own?.id ?? '', day(-1));
    expect((await refusalOf(end(own?.id ?? '', day(0)))).code).toBe('CONFLICT');
  });
});

describe('what a holder declares on paper', () => {
  it('a consent is given and revoked with channel and day, and nothing is overwritten', async () => {
    const account = await plantAccount(root, people.zuk);
    const set = (given: boolean, on: string, channel: 'paper' | 'post' = 'paper') =>
      as('s_anna').accounts.setConsent.mutate({ ...act(account.id), kind: 'e_invoice', given, channel, on });
    expect((await refusalOf(set(false, day(0)))).code).toBe('CONFLICT');
    expect((await refusalOf(set(true, day(1)))).code).toBe('INVALID_INPUT');
    await set(true, day(-3));
    expect((await refusalOf(set(true, day(0)))).code).toBe('CONFLICT');
    expect((await refusalOf(set(false, day(-5)))).code).toBe('INVALID_INPUT');
    await set(false, day(-1), 'post');
    expect((await refusalOf(set(true, day(-2)))).code).toBe('INVALID_INPUT');
    const { consents } = await get(account.id);
    expect(consents).toMatchObject([
      { givenChannel: 'paper', givenBy: 'Anna Klerk', revokedChannel: 'post', revokedBy: 'Anna Klerk' },
    ]);
  });

  it('a version of the regulations is accepted once, a planned one when it was announced', async () => {
    const account = await plantAccount(root, people.zuk);
    const { rows } = await root.query<{ id: string }>(
      `insert into ibok.regulation_versions (label, effective_on) values ('Wersja jutro', ibok.today() + 1) returning id`,
    );
    const next = String(rows[0]?.id);
    const record = (versionId: string) =>
      as('s_anna').accounts.recordAcceptance.mutate({ ...act(account.id), versionId, channel: 'post', on: day(0) });
    expect((await refusalOf(record(await plantRegulations(root)))).code).toBe('CONFLICT');
    expect((await refusalOf(record(next))).code).toBe('CONFLICT');
    await root.query('delete from ibok.regulation_versions where id = $1', [next]);
    expect((await get(account.id)).regulations).toMatchObject([{ inForce: 'now', channel: 'web' }]);
  });
});

describe('links and addresses', () => {
  it('a new link goes by mail, and the clerk never sees it', async () => {
    const account = await plantAccount(root, people.zuk);
    const wanted = act(account.id);
    expect(await as('s_anna').accounts.renewActivation.mutate(wanted)).toEqual({ id: account.id });
    await as('s_anna').accounts.renewActivation.mutate(wanted);
    expect(await mails(account.id)).toEqual([{ key: 'account.activation', to: account.email }]);
    expect((await get(account.id)).activation.state).toBe('used');
    const tokens = await root.query('select count(*)::int from ibok.account_tokens where account_id = $1', [
      account.id,
    ]);
    expect(tokens.rows).toEqual([{ count: 1 }]);
  });

  it('another address waits for its holder, and stands in the history with how the clerk made sure', async () => {
    const account = await plantAccount(root, people.zuk);
    const change = (email: string | null) =>
      as('s_anna').accounts.changeEmail.mutate({ ...act(account.id), email, identity: 'in_person' });
    expect((await refusalOf(change(account.email.toUpperCase()))).code).toBe('INVALID_INPUT');
    expect((await refusalOf(change('dwa@example.com, trzy@example.com'))).code).toBe('INVALID_EMAIL');
    expect((await refusalOf(change('a@example.com\r\nBcc: b@example.com'))).code).toBe('INVALID_TEXT');
    await change('nowy@example.com');
    expect(await get(account.id)).toMatchObject({ email: account.email, newEmail: 'nowy@example.com' });
    expect(await mails(account.id)).toEqual([{ key: 'account.email_confirmation', to: 'nowy@example.com' }]);
    await change(null);
    expect(await get(account.id)).toMatchObject({ newEmail: null });
    const { events } = await as('s_anna').audit.history.query({ table: 'accounts', id: account.id });
    expect(events[0]).toMatchObject({ table: 'accounts', reason: 'email_in_person' });
  });
});

describe('finding an account', () => {
  it('by its whole login or address in the search box, for those who may open it', async () => {
    const account = await plantAccount(root, people.zuk, { login: 'zofia.szukana' });
    const search = async (login: string, text: string) =>
      (await as(login).customers.search.query({ text })).hits.filter(({ kind }) => kind === 'account');
    const hit = { kind: 'account', id: account.id, title: 'Żuk Zofia', subtitle: 'zofia.szukana' };
    expect(await search('s_anna', ' Zofia.Szukana ')).toEqual([{ ...hit, reason: 'login' }]);
    expect(await search('s_anna', 'ZOFIA.SZUKANA@example.com')).toEqual([{ ...hit, reason: 'email' }]);
    expect(await search('s_anna', 'zofia.szuk')).toEqual([]);
    expect(await search('s_tomasz', 'zofia.szukana')).toEqual([]);
  });

  it('in the list by words, state and reason, with the customers it sees today', async () => {
    const account = await plantAccount(root, people.zuk, {
      login: 'lista.szukana',
      status: 'blocked',
      reason: 'breach',
    });
    const question = {
      words: 'lista',
      filters: {
        status: { is: 'oneOf' as const, values: ['blocked'] },
        blockReason: { is: 'oneOf' as const, values: ['breach'] },
      },
      sort: { key: 'name', descending: false },
    };
    const { rows } = await as('s_iod').accounts.list.query({ question });
    expect(rows).toMatchObject([
      {
        id: account.id,
        login: 'lista.szukana',
        customers: ['000123 Żuk Zofia'],
        mustAccept: false,
        lastSignInAt: null,
      },
    ]);
    const { sort: _, ...counted } = question;
    expect(await as('s_iod').accounts.count.query({ question: counted })).toEqual({ count: 1, capped: false });
    expect((await refusalOf(as('s_tomasz').accounts.list.query({ question }))).code).toBe('NOT_ALLOWED');
    for (const key of ['login', 'createdAt']) {
      for (const descending of [true, false]) {
        await as('s_anna').accounts.list.query({ question: { ...question, sort: { key, descending } } });
      }
    }
  });
});
