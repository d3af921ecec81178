import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, type Desk, openDesk, refusalOf } from '../support/desk';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let desk: Desk;
const apis: Record<string, Client> = {};
const as = (login: string) => apis[login] as Client;
const act = (id: string) => ({ id, requestId: randomUUID() });

beforeAll(async () => {
  const root = await database().asSuperuser();
  // What an act of a person does within its own function: it puts a mail into the queue as that person.
  await root.query(`
    create function api.test_act(p_template text, p_to text, p_record text) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp as $$
      select ibok.enqueue_mail('test.' || gen_random_uuid(), p_to, p_template,
        (select jsonb_object_agg(field, 'wartość ' || field) from ibok.template_keys k, unnest(k.fields) as field
          where k.key = p_template), p_record) $$;
    grant execute on function api.test_act(text, text, text) to bok_staff;
    insert into ibok.registrations (id, channel, received_on, first_name, last_name, relation, due_from, due_to)
      overriding system value values (77, 'paper', ibok.today(), 'Ewa', 'Nowak', 'holder', ibok.today(), ibok.today());
    insert into ibok.accounts (id, login, first_name, last_name, email, registration_id)
      overriding system value values (77, 'ewa.nowak', 'Ewa', 'Nowak', 'ewa@example.org', 77)`);
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  for (const login of ['s_anna', 's_barbara', 's_tomasz', 's_admin', 's_iod']) {
    apis[login] = await desk.window(login).signIn(login, TEST_PASSWORD);
  }
});
afterAll(() => desk.close());

/** An act of a person that sends a mail; returns the mail. */
async function sendBy(login: string, template = 'account.unblocked', to = 'ewa@example.org'): Promise<string> {
  const person = await database().asLogin(login);
  const { rows } = await person.query(`select api.test_act($1, $2, 'accounts:77') as id`, [template, to]);
  return rows[0].id;
}
async function put(id: string, columns: string): Promise<void> {
  const root = await database().asSuperuser();
  await root.query(`update ibok.outbox set ${columns} where id = $1`, [id]);
}
const newest = { question: { filters: {}, sort: { key: 'createdAt', descending: true } } };
const listed = async (login: string) => (await as(login).mail.list.query(newest)).rows;

describe('the queue page', () => {
  it("shows a clerk own mail and the machines', a supervisor all, and others none", async () => {
    const own = await sendBy('s_anna');
    const others = await sendBy('s_barbara');
    const root = await database().asSuperuser();
    await root.query(`update ibok.outbox set created_by = 'ibok_portal' where id = $1`, [await sendBy('s_celina')]);
    const seen = await listed('s_anna');
    expect(seen.map(({ id }) => id)).toContain(own);
    expect(seen.map(({ id }) => id)).not.toContain(others);
    expect(seen.some(({ createdBy }) => createdBy === 'ibok_portal')).toBe(true);
    expect((await listed('s_barbara')).map(({ id }) => id)).toEqual(expect.arrayContaining([own, others]));
    expect(seen.find(({ id }) => id === own)).toMatchObject({
      to: 'ewa@example.org',
      template: 'account.unblocked',
      record: 'accounts:77',
      recordLabel: 'Ewa Nowak',
      state: 'new',
      attempts: 0,
      createdByName: 'Anna Klerk',
    });
    expect(await refusalOf(as('s_anna').mail.get.query({ id: others }))).toMatchObject({ code: 'NOT_FOUND' });
    for (const login of ['s_admin', 's_iod']) {
      expect(await refusalOf(as(login).mail.list.query(newest))).toMatchObject({ code: 'NOT_ALLOWED' });
    }
    expect(await as('s_barbara').mail.count.query({ question: { filters: {} } })).toMatchObject({ capped: false });
  });

  it('shows the text as it leaves, its link as dots', async () => {
    const detail = await as('s_anna').mail.get.query({ id: await sendBy('s_anna', 'account.activation') });
    expect(detail).toMatchObject({
      subject: 'Aktywacja konta w Internetowym Biurze Obsługi Klienta',
      hasSecret: true,
      abilities: { cancel: true, hold: true, release: false, confirm: false, resend: false, redirect: false },
    });
    expect(detail.text).toContain('Login: wartość login');
    expect(detail.text).toContain('poniższy adres:\n•••');
    expect(detail.html).toContain('•••');
  });

  it('shows what is left once the values are erased', async () => {
    const id = await sendBy('s_anna');
    await put(id, `state = 'cancelled', to_address = null, fields = null, erased_at = now()`);
    expect(await as('s_anna').mail.get.query({ id })).toMatchObject({ to: null, text: null, html: null });
    expect(await refusalOf(as('s_anna').mail.resend.mutate({ ...act(id), to: null }))).toMatchObject({
      code: 'MAIL_STATE',
    });
  });
});

