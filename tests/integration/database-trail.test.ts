import type { Client } from 'pg';
import { expect, it } from 'vitest';
import { bankAccount, insertCustomer } from '../support/customers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();

const eventsOf = async (client: Client, table: string, id: string) =>
  (
    await client.query(
      `select e.login, e.application, e.op, e.request_id, e.reason, e.on_behalf_of, v.subject, v.changes
         from audit.events e join audit.event_values v on v.event_id = e.id
        where e.table_name = $1 and e.row_id = $2 order by e.id`,
      [table, id],
    )
  ).rows;

it('leaves one event per changed row with the person, the program, the request and only the changed columns', async () => {
  const root = await database().asSuperuser();
  const id = await insertCustomer(root, { last_name: 'Żuk', phone: '500 100 200' });
  const anna = await database().asLogin('s_anna');
  await anna.query(`set application_name = 'psql'`);
  await anna.query(`set ibok.reason = 'klient dzwonił'`);
  await anna.query('select api.edit_contact($1, $2, $3)', [
    id,
    { phone: ['500 100 200', '600 100 200'] },
    '00000000-0000-4000-8000-000000000001',
  ]);
  const [created, changed, ...more] = await eventsOf(root, 'customers', id);
  expect(more).toEqual([]);
  expect(created).toMatchObject({ login: 'postgres', op: 'insert', subject: `customer:${id}` });
  expect(created?.changes).toMatchObject({ last_name: [null, 'Żuk'], phone: [null, '500 100 200'] });
  expect(changed).toEqual({
    login: 's_anna',
    application: 'psql',
    op: 'update',
    request_id: '00000000-0000-4000-8000-000000000001',
    reason: 'klient dzwonił',
    on_behalf_of: null,
    subject: `customer:${id}`,
    changes: { phone: ['500 100 200', '600 100 200'] },
  });
});

it('writes no event for an update that changes nothing', async () => {
  const root = await database().asSuperuser();
  const id = await insertCustomer(root);
  await root.query('update ibok.customers set phone = phone where id = $1', [id]);
  expect(await eventsOf(root, 'customers', id)).toHaveLength(1);
});

it('lets nobody but the portal name another person as the one it acts for', async () => {
  const root = await database().asSuperuser();
  await root.query(`set ibok.on_behalf_of = 'account:1'`);
  const id = await insertCustomer(root);
  expect((await eventsOf(root, 'customers', id))[0]?.on_behalf_of).toBeNull();
});

it('keeps PESEL and bank account out of the trail, as digests that differ from person to person', async () => {
  const root = await database().asSuperuser();
  const account = bankAccount('1');
  const identifiers = { pesel: '44051401359', bank_account: account };
  const first = await insertCustomer(root, identifiers);
  const second = await insertCustomer(root, identifiers);
  const all = await root.query('select string_agg(changes::text, $1) as text from audit.event_values', [' ']);
  expect(all.rows[0].text).not.toContain('44051401359');
  expect(all.rows[0].text).not.toContain(account);
  const [a] = await eventsOf(root, 'customers', first);
  const [b] = await eventsOf(root, 'customers', second);
  expect(a?.changes.pesel[1]).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(a?.changes.pesel[1]).not.toBe(b?.changes.pesel[1]);
});

it('audits a document under the customer it belongs to, and a blob by its key without its bytes', async () => {
  const root = await database().asSuperuser();
  const customer = await insertCustomer(root);
  const bytes = Buffer.from('canary-bytes');
  await root.query('insert into ibok.blobs (sha256, bytes) values (sha256($1), $1)', [bytes]);
  const document = await root.query(
    `insert into ibok.documents (title, category, owner_table, owner_id) values ('Umowa', 'contract', 'customers', $1) returning id`,
    [customer],
  );
  await root.query(
    `insert into ibok.document_versions (document_id, version_no, sha256, file_name, mime, size)
     values ($1, 1, sha256($2), 'umowa.pdf', 'application/pdf', $3)`,
    [document.rows[0].id, bytes, bytes.length],
  );
  const subjects = await root.query(
    `select distinct v.subject from audit.events e join audit.event_values v on v.event_id = e.id
      where e.table_name in ('documents', 'document_versions')`,
  );
  expect(subjects.rows).toEqual([{ subject: `customer:${customer}` }]);
  const blob = await root.query(`select v.changes from audit.events e join audit.event_values v on v.event_id = e.id
    where e.table_name = 'blobs'`);
  expect(blob.rows).toEqual([{ changes: { size: [null, bytes.length] } }]);
  await expect(root.query(`update ibok.document_versions set file_name = 'inna.pdf'`)).rejects.toMatchObject({
    code: 'IB006',
  });
});

it('has the audit trigger on every table but those that are derived, expiring or bookkeeping', async () => {
  const root = await database().asSuperuser();
  const { rows } = await root.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'ibok'::regnamespace and c.relkind in ('r', 'p')
        and (select bit_or(t.tgtype) & 28 from pg_trigger t where t.tgrelid = c.oid and t.tgenabled = 'O'
              and t.tgname in ('audit_record', 'audit_inserts')) is distinct from 28
      order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([
    'bulk_rows',
    'customer_search',
    'customer_surnames',
    'import_rows',
    'job_runs',
    'legalization_counts',
    'letter_run_items',
    'meter_registry',
    'mirror_state',
    'presence',
    'schema_versions',
    'undo_steps',
    'upload_parts',
    'uploads',
  ]);
});

it('refuses changes of the trail even to the superuser, until the triggers are switched off', async () => {
  const root = await database().asSuperuser();
  for (const act of ['update audit.events set login = login', 'delete from audit.events', 'truncate audit.seals']) {
    await expect(root.query(act)).rejects.toMatchObject({ code: 'IB006' });
  }
});
