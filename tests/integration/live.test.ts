import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openDesk, refusalOf } from '../support/desk';
import { plantPeople } from '../support/people';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { openCut } from '../support/proxy';

const database = testDatabase();

describe('live hints', () => {
  it('tell another desk of a change, by id and without data', async () => {
    const { host, port, name } = database();
    const { bare } = await plantPeople(await database().asSuperuser());
    const desk = openDesk({ host, port, database: name, embedded: true });
    const window = desk.window('barbara');
    await window.signIn('s_barbara', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    const anna = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
    await anna.customers.editContact.mutate({
      id: bare,
      requestId: randomUUID(),
      changes: { phone: { from: null, to: '58 123 45 67' } },
    });
    await expect.poll(() => seen).toContainEqual({ topic: 'customers', id: bare });
    expect(JSON.stringify(seen)).not.toContain('123 45');
    stop();
    await desk.close();
  });

  it('survive a cut: the desk says so, keeps the person, and asks for everything anew', async () => {
    const { host, port, name } = database();
    const cut = await openCut({ host, port });
    const desk = openDesk({ host: '127.0.0.1', port: cut.port, database: name, embedded: true });
    const window = desk.window('anna');
    const api = await window.signIn('s_anna', TEST_PASSWORD);
    const { seen, stop } = window.hints();
    await cut.sever();
    await expect.poll(() => seen).toContainEqual({ topic: 'link', id: 'down' });
    const refused = await refusalOf(api.customers.cities.query());
    expect(refused.code).toBe('CONNECTION_LOST');
    await cut.mend();
    await expect.poll(() => seen, { timeout: 10_000 }).toContainEqual({ topic: 'resync' });
    expect(seen).toContainEqual({ topic: 'link', id: 'up' });
    expect((await api.customers.cities.query()).cities).toContain('Kartuzy');
    stop();
    await desk.close();
    await cut.close();
  });

  it('an act whose answer was lost is done once when it is sent again', async () => {
    const { host, port, name } = database();
    const superuser = await database().asSuperuser();
    const { rows } = await superuser.query(`select id from ibok.customers where customer_no = '000123'`);
    const id = String(rows[0].id);
    const cut = await openCut({ host, port });
    const desk = openDesk({ host: '127.0.0.1', port: cut.port, database: name, embedded: true });
    const api = await desk.window('anna').signIn('s_anna', TEST_PASSWORD);
    const act = { id, requestId: randomUUID(), changes: { emailAlt: { from: null, to: 'nowy@example.com' } } };
    await api.customers.cities.query();
    // The commit reaches the server, its answer does not come back.
    cut.severAnswersAfter('commit');
    expect((await refusalOf(api.customers.editContact.mutate(act))).code).toBe('CONNECTION_LOST');
    await cut.mend();
    await expect
      .poll(() => api.customers.editContact.mutate(act).catch(() => null), { timeout: 10_000 })
      .toEqual({
        status: 'saved',
        changed: ['emailAlt'],
      });
    const written = await superuser.query(
      `select count(*)::int as n from audit.events as e join audit.event_values as v on v.event_id = e.id
        where e.table_name = 'customers' and e.row_id = $1 and v.changes ? 'email_alt'`,
      [id],
    );
    expect(written.rows[0].n).toBe(1);
    await desk.close();
    await cut.close();
  });
});