describe('a message of a person', () => {
  it('waits ten seconds, and can be taken back in them, once for two clicks', async () => {
    const id = await sendBy('s_anna');
    const { mails } = await as('s_anna').mail.waiting.query();
    const waiting = mails.find((one) => one.id === id);
    expect(waiting?.seconds).toBeGreaterThan(5);
    expect(waiting?.seconds).toBeLessThanOrEqual(10);
    const request = act(id);
    expect(await as('s_anna').mail.cancel.mutate(request)).toEqual({ state: 'cancelled' });
    expect(await as('s_anna').mail.cancel.mutate(request)).toEqual({ state: 'cancelled' });
    expect((await as('s_anna').mail.waiting.query()).mails.map((one) => one.id)).not.toContain(id);
    expect(await refusalOf(as('s_anna').mail.cancel.mutate(act(id)))).toMatchObject({ code: 'MAIL_STATE' });
  });

  it('is held and released', async () => {
    const id = await sendBy('s_anna');
    expect(await as('s_anna').mail.hold.mutate(act(id))).toEqual({ state: 'held' });
    expect(await refusalOf(as('s_anna').mail.hold.mutate(act(id)))).toMatchObject({ code: 'MAIL_STATE' });
    expect(await as('s_anna').mail.release.mutate(act(id))).toEqual({ state: 'new' });
  });

  it.each(['sending', 'sent', 'unsure', 'cancelled'])('cannot be called back when it is %s', async (state) => {
    const id = await sendBy('s_anna');
    const facts: Record<string, string> = {
      sending: `, lease_until = now() + interval '5 minutes'`,
      sent: ', sent_at = now()',
    };
    await put(id, `state = '${state}'${facts[state] ?? ''}`);
    expect(await refusalOf(as('s_anna').mail.cancel.mutate(act(id)))).toMatchObject({ code: 'MAIL_STATE' });
  });

  it('that failed, is unsure or was sent goes out again as a new one', async () => {
    for (const state of ['failed', 'unsure', 'sent']) {
      const id = await sendBy('s_anna');
      await put(id, `state = '${state}', sent_at = case '${state}' when 'sent' then now() end`);
      const request = { ...act(id), to: null };
      const made = await as('s_anna').mail.resend.mutate(request);
      expect(await as('s_anna').mail.resend.mutate(request)).toEqual(made);
      const rows = await listed('s_anna');
      expect(rows.find((row) => row.id === made.id)).toMatchObject({ state: 'new', to: 'ewa@example.org' });
      expect(rows.find((row) => row.id === id)).toMatchObject({ state, resent: true });
    }
  });

  it('goes to a corrected address while its record is there, and to one address only', async () => {
    const id = await sendBy('s_anna');
    await put(id, `state = 'failed'`);
    expect((await as('s_anna').mail.get.query({ id })).abilities.redirect).toBe(true);
    const { id: copy } = await as('s_anna').mail.resend.mutate({ ...act(id), to: 'ewa.nowak@example.org' });
    expect((await listed('s_anna')).find((row) => row.id === copy)?.to).toBe('ewa.nowak@example.org');
    const two = { ...act(id), to: 'a@example.org, b@example.org' };
    expect(await refusalOf(as('s_anna').mail.resend.mutate(two))).toMatchObject({ code: 'INVALID_EMAIL' });
    const gone = await sendBy('s_anna');
    await put(gone, `state = 'failed', record = 'accounts:78'`);
    expect(await refusalOf(as('s_anna').mail.resend.mutate({ ...act(gone), to: 'x@example.org' }))).toMatchObject({
      code: 'MAIL_ADDRESS_FIXED',
    });
  });

  it('with a link never goes to another address: whoever got the link would own the account', async () => {
    const id = await sendBy('s_anna', 'account.activation');
    await put(id, `state = 'failed'`);
    expect((await as('s_anna').mail.get.query({ id })).abilities).toMatchObject({ resend: true, redirect: false });
    expect(await refusalOf(as('s_barbara').mail.resend.mutate({ ...act(id), to: 'zly@example.net' }))).toMatchObject({
      code: 'MAIL_ADDRESS_FIXED',
    });
  });

  it('that is unsure is closed by who made sure that it arrived', async () => {
    const id = await sendBy('s_anna');
    await put(id, `state = 'unsure'`);
    expect(await as('s_barbara').mail.confirm.mutate(act(id))).toEqual({ state: 'sent' });
  });
});

