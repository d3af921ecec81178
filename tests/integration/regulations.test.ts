import { randomUUID } from 'node:crypto';
import type { Client as Postgres } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plantAccount } from '../support/accounts';
import { type Client as Api, type Desk, openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { pdfFile } from '../support/sample-files';

const database = testDatabase();
const ACCOUNTS = 7;
let desk: Desk;
let barbara: Api;
let superuser: Postgres;
let days = 100;
let pending: string;
let blocked: string;

beforeAll(async () => {
  const { host, port, name } = database();
  const setter = await database().asSuperuser();
  const people = await plantPeople(setter);
  for (let at = 0; at < ACCOUNTS - 1; at += 1) await plantAccount(setter, people.zuk);
  pending = (await plantAccount(setter, people.zuk, { status: 'pending' })).id;
  blocked = (await plantAccount(setter, people.zuk, { status: 'blocked' })).id;
  desk = openDesk({ host, port, database: name, embedded: true });
  barbara = await desk.window('barbara').signIn('s_barbara', TEST_PASSWORD);
});
beforeEach(async () => {
  superuser = await database().asSuperuser();
});
afterAll(() => desk.close());

const stage = async (
  api = barbara,
  window = 'barbara',
  bytes: Uint8Array = pdfFile({ pages: [randomUUID()] }),
  name = 'regulamin.pdf',
) => api.regulations.stage.mutate({ slot: desk.core.slots.put({ id: window }, name, bytes).slot });

/** A day so many days from the office's today. */
const dayIn = async (count: number): Promise<string> =>
  (await superuser.query('select (ibok.today() + $1::int)::text as day', [count])).rows[0].day;

/** A version of its own day, from 100 days on. */
async function add(inDays?: number, api = barbara, window = 'barbara'): Promise<string> {
  days += 1;
  const effectiveOn = await dayIn(inDays ?? days);
  const { upload } = await stage(api, window);
  const wish = { label: `Wersja ${randomUUID()}`, effectiveOn, summary: 'Nowy termin.\nNowy adres.', upload };
  return (await api.regulations.add.mutate({ ...wish, requestId: randomUUID() })).id;
}

const listed = async (id: string, api = barbara) =>
  (await api.regulations.list.query()).versions.find((version) => version.id === id);
const notices = async (id: string) =>
  Number(
    (await superuser.query('select count(*) from ibok.regulation_notices where version_id = $1', [id])).rows[0].count,
  );

describe('a version of the regulations', () => {
  it('is kept with its PDF, which everybody in the office reads', async () => {
    const bytes = pdfFile({ pages: ['nowy regulamin'] });
    const { upload } = await stage(barbara, 'barbara', bytes);
    const wish = {
      label: 'Wersja czytana',
      effectiveOn: await dayIn(60),
      summary: 'Nic',
      upload,
      requestId: randomUUID(),
    };
    const { id } = await barbara.regulations.add.mutate(wish);
    expect((await barbara.regulations.add.mutate(wish)).id).toBe(id);
    for (const login of ['s_admin', 's_tomasz', 's_anna', 's_iod']) {
      const api = await desk.window(login).signIn(login, TEST_PASSWORD);
      expect(await listed(id, api)).toMatchObject({ label: 'Wersja czytana', announcedAt: null, left: ACCOUNTS });
      const { slot } = await api.regulations.open.mutate({ id });
      expect(Buffer.from(desk.core.slots.take({ id: login }, slot)?.bytes ?? []).equals(Buffer.from(bytes))).toBe(true);
    }
  });

  it('is added by a supervisor or an administrator, and only as PDF', async () => {
    const admin = await desk.window('admin').signIn('s_admin', TEST_PASSWORD);
    expect(await listed(await add(undefined, admin, 'admin'), admin)).toMatchObject({
      recordedByName: 'Adam Administrator',
    });
    const anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
    expect((await refusalOf(stage(anna, 'anna'))).code).toBe('NOT_ALLOWED');
    expect((await refusalOf(stage(barbara, 'barbara', Buffer.from('tekst'), 'regulamin.txt'))).code).toBe(
      'FILE_NOT_PDF',
    );
  });

  it('takes effect no sooner than everybody can be told', async () => {
    expect((await refusalOf(add(13))).code).toBe('REGULATIONS_NOTICE');
    const id = await add(14);
    expect((await barbara.regulations.list.query()).earliest).toBe((await listed(id))?.effectiveOn);
    // The day came nearer than the notice while nobody told anybody.
    await superuser.query('update ibok.regulation_versions set effective_on = ibok.today() + 13 where id = $1', [id]);
    expect((await refusalOf(barbara.regulations.announce.mutate({ id }))).code).toBe('REGULATIONS_NOTICE');
    expect(await notices(id)).toBe(0);
    // Another day puts it right.
    await barbara.regulations.move.mutate({ id, effectiveOn: await dayIn(15), requestId: randomUUID() });
    expect((await barbara.regulations.announce.mutate({ id })).done).toBe(ACCOUNTS);
    expect(
      (await refusalOf(barbara.regulations.move.mutate({ id, effectiveOn: await dayIn(30), requestId: randomUUID() })))
        .code,
    ).toBe('REGULATIONS_FIXED');
  });

  it('nobody was told of never takes effect by itself, and can still be moved', async () => {
    const account = pending;
    const inForce = async () =>
      (await superuser.query('select label from ibok.regulation_versions where id = ibok.regulations_on(ibok.today())'))
        .rows[0]?.label;
    const before = await inForce();
    const id = await add();
    const passed = (day: string, version: string) =>
      superuser.query(`update ibok.regulation_versions set effective_on = ${day} where id = $1`, [version]);
    await passed('ibok.today() - 1', id);
    expect(await inForce()).toBe(before);
    expect(await listed(id)).toMatchObject({ inForce: false, binds: false, announcedAt: null });
    const anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
    const accepts = anna.accounts.recordAcceptance.mutate({
      ...{ id: account, versionId: id, requestId: randomUUID() },
      ...{ channel: 'paper', on: await dayIn(0) },
    });
    expect((await refusalOf(accepts)).code).toBe('CONFLICT');
    expect(
      (await anna.accounts.get.query({ id: account })).regulations.map(({ versionId }) => versionId),
    ).not.toContain(id);
    await barbara.regulations.move.mutate({ id, effectiveOn: await dayIn(40), requestId: randomUUID() });
    expect((await barbara.regulations.announce.mutate({ id })).done).toBe(ACCOUNTS);
    // Told in time, it takes effect on its day.
    await passed('ibok.today()', id);
    expect(await listed(id)).toMatchObject({ inForce: true, binds: true });
    await passed('ibok.today() + 99', id);
    // The first version holds without having been announced, and stays where it is.
    const { versions } = await barbara.regulations.list.query();
    const first = versions.find((version) => version.inForce);
    expect(first).toMatchObject({ label: before, announcedAt: null, binds: true });
    const moved = { id: first?.id ?? '', effectiveOn: await dayIn(50), requestId: randomUUID() };
    expect((await refusalOf(barbara.regulations.move.mutate(moved))).code).toBe('REGULATIONS_FIXED');
  });

  it('is told to each active and pending account once, with the text attached', async () => {
    const id = await add();
    expect((await barbara.regulations.announce.mutate({ id })).done).toBe(ACCOUNTS);
    expect((await barbara.regulations.announce.mutate({ id })).done).toBe(0);
    const { rows } = await superuser.query(
      `select n.account_id, o.to_address, o.fields ->> 'summary' as summary, v.document_id = r.document_id as attached
         from ibok.regulation_notices n join ibok.outbox o on o.id = n.outbox_id
         join ibok.regulation_versions r on r.id = n.version_id
         join ibok.document_versions v on v.id = o.attachment_id where n.version_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(ACCOUNTS);
    expect(rows.every(({ attached, summary }) => attached && summary === 'Nowy termin.\nNowy adres.')).toBe(true);
    const told = rows.map((row) => row.account_id);
    expect(told).toContain(pending);
    expect(told).not.toContain(blocked);
    expect(await listed(id)).toMatchObject({
      waiting: ACCOUNTS,
      told: 0,
      undelivered: 0,
      left: 0,
      announcedByName: 'Barbara Starsza',
    });
  });

  it('cut off in the middle goes on where it was, and tells nobody twice', async () => {
    const id = await add();
    const client = await database().asLogin('s_barbara');
    await client.query('select api.announce_regulations($1, 2)', [id]);
    // The second chunk dies before it was committed.
    await client.query('begin');
    await client.query('select api.announce_regulations($1, 2)', [id]);
    await client.query('rollback');
    expect(await notices(id)).toBe(2);
    expect(await listed(id)).toMatchObject({ left: ACCOUNTS - 2 });
    expect((await barbara.regulations.announce.mutate({ id })).done).toBe(ACCOUNTS - 2);
    const { rows } = await superuser.query(
      `select count(*)::int as mails, count(distinct record)::int as accounts from ibok.outbox
        where key like 'regulations.announcement:' || $1 || ':%'`,
      [id],
    );
    expect(rows).toEqual([{ mails: ACCOUNTS, accounts: ACCOUNTS }]);
  });

  it('told by two supervisors at once is told once', async () => {
    const id = await add();
    const celina = await desk.window('celina').signIn('s_celina', TEST_PASSWORD);
    const runs = await Promise.all([barbara, celina].map((api) => api.regulations.announce.mutate({ id })));
    expect(runs.reduce((sum, { done }) => sum + done, 0)).toBe(ACCOUNTS);
    expect(await notices(id)).toBe(ACCOUNTS);
  });

  it('shows whose mail did not arrive, and no more once it was sent again', async () => {
    const id = await add();
    await barbara.regulations.announce.mutate({ id });
    const { rows } = await superuser.query<{ outbox_id: string; account_id: string }>(
      'select outbox_id, account_id from ibok.regulation_notices where version_id = $1 order by account_id limit 1',
      [id],
    );
    const { outbox_id: mail = '', account_id: account = '' } = rows[0] ?? {};
    await superuser.query(`update ibok.outbox set state = 'failed', last_error = 'E550' where id = $1`, [mail]);
    expect(await listed(id)).toMatchObject({ undelivered: 1, waiting: ACCOUNTS - 1 });
    const undelivered = () => barbara.regulations.accounts.query({ id, which: 'undelivered' });
    expect((await undelivered()).accounts).toMatchObject([{ id: account, mailState: 'failed', mailId: mail }]);
    await superuser.query(
      `insert into ibok.outbox (key, to_address, template_id, fields, record, state, sent_at, resends_id)
       select key || ':again', to_address, template_id, fields, record, 'sent', now(), id from ibok.outbox where id = $1`,
      [mail],
    );
    expect((await undelivered()).accounts).toEqual([]);
    expect(await listed(id)).toMatchObject({ undelivered: 0, told: 1 });
  });

  it('counts who accepted it, and names who did not', async () => {
    const id = await add();
    await barbara.regulations.announce.mutate({ id });
    await superuser.query(
      `insert into ibok.regulation_acceptances (account_id, version_id, channel) values ($1, $2, 'web')`,
      [pending, id],
    );
    expect(await listed(id)).toMatchObject({ accepted: 1, accounts: ACCOUNTS + 1 });
    const { accounts } = await barbara.regulations.accounts.query({ id, which: 'missing' });
    expect(accounts.map((account) => account.id)).not.toContain(pending);
    expect(accounts).toHaveLength(ACCOUNTS);
  });

  it('cannot be replaced through the documents, nor added among them', async () => {
    const id = await add();
    const versionId = (await listed(id))?.file?.versionId ?? '';
    expect(
      (await refusalOf(barbara.documents.restoreVersion.mutate({ versionId, requestId: randomUUID() }))).code,
    ).toBe('DOCUMENT_FIXED');
    const client = await database().asLogin('s_barbara');
    const { upload } = await stage();
    await expect(
      client.query(`select api.add_document('regulation_versions', $1, 'Inny', 'regulations', $2)`, [id, upload]),
    ).rejects.toMatchObject({ code: 'IB004' });
  });
});
