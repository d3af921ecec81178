import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Action, may, PERMISSIONS, STAFF_GROUPS, type StaffGroup } from '../../shared/permissions';
import { type Stage, setStage } from './fixtures';
import { MATRIX } from './matrix';
import type { Role } from './matrix-model';

const call = (name: string, place = 0): string => MATRIX.functions[name]?.calls[place]?.sql ?? '';
const rows = (table: string, columns = '*'): string => `select ${columns} from ibok.${table} limit 1`;
const importMeters = call('api.begin_import');

/** What the database is asked for in each action: all its statements must pass for those who may, one must fail else. */
const STATEMENTS: Readonly<Record<Action, readonly string[]>> = {
  'dashboard.figures': [rows('staff_members', 'id')],
  'dashboard.charts': [rows('readings'), rows('customer_search')],
  'customers.search': [rows('customer_search'), rows('meters')],
  'customers.findByContact': [call('api.find_by_contact')],
  'customers.list': [rows('customer_search')],
  'customers.count': [rows('customer_search', 'count(*)')],
  'customers.cities': [rows('customer_search', 'distinct city')],
  'customers.card': [call('api.open_card')],
  'customers.points': [rows('supplies'), rows('supply_points')],
  'customers.premise': [rows('premises')],
  'customers.reveal': [call('api.reveal')],
  'customers.editContact': [call('api.edit_contact')],
  'meters.get': [rows('meters'), rows('meter_installations'), rows('meter_types')],
  'readings.ofCustomer': [rows('readings')],
  'readings.ofMeter': [rows('readings')],
  'audit.history': [`select 1 from api.history('customers', 9001) limit 1`],
  'imports.check': [importMeters],
  'imports.run': [importMeters, call('api.import_rows'), call('api.finish_import')],
  'imports.progress': [rows('imports')],
  'imports.cancel': [rows('imports')],
  'imports.errorRows': [rows('imports')],
  'imports.list': [rows('imports')],
  'staff.list': [rows('staff_members')],
  'staff.create': [call('api.create_staff')],
  'staff.resetPassword': [call('api.reset_password')],
  'staff.end': [call('api.end_staff')],
};

const ROLE_OF: Readonly<Record<StaffGroup, Role>> = {
  bok_clerk: 'clerk',
  bok_technician: 'technician',
  bok_supervisor: 'supervisor',
  bok_admin: 'admin',
  bok_dpo: 'dpo',
};

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

/** Whether every statement gives a row; a refusal for want of a right is no, anything else is a fault of the test. */
async function allowed(client: Client, statements: readonly string[], role: Role): Promise<boolean> {
  for (const sql of statements) {
    await client.query('begin');
    try {
      const { rowCount } = await client.query(stage.fill(sql, role));
      if (!rowCount) throw new Error(`no row: ${sql}`);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === '42501' || code === 'IB001') return false;
      throw error;
    } finally {
      await client.query('rollback');
    }
  }
  return true;
}

describe('the application and the database say the same', () => {
  test('about every action there is', () => {
    expect(Object.keys(STATEMENTS).toSorted()).toEqual(Object.keys(PERMISSIONS).toSorted());
    expect(Object.values(STATEMENTS).every((list) => list.length > 0 && !list.includes(''))).toBe(true);
  });

  test.each(STAFF_GROUPS)('to %s', async (group) => {
    const role = ROLE_OF[group];
    const client = await stage.database.asLogin(stage.logins[role as Exclude<Role, 'owner'>]);
    const answers: Record<string, boolean> = {};
    const wanted: Record<string, boolean> = {};
    for (const action of Object.keys(PERMISSIONS) as Action[]) {
      wanted[action] = may(group, action);
      answers[action] = await allowed(client, STATEMENTS[action], role);
    }
    await client.end();
    expect(answers).toEqual(wanted);
  });

  test('to a newcomer: nothing but the own password', async () => {
    const client = await stage.database.asLogin(stage.logins.newcomer);
    const open: string[] = [];
    for (const action of Object.keys(PERMISSIONS) as Action[]) {
      if (await allowed(client, STATEMENTS[action], 'newcomer')) open.push(action);
    }
    await client.end();
    // The names of colleagues, which bok_staff sees.
    expect(open).toEqual(['dashboard.figures']);
  });

  test('a request id of one act is of no use for another', async () => {
    const client = await stage.database.asLogin(stage.logins.clerk);
    const request = randomUUID();
    await client.query('begin');
    await client.query('select api.edit_contact(9001, $1, $2)', ['{"phone": ["600100200", "600100300"]}', request]);
    await expect(
      client.query('select api.edit_contact(9001, $1, $2)', ['{"phone": ["600100300", "600100400"]}', request]),
    ).rejects.toMatchObject({ code: 'IB005' });
    await client.query('rollback');
    await client.end();
  });
});
