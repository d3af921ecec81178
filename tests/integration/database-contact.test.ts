import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { bankAccount, insertCustomer, insertSupply } from '../support/customers';
import { untilSomebodyWaits } from '../support/locks';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let anna: Client;

beforeEach(async () => {
  root = await database().asSuperuser();
  anna = await database().asLogin('s_anna');
});

const edit = async (client: Client, id: string, changes: object, request: string | null = null) =>
  (await client.query('select api.edit_contact($1, $2, $3) as result', [id, changes, request])).rows[0].result;
const contactOf = async (id: string) =>
  (await root.query('select phone, email, postal_city from ibok.customers where id = $1', [id])).rows[0];

describe('api.edit_contact', () => {
  it('merges changes of two people to different fields', async () => {
    const id = await insertCustomer(root, { phone: '500 100 200', email: 'stary@example.org' });
    const barbara = await database().asLogin('s_barbara');
    expect(await edit(anna, id, { phone: ['500 100 200', '600 100 200'] })).toEqual({
      status: 'saved',
      changed: ['phone'],
    });
    expect(await edit(barbara, id, { email: ['stary@example.org', 'nowy@example.org'] })).toEqual({
      status: 'saved',
      changed: ['email'],
    });
    expect(await contactOf(id)).toMatchObject({ phone: '600 100 200', email: 'nowy@example.org' });
  });

  it('stores nothing and shows three values where both changed the same field', async () => {
    const id = await insertCustomer(root, { phone: '500 100 200' });
    const barbara = await database().asLogin('s_barbara');
    await edit(barbara, id, { phone: ['500 100 200', '700 100 200'] });
    const mine = { phone: ['500 100 200', '600 100 200'], postal_city: [null, 'Kartuzy'] };
    expect(await edit(anna, id, mine)).toEqual({
      status: 'conflict',
      fields: { phone: { original: '500 100 200', theirs: '700 100 200', mine: '600 100 200' } },
    });
    expect(await contactOf(id)).toMatchObject({ phone: '700 100 200', postal_city: null });
  });

  it('is no conflict where both typed the same, and takes an empty field for none', async () => {
    const id = await insertCustomer(root, { phone: '700 100 200', email: 'stary@example.org' });
    const both = { phone: ['500 100 200', '700 100 200'], email: ['stary@example.org', ''] };
    expect(await edit(anna, id, both)).toEqual({ status: 'saved', changed: ['email'] });
    expect(await contactOf(id)).toMatchObject({ phone: '700 100 200', email: null });
  });

  it('waits for a colleague who is saving, and then compares with what was saved', async () => {
    const id = await insertCustomer(root, { phone: '500 100 200' });
    await root.query('begin');
    await root.query(`update ibok.customers set phone = '700 100 200' where id = $1`, [id]);
    const saving = edit(anna, id, { phone: ['500 100 200', '600 100 200'] });
    await untilSomebodyWaits(await database().asSuperuser());
    await root.query('commit');
    expect(await saving).toMatchObject({ status: 'conflict' });
  });

  it('does the same act once, also when two clicks arrive together', async () => {
    const id = await insertCustomer(root, { phone: '500 100 200' });
    const again = await database().asLogin('s_anna');
    const request = randomUUID();
    const changes = { phone: ['500 100 200', '600 100 200'] };
    const both = await Promise.all([edit(anna, id, changes, request), edit(again, id, changes, request)]);
    expect(both).toEqual([
      { status: 'saved', changed: ['phone'] },
      { status: 'saved', changed: ['phone'] },
    ]);
    const events = await root.query(
      `select from audit.events where table_name = 'customers' and row_id = $1 and op = 'update' and request_id = $2`,
      [id, request],
    );
    expect(events.rowCount).toBe(1);
    await expect(edit(anna, id, { phone: ['600 100 200', '1234567'] }, request)).rejects.toMatchObject({
      code: 'IB005',
    });
    const barbara = await database().asLogin('s_barbara');
    await expect(edit(barbara, id, changes, request)).rejects.toMatchObject({ code: 'IB005' });
  });

  it('does not remember a conflict: the same act may be sent again once it is solved', async () => {
    const id = await insertCustomer(root, { phone: '700 100 200' });
    const request = randomUUID();
    const changes = { phone: ['500 100 200', '600 100 200'] };
    expect(await edit(anna, id, changes, request)).toMatchObject({ status: 'conflict' });
    await root.query(`update ibok.customers set phone = '500 100 200' where id = $1`, [id]);
    expect(await edit(anna, id, changes, request)).toMatchObject({ status: 'saved' });
  });

  it('names field and rule of a value that is no phone number, code or address', async () => {
    const id = await insertCustomer(root);
    for (const [column, value, constraint] of [
      ['phone_alt', 'sąsiadka', 'phone_form'],
      ['email', 'ktoś@example.org', 'email_form'],
      ['postal_code', '83300', 'postal_code_form'],
      ['postal_city', 'Kartuzy\u202e', 'line_clean'],
      ['postal_city', 'Kar\u0301tuzy', 'line_clean'],
      ['postal_street', 'x'.repeat(201), 'line_length'],
    ] as const) {
      await expect(edit(anna, id, { [column]: [null, value] }), value).rejects.toMatchObject({
        code: '23514',
        column,
        constraint,
      });
    }
  });

  it.each([
    { last_name: ['Testowa', 'Inna'] },
    { pesel: [null, '44051401359'] },
    { phone: 'x' },
    { phone: [null, 7] },
    { phone: [] },
    {},
  ])('refuses %j', async (changes) => {
    const id = await insertCustomer(root);
    await expect(edit(anna, id, changes)).rejects.toMatchObject({ code: 'IB004' });
  });

  it('is for clerks and supervisors only', async () => {
    const id = await insertCustomer(root);
    for (const login of ['s_tomasz', 's_admin', 's_iod']) {
      const client = await database().asLogin(login);
      await expect(edit(client, id, { phone: [null, '500 100 200'] }), login).rejects.toMatchObject({ code: '42501' });
    }
    await expect(edit(anna, '999999', { phone: [null, '500 100 200'] })).rejects.toMatchObject({ code: 'IB002' });
  });
});