describe('a text', () => {
  const KEY = 'account.unblocked';
  const read = async () => {
    const list = await as('s_barbara').templates.list.query();
    const found = list.templates.find(({ key }) => key === KEY);
    if (!found) throw new Error('no such template');
    return { today: list.today, ...found };
  };
  const later = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
  const set = async (login: string, body: string, validFrom: string, expected: string | null) =>
    as(login).templates.set.mutate({
      requestId: randomUUID(),
      key: KEY,
      subject: 'Odblokowanie',
      body,
      validFrom,
      expected,
    });

  beforeEach(async () => {
    const root = await database().asSuperuser();
    await root.query(`delete from ibok.outbox`);
    await root.query(`delete from ibok.templates where key = $1 and recorded_by <> 'ibok_owner'`, [KEY]);
    await root.query(`update ibok.templates set valid_to = null where key = $1`, [KEY]);
  });

  it('begins on a day, is replaced while it is planned, and can be taken back', async () => {
    const { today, versions } = await read();
    const first = versions[0]?.id ?? null;
    const { id } = await set('s_barbara', 'Nowa treść dla {{first_name}}', later(today, 7), first);
    expect(await set('s_admin', 'Jeszcze nowsza', later(today, 3), id)).toEqual({ id });
    const planned = await read();
    expect(planned.versions).toMatchObject([
      { id, body: 'Jeszcze nowsza', validFrom: later(today, 3), recordedByName: 'Adam Administrator' },
      { id: first, validTo: later(today, 2) },
    ]);
    expect(planned.presentId).toBe(first);
    expect(await set('s_admin', 'Później', later(today, 9), id)).toEqual({ id });
    expect((await read()).versions[1]).toMatchObject({ id: first, validTo: later(today, 8) });
    await as('s_barbara').templates.withdraw.mutate({ requestId: randomUUID(), id });
    expect((await read()).versions).toMatchObject([{ id: first, validTo: null }]);
  });

  it('that begins today is used by the next message, and mended only until then', async () => {
    const { today, versions } = await read();
    const { id } = await set('s_barbara', 'Od dziś: {{reason}}', today, versions[0]?.id ?? null);
    expect(await set('s_barbara', 'Od dziś, poprawione: {{reason}}', today, id)).toEqual({ id });
    const mail = await sendBy('s_anna');
    expect((await as('s_anna').mail.get.query({ id: mail })).text).toMatch(/^Od dziś, poprawione: wartość reason/);
    expect(await refusalOf(set('s_barbara', 'Znowu inaczej', today, id))).toMatchObject({ code: 'TEMPLATE_USED' });
    await set('s_barbara', 'Od jutra', later(today, 1), id);
  });

  it('is refused with an unknown field, without its link, in the past, and when somebody was faster', async () => {
    const { today, versions } = await read();
    const first = versions[0]?.id ?? null;
    const refused = async (call: Promise<unknown>, code: string) =>
      expect(await refusalOf(call)).toMatchObject({ code });
    await refused(set('s_barbara', 'PESEL: {{pesel}}', today, first), 'TEMPLATE_FIELDS');
    await refused(set('s_barbara', 'Stray }} braces', today, first), 'TEMPLATE_FIELDS');
    await refused(set('s_barbara', 'Wczoraj', later(today, -1), first), 'RULE_PAST');
    await refused(set('s_barbara', 'Ktoś był szybszy', later(today, 5), '1'), 'CONFLICT');
    await refused(set('s_anna', 'Nie moja sprawa', later(today, 5), first), 'NOT_ALLOWED');
    const { templates } = await as('s_barbara').templates.list.query();
    const activation = templates.find(({ key }) => key === 'account.activation');
    await refused(
      as('s_barbara').templates.set.mutate({
        requestId: randomUUID(),
        key: 'account.activation',
        subject: 'Aktywacja',
        body: 'Bez odnośnika',
        validFrom: later(today, 2),
        expected: activation?.versions[0]?.id ?? null,
      }),
      'TEMPLATE_SECRET',
    );
  });

  it('of a message that was sent stays as it was sent', async () => {
    const { today, versions } = await read();
    const mail = await sendBy('s_anna');
    const before = (await as('s_anna').mail.get.query({ id: mail })).text;
    await set('s_barbara', 'Zupełnie inna treść', today, versions[0]?.id ?? null);
    expect((await as('s_anna').mail.get.query({ id: mail })).text).toBe(before);
  });
});
