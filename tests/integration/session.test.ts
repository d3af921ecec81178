import { afterEach, describe, expect, it } from 'vitest';
import { scramVerifier } from '../../main/db/scram';
import { type Desk, openDesk, refusalOf } from '../support/desk';
import { createTestDatabase, TEST_PASSWORD, type TestDatabase, testDatabase } from '../support/postgres';

const database = testDatabase();
const desks: Desk[] = [];
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.close()));
});

function desk(
  db: Partial<TestDatabase> & { embedded?: boolean; ca?: string } = {},
  options: Parameters<typeof openDesk>[1] = {},
): Desk {
  const { host, port, name } = { ...database(), ...db };
  const opened = openDesk({ host, port, database: name, embedded: db.embedded ?? true, ca: db.ca }, options);
  desks.push(opened);
  return opened;
}

const signIn = { server: 'main', login: 's_anna', password: TEST_PASSWORD };

describe('signing in', () => {
  it('tells who somebody is, what this person may do, and the key of the drafts', async () => {
    const { api } = desk().window('a');
    const state = await api.session.signIn.mutate(signIn);
    expect(state).toMatchObject({
      status: 'active',
      user: { login: 's_anna', displayName: 'Anna Klerk', group: 'bok_clerk' },
    });
    if (state.status !== 'active') throw new Error('not signed in');
    expect(Buffer.from(state.user.draftKey, 'base64')).toHaveLength(32);
    expect(state.user.actions).toContain('customers.editContact');
    expect(state.user.actions).not.toContain('staff.create');
    expect(await api.session.state.query()).toEqual(state);
  });

  it('keeps the same draft key for the next time', async () => {
    const first = await desk().window('a').api.session.signIn.mutate(signIn);
    const second = await desk().window('b').api.session.signIn.mutate(signIn);
    expect(first).toHaveProperty('user.draftKey');
    expect(second).toEqual(first);
  });

  it.each([
    ['a wrong password', { password: 'nie-to-haslo-wcale' }, {}, 'SIGN_IN_WRONG_PASSWORD'],
    ['an unknown login, with the same words', { login: 's_nikt' }, {}, 'SIGN_IN_WRONG_PASSWORD'],
    ['a login that is no staff login', { login: 'postgres' }, {}, 'INVALID_INPUT'],
    ['another machine without a certificate authority', {}, { host: 'baza.invalid' }, 'SIGN_IN_NOT_TRUSTED'],
    ['an unknown host', {}, { host: 'baza.invalid', ca: 'any' }, 'SIGN_IN_UNKNOWN_HOST'],
    ['a closed port', {}, { port: 1 }, 'SIGN_IN_NO_SERVER'],
    ['a database that is not there', {}, { name: 'brak' }, 'SIGN_IN_NO_DATABASE'],
    ['a server below the floor', {}, { embedded: false }, 'SERVER_TOO_OLD'],
  ] as const)('has an own code for %s', async (_, given, db, code) => {
    const { api } = desk(db).window('a');
    expect((await refusalOf(api.session.signIn.mutate({ ...signIn, ...given }))).code).toBe(code);
    expect(await api.session.state.query()).toMatchObject({ status: 'signedOut' });
  });

  it('has an own code when the login already has its connections', async () => {
    const superuser = await database().asSuperuser();
    await superuser.query(
      `create role s_pelna login connection limit 0 password '${await scramVerifier(TEST_PASSWORD)}'`,
    );
    try {
      await superuser.query('grant bok_staff to s_pelna');
      const { api } = desk().window('a');
      const { code } = await refusalOf(api.session.signIn.mutate({ ...signIn, login: 's_pelna' }));
      expect(code).toBe('SIGN_IN_TOO_MANY_CONNECTIONS');
    } finally {
      await superuser.query('drop role s_pelna');
    }
  });

  it.each([
    ['older', `delete from ibok.schema_versions where name ~ '^[0-9]' and name > '0001'`, 'SCHEMA_TOO_OLD'],
    ['newer', `insert into ibok.schema_versions (name, sha256) values ('9999-later.sql', '')`, 'SCHEMA_TOO_NEW'],
    ['missing', 'drop function api.whoami()', 'SCHEMA_TOO_OLD'],
  ])('refuses a schema that is %s', async (_, change, code) => {
    const other = await createTestDatabase();
    try {
      await (await other.asSuperuser()).query(change);
      const { api } = desk({ name: other.name }).window('a');
      expect((await refusalOf(api.session.signIn.mutate(signIn))).code).toBe(code);
    } finally {
      await other.drop();
    }
  });

  it('writes neither the password nor the person into the log', async () => {
    const opened = desk();
    const { api } = opened.window('a');
    await refusalOf(api.session.signIn.mutate({ ...signIn, password: 'kanarek-w-logach-1' }));
    await api.session.signIn.mutate(signIn);
    expect(opened.log.join('\n')).not.toMatch(/kanarek|Anna|s_anna|demo-haslo/);
  });
});

