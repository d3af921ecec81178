import { expect, it } from 'vitest';
import { bootstrapDatabase } from '../../main/db/bootstrap';
import { ChangedMigration, EXPECTED_SCHEMA, migrate, NewerSchema, schemaStatus } from '../../main/db/migrate';
import { insertCustomer } from '../support/customers';
import { testDatabase } from '../support/postgres';

const database = testDatabase();

it('is current after migration, and a second run of migrator and bootstrap changes nothing', async () => {
  const migrator = await database().asLogin('ibok_migrator');
  const root = await database().asSuperuser();
  await bootstrapDatabase(root);
  expect(await migrate(migrator)).toEqual([]);
  const anna = await database().asLogin('s_anna');
  expect(await schemaStatus(anna)).toEqual({
    state: 'current',
    applied: EXPECTED_SCHEMA,
    expected: EXPECTED_SCHEMA,
    pending: [],
    changed: [],
  });
});

it('puts back by the migrator what drifted in functions, grants and policies', async () => {
  const root = await database().asSuperuser();
  await root.query('grant select on ibok.customers to bok_clerk');
  await root.query('create policy stray on ibok.customers for update to bok_clerk using (true)');
  await root.query(`update ibok.schema_versions set sha256 = 'old' where name = 'repeatable/50-access.sql'`);
  const migrator = await database().asLogin('ibok_migrator');
  expect((await schemaStatus(migrator).catch(() => undefined))?.changed).toBeUndefined();
  expect((await migrate(migrator)).length).toBeGreaterThan(5);
  const anna = await database().asLogin('s_anna');
  await insertCustomer(root, { phone: '500 100 200' });
  await expect(anna.query('select phone from ibok.customers')).rejects.toMatchObject({ code: '42501' });
  const stray = await root.query(`select from pg_policies where policyname = 'stray'`);
  expect(stray.rowCount).toBe(0);
});

it('refuses a migration that was edited after it had been applied, and a database of a newer program', async () => {
  const root = await database().asSuperuser();
  const { rows } = await root.query(`select name, sha256 from ibok.schema_versions where name like '0001-%'`);
  await root.query(`update ibok.schema_versions set sha256 = 'other' where name = $1`, [rows[0].name]);
  await expect(migrate(root)).rejects.toThrow(ChangedMigration);
  await root.query('update ibok.schema_versions set sha256 = $2 where name = $1', [rows[0].name, rows[0].sha256]);
  await root.query(`insert into ibok.schema_versions (name, sha256) values ('9999-future.sql', 'x')`);
  expect((await schemaStatus(root)).state).toBe('newer');
  await expect(migrate(root)).rejects.toThrow(NewerSchema);
  await root.query(`delete from ibok.schema_versions where name = '9999-future.sql'`);
  expect(await migrate(root)).toEqual([]);
});

it('takes from PUBLIC, and so from staff, what could fill or block the server', async () => {
  const anna = await database().asLogin('s_anna');
  for (const sql of [
    'create temporary table t (a int)',
    'create table public.t (a int)',
    'create table ibok.t (a int)',
    'do $$ begin null; end $$',
    'select lo_create(0)',
    'select pg_advisory_lock(1)',
    'set temp_file_limit = -1',
    'set session authorization postgres',
    'set role ibok_owner',
    'set role ibok_role_keeper',
    'set session_replication_role = replica',
    'alter role s_anna bypassrls',
    'alter table ibok.customers disable trigger all',
    `select keeper.grant_group('s_anna', 'bok_supervisor')`,
    `select keeper.set_verifier('s_barbara', 'x', null)`,
    'truncate ibok.customers',
    'delete from ibok.customers',
    `insert into ibok.approvals (kind, subject, subject_version, reason) values ('x_y', 'customers:1', '1', 'x')`,
  ]) {
    await expect(anna.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  }
});

it('gives the migrator no right of its own and no way to make roles', async () => {
  const migrator = await database().asLogin('ibok_migrator');
  await expect(migrator.query('select from ibok.customers')).rejects.toMatchObject({ code: '42501' });
  await expect(migrator.query('create role s_ghost login')).rejects.toMatchObject({ code: '42501' });
  await migrator.query('set role ibok_owner');
  await migrator.query('select from ibok.customers');
});

it('logs no detail of a failing row and no statement', async () => {
  const anna = await database().asLogin('s_anna');
  const { rows } = await anna.query(
    `select name, setting from pg_settings where name in
       ('log_error_verbosity', 'log_min_error_statement', 'log_parameter_max_length_on_error', 'TimeZone') order by name`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    TimeZone: 'Europe/Warsaw',
  });
});
