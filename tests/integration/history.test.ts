import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { createStaffLogin } from '../../main/db/staff-login';
import { insertCustomer } from '../support/customers';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
let root: Client;
let anna: Client;
beforeEach(async () => {
  root = await database().asSuperuser();
  anna = await database().asLogin('s_anna');
});

interface Entry {
  op: string;
  login: string;
  display_name: string | null;
  reason: string | null;
  changes: Record<string, unknown> | null;
}
const historyOf = async (id: string) =>
  (await anna.query<Entry>(`select * from api.history('customers', $1)`, [id])).rows;

test('an import and its undoing stand in the history of every record, also of one that is gone again', async () => {
  const sha256 = randomUUID().replaceAll('-', '').repeat(2);
  const { rows } = await anna.query(
    `select api.begin_import(gen_random_uuid(), 'customers', 'good', 'klienci.csv', $1, 'utf-8') ->> 'importId' as id`,
    [sha256],
  );
  const imported = rows[0].id;
  const customer = { row: 2, customer_no: 'HIST-1', kind: 'person', first_name: 'Ewa', last_name: 'Wpisana' };
  await anna.query('select * from api.import_rows($1, $2)', [imported, JSON.stringify([customer])]);
  await anna.query('select api.finish_import($1, 0)', [imported]);
  const made = await root.query('select id from ibok.customers where customer_no = $1', [customer.customer_no]);
  const id = made.rows[0].id;
  expect(await historyOf(id)).toMatchObject([{ op: 'insert', login: 's_anna', reason: `import ${imported}` }]);

  await anna.query('select api.undo_import($1)', [imported]);
  expect(await historyOf(id)).toMatchObject([
    { op: 'delete', login: 's_anna', reason: `undo import ${imported}` },
    { op: 'insert', reason: `import ${imported}` },
  ]);
});

test('the history keeps who did it after that person has left', async () => {
  const login = `s_h${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const leaver = { login, displayName: 'Odchodząca Osoba', group: 'bok_clerk', password: TEST_PASSWORD } as const;
  await createStaffLogin(root, { ...leaver, mustChange: false });
  const id = await insertCustomer(root);
  const clerk = await database().asLogin(login);
  await clerk.query(`select api.edit_contact($1, '{"phone": [null, "500 100 200"]}')`, [id]);
  await clerk.end();
  const admin = await database().asLogin('s_admin');
  await admin.query('select api.end_staff($1, gen_random_uuid())', [login]);
  expect((await historyOf(id))[0]).toMatchObject({ op: 'update', login, display_name: 'Odchodząca Osoba' });
});

test('values can be pruned for one person: who and when stay, nobody else loses anything, and the chain holds', async () => {
  const [erased, other] = [await insertCustomer(root, { phone: '500 100 300' }), await insertCustomer(root)];
  const worker = await database().asLogin('ibok_worker');
  await worker.query('select jobs.seal()');
  await worker.query('select jobs.seal()');
  await root.query(`update audit.event_values set changes = '{}' where subject = $1`, [`customer:${erased}`]);
  await root.query('update audit.subject_keys set key = null, destroyed_at = now() where subject = $1', [
    `customer:${erased}`,
  ]);
  expect(await historyOf(erased)).toMatchObject([{ op: 'insert', changes: {} }]);
  expect((await historyOf(other))[0]?.changes).not.toEqual({});
  const officer = await database().asLogin('s_iod');
  const { rows } = await officer.query('select audit.verify_chain() as verdict');
  expect(rows[0].verdict).toMatchObject({ ok: true, firstBad: null });
});