describe('personal data', () => {
  it('comes out of the card with PESEL and account masked, and every look is logged', async () => {
    const account = bankAccount('42');
    const id = await insertCustomer(root, { phone: '500 100 200', pesel: '44051401359', bank_account: account });
    await root.query(`insert into ibok.legal_holds (customer_id, reason) values ($1, 'spór')`, [id]);
    const { rows } = await anna.query(`select api.open_card($1, 'phone_call') as card`, [id]);
    expect(rows[0].card).toMatchObject({
      phone: '500 100 200',
      peselMasked: '********359',
      bankAccountMasked: `${'*'.repeat(23)}${account.slice(-3)}`,
      alerts: { deceased: false, legalHolds: 1 },
    });
    expect(JSON.stringify(rows[0].card)).not.toContain('44051401359');
    const reads = await root.query('select login, purpose, fields from audit.reads where customer_id = $1', [id]);
    expect(reads.rows).toEqual([{ login: 's_anna', purpose: 'phone_call', fields: 'card' }]);
    await expect(anna.query(`select api.open_card($1, 'curiosity')`, [id])).rejects.toMatchObject({ code: 'IB004' });
    await expect(anna.query(`select api.open_card(999999, 'visit')`)).rejects.toMatchObject({ code: 'IB002' });
  });

  it('cannot be selected by anybody of the staff', async () => {
    const staff = ['s_anna', 's_barbara', 's_tomasz', 's_admin', 's_iod'];
    for (const login of staff) {
      const client = await database().asLogin(login);
      for (const column of [
        'phone',
        'email',
        'postal_city',
        'nip',
        'regon',
        'pesel',
        'bank_account',
        'identifier_override',
        '*',
      ]) {
        await expect(client.query(`select ${column} from ibok.customers`), `${login} ${column}`).rejects.toMatchObject({
          code: '42501',
        });
      }
    }
  });

  it('is revealed with a reason, which is kept, and not to technicians', async () => {
    const id = await insertCustomer(root, { pesel: '44051401359' });
    const { rows } = await anna.query(`select api.reveal($1, 'pesel', 'umowa na telefon') as value`, [id]);
    expect(rows[0].value).toBe('44051401359');
    const reads = await root.query('select purpose, fields from audit.reads where customer_id = $1', [id]);
    expect(reads.rows).toEqual([{ purpose: 'reveal: umowa na telefon', fields: 'pesel' }]);
    await expect(anna.query(`select api.reveal($1, 'pesel', '  x  ')`, [id])).rejects.toMatchObject({ code: 'IB004' });
    await expect(anna.query(`select api.reveal($1, 'phone', 'umowa na telefon')`, [id])).rejects.toMatchObject({
      code: 'IB004',
    });
    const tomasz = await database().asLogin('s_tomasz');
    await expect(tomasz.query(`select api.reveal($1, 'pesel', 'umowa na telefon')`, [id])).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('raises one alarm a day when more cards are opened than the rule allows', async () => {
    await root.query(`update ibok.rule_values set value = '3' where key = 'alarm.cards_per_day'`);
    const id = await insertCustomer(root);
    const celina = await database().asLogin('s_celina');
    const alarms = async () => (await root.query(`select kind, login from audit.alarms where login = 's_celina'`)).rows;
    for (let card = 1; card <= 3; card += 1) await celina.query(`select api.open_card($1, 'check')`, [id]);
    expect(await alarms()).toEqual([]);
    for (let card = 4; card <= 6; card += 1) await celina.query(`select api.open_card($1, 'check')`, [id]);
    expect(await alarms()).toEqual([{ kind: 'card_opens', login: 's_celina' }]);
  });

  it.each([
    ['+48 500-777-888', 'phone'],
    ['500777888', 'phone'],
    ['PELNY@example.org', 'email'],
    ['525-000-74-48', 'nip'],
    ['777888', null],
    ['pelny@example', null],
    ['%', null],
  ])('is found by the whole contact %s, as %s, and the question is logged', async (text, reason) => {
    const known = await root.query(`select id from ibok.customers where nip = '5250007448'`);
    if (known.rowCount === 0) {
      await insertCustomer(root, {
        phone: '500 777 888',
        email: 'pelny@example.org',
        nip: '5250007448',
        last_name: 'Pełny',
      });
    }
    const before = await root.query('select count(*)::int as n from audit.reads');
    const asked = anna.query('select reason from api.find_by_contact($1)', [text]);
    if (text === '%') {
      await expect(asked).rejects.toMatchObject({ code: 'IB004' });
      return;
    }
    expect((await asked).rows).toEqual(reason ? [{ reason }] : []);
    const after = await root.query('select count(*)::int as n from audit.reads');
    expect(after.rows[0].n).toBe(before.rows[0].n + 1);
  });
});

describe('api.history', () => {
  const tables = async (client: Client, id: string) =>
    (await client.query(`select distinct table_name from api.history('customers', $1) order by 1`, [id])).rows.map(
      (row) => row.table_name,
    );

  it('shows what belongs to the customer, as far as the person may see the tables', async () => {
    const id = await insertCustomer(root);
    await insertSupply(root, id, { city: 'Kartuzy', street: 'Historyczna', houseNo: '1' });
    await root.query(
      `insert into ibok.invoices (invoice_no, customer_id, issued_on, due_on, net_grosze, vat_grosze, gross_grosze)
       values ('F/1', $1, '2026-01-01', '2026-01-15', 100, 8, 108)`,
      [id],
    );
    await root.query(`insert into ibok.legal_holds (customer_id, reason) values ($1, 'spór')`, [id]);
    expect(await tables(anna, id)).toEqual(['customers', 'invoices', 'legal_holds', 'supplies']);
    expect(await tables(await database().asLogin('s_tomasz'), id)).toEqual(['customers', 'supplies']);
    expect(await tables(await database().asLogin('s_iod'), id)).toEqual(['customers', 'legal_holds', 'supplies']);
    await expect(tables(await database().asLogin('s_admin'), id)).rejects.toMatchObject({ code: 'IB001' });
    const reads = await root.query(`select from audit.reads where customer_id = $1 and fields = 'history'`, [id]);
    expect(reads.rowCount).toBe(3);
  });

  it('pages backwards, newest first, with the name of the person', async () => {
    const id = await insertCustomer(root, { phone: '500 100 200' });
    await edit(anna, id, { phone: ['500 100 200', '600 100 200'] });
    const ask = (before: string | null) =>
      anna.query(`select * from api.history('customers', $1, $2, 1)`, [id, before]);
    const [newest] = (await ask(null)).rows;
    expect(newest).toMatchObject({
      op: 'update',
      display_name: 'Anna Klerk',
      changes: { phone: ['500 100 200', '600 100 200'] },
    });
    expect((await ask(newest.event_id)).rows).toMatchObject([{ op: 'insert' }]);
  });

  it('of staff and of unknown tables is closed to clerks', async () => {
    for (const table of ['staff_members', 'acts', 'pg_authid', 'staff_settings', `customers'; --`]) {
      await expect(anna.query('select * from api.history($1, 1)', [table]), table).rejects.toMatchObject({
        code: 'IB001',
      });
    }
    const admin = await database().asLogin('s_admin');
    expect((await admin.query(`select * from api.history('staff_members', 1)`)).rowCount).toBeGreaterThan(0);
  });

  it('is the only way to the trail for a clerk, and nobody can change it', async () => {
    for (const login of ['s_anna', 's_barbara', 's_tomasz']) {
      const client = await database().asLogin(login);
      for (const sql of [
        'select id from audit.events',
        'select * from audit.event_values',
        'select * from audit.subject_keys',
      ]) {
        await expect(client.query(sql), `${login} ${sql}`).rejects.toMatchObject({ code: '42501' });
      }
    }
    for (const login of ['s_admin', 's_iod']) {
      const client = await database().asLogin(login);
      await client.query('select id from audit.events');
      for (const sql of [
        'update audit.events set login = login',
        'delete from audit.event_values',
        'select key from audit.subject_keys',
      ]) {
        await expect(client.query(sql), `${login} ${sql}`).rejects.toMatchObject({ code: '42501' });
      }
    }
    const admin = await database().asLogin('s_admin');
    await expect(admin.query('select * from audit.event_values')).rejects.toMatchObject({ code: '42501' });
  });
});