describe('a session', () => {
  it('locks: the connections close, nothing is answered, and only the same person unlocks it', async () => {
    const opened = desk();
    const window = opened.window('a');
    const api = await window.signIn('s_anna', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    await api.customers.cities.query();
    expect(await api.session.lock.mutate()).toEqual({ status: 'locked', login: 's_anna', displayName: 'Anna Klerk' });
    await expect.poll(() => sessionsOf('s_anna')).toBe(0);
    expect((await refusalOf(api.customers.cities.query())).code).toBe('LOCKED');
    expect((await refusalOf(api.session.unlock.mutate({ password: 'zle-haslo-zupelnie' }))).code).toBe(
      'SIGN_IN_WRONG_PASSWORD',
    );
    expect(await api.session.unlock.mutate({ password: TEST_PASSWORD })).toMatchObject({ status: 'active' });
    await expect.poll(() => seen).toContainEqual({ topic: 'session', id: 'locked' });
    stop();
  });

  it('locks by itself after the idle time, unless the person gives a sign', async () => {
    let now = Date.parse('2026-11-22T10:00:00Z');
    const { api, signIn: enter } = desk({}, { idleSeconds: 1, now: () => new Date(now) }).window('a');
    await enter('s_anna', TEST_PASSWORD);
    now += 900;
    await api.session.touch.mutate();
    now += 900;
    await new Promise((done) => setTimeout(done, 600));
    expect(await api.session.state.query()).toMatchObject({ status: 'active' });
    now += 1200;
    await expect.poll(async () => (await api.session.state.query()).status).toBe('locked');
  });

  it('ends with sign-out: no connection stays', async () => {
    const { api, signIn: enter } = desk().window('a');
    await enter('s_anna', TEST_PASSWORD);
    await api.customers.cities.query();
    expect(await api.session.signOut.mutate()).toMatchObject({ status: 'signedOut' });
    await expect.poll(() => sessionsOf('s_anna')).toBe(0);
    expect((await refusalOf(api.customers.cities.query())).code).toBe('NOT_SIGNED_IN');
  });

  it('belongs to its window: another window of the same host is not signed in', async () => {
    const opened = desk();
    await opened.window('a').signIn('s_anna', TEST_PASSWORD);
    expect((await refusalOf(opened.window('b').api.customers.cities.query())).code).toBe('NOT_SIGNED_IN');
  });

  it('shares three connections with the other windows of the same person, and ends with the last of them', async () => {
    const opened = desk();
    const windows = ['a', 'b', 'c', 'd', 'e'].map((id) => opened.window(id));
    for (const window of windows) await window.signIn('s_anna', TEST_PASSWORD);
    await Promise.all(windows.flatMap(({ api }) => [api.customers.cities.query(), api.dashboard.figures.query()]));
    expect(await sessionsOf('s_anna')).toBeLessThanOrEqual(3);
    const heard = windows.map((window) => window.hints());
    const superuser = await database().asSuperuser();
    await superuser.query(`select pg_notify('ibok', 'customers:1')`);
    for (const { seen } of heard) await expect.poll(() => seen).toContainEqual({ topic: 'customers', id: '1' });
    for (const { stop } of heard) stop();
    for (const { api } of windows.slice(1)) await api.session.signOut.mutate();
    expect(await windows[0]?.api.customers.cities.query()).toEqual({ cities: [] });
    await windows[0]?.api.session.lock.mutate();
    await expect.poll(() => sessionsOf('s_anna')).toBe(0);
  });

  it('leaves no connection behind when one window signs in twice at once', async () => {
    const opened = desk();
    const { api } = opened.window('a');
    const tomasz = { ...signIn, login: 's_tomasz' };
    await Promise.all([api.session.signIn.mutate(tomasz), api.session.signIn.mutate(tomasz)]);
    await api.session.signOut.mutate();
    await expect.poll(() => sessionsOf('s_tomasz')).toBe(0);
  });

  it('remembers the settings of its person', async () => {
    const { api, signIn: enter } = desk().window('a');
    await enter('s_celina', TEST_PASSWORD);
    await api.session.saveSettings.mutate({ language: 'en', theme: 'dark', density: 'compact' });
    const again = await desk()
      .window('b')
      .api.session.signIn.mutate({ ...signIn, login: 's_celina' });
    expect(again).toMatchObject({ user: { settings: { language: 'en', theme: 'dark', density: 'compact' } } });
  });
});

describe('a first password', () => {
  async function newcomer(login: string) {
    const { api, signIn: enter } = desk().window(`admin-${login}`);
    await enter('s_admin', TEST_PASSWORD);
    const made = await api.staff.create.mutate({
      requestId: crypto.randomUUID(),
      login,
      displayName: 'Nowa Osoba',
      phone: null,
      email: null,
      group: 'bok_clerk',
    });
    return { admin: api, ...made };
  }
  const gone = async (login: string) => {
    const superuser = await database().asSuperuser();
    await superuser.query(`drop role if exists ${login}`);
  };

  it('opens nothing but its own change, and the change brings the rights', async () => {
    const { password } = await newcomer('s_nowa');
    const { api } = desk().window('nowa');
    const state = await api.session.signIn.mutate({ server: 'main', login: 's_nowa', password });
    expect(state).toMatchObject({ status: 'newPassword', login: 's_nowa' });
    expect((await refusalOf(api.customers.cities.query())).code).toBe('PASSWORD_MUST_BE_CHANGED');
    const short = api.session.changePassword.mutate({ current: password, next: 'za-krotkie' });
    expect((await refusalOf(short)).code).toBe('PASSWORD_TOO_SHORT');
    const wrong = api.session.changePassword.mutate({ current: 'nie-to-haslo', next: 'zielona łąka pod lasem' });
    expect((await refusalOf(wrong)).code).toBe('SIGN_IN_WRONG_PASSWORD');
    const changed = await api.session.changePassword.mutate({ current: password, next: 'zielona łąka pod lasem' });
    expect(changed).toMatchObject({ status: 'active', user: { group: 'bok_clerk' } });
    expect(await api.customers.cities.query()).toEqual({ cities: [] });
    const other = desk().window('again').api;
    expect(
      await other.session.signIn.mutate({ server: 'main', login: 's_nowa', password: 'zielona łąka pod lasem' }),
    ).toMatchObject({ status: 'active' });
    await Promise.all([api.session.signOut.mutate(), other.session.signOut.mutate()]);
    await gone('s_nowa');
  });

  it('expires after 72 hours, with words of its own', async () => {
    const { password } = await newcomer('s_pozna');
    const superuser = await database().asSuperuser();
    await superuser.query(
      `update ibok.staff_members set password_reset_at = now() - interval '73 hours' where login = 's_pozna'`,
    );
    const { api } = desk().window('pozna');
    const { code } = await refusalOf(api.session.signIn.mutate({ server: 'main', login: 's_pozna', password }));
    expect(code).toBe('SIGN_IN_EXPIRED');
    const psql = await database().asLogin('s_pozna', password);
    await expect(
      psql.query('select api.change_own_password($1)', [await scramVerifier('x'.repeat(20))]),
    ).rejects.toMatchObject({
      code: 'IB008',
    });
    await database().disconnect();
    await gone('s_pozna');
  });

  it('is refused for a login that is taken, and a leaver is signed out at once', async () => {
    const { admin, password } = await newcomer('s_krotka');
    const again = admin.staff.create.mutate({
      requestId: crypto.randomUUID(),
      login: 's_krotka',
      displayName: 'Druga',
      phone: null,
      email: null,
      group: 'bok_clerk',
    });
    expect((await refusalOf(again)).code).toBe('LOGIN_TAKEN');

    const window = desk().window('krotka');
    const { seen, stop } = window.hints();
    await window.api.session.signIn.mutate({ server: 'main', login: 's_krotka', password });
    await window.api.session.changePassword.mutate({ current: password, next: 'niebieska rzeka zimą' });
    await admin.staff.end.mutate({ requestId: crypto.randomUUID(), login: 's_krotka' });
    await expect.poll(() => seen, { timeout: 5_000 }).toContainEqual({ topic: 'session', id: 'ended' });
    expect((await refusalOf(window.api.customers.cities.query())).code).toBe('NOT_SIGNED_IN');
    stop();
    await gone('s_krotka');
  });
});

async function sessionsOf(login: string): Promise<number> {
  const superuser = await database().asSuperuser();
  const { rows } = await superuser.query(
    'select count(*)::int as n from pg_stat_activity where usename = $1 and datname = $2',
    [login, database().name],
  );
  await superuser.end();
  return rows[0].n;
}
