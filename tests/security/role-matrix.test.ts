import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Case, makeCases } from './cases';
import { type Catalogue, readCatalogue } from './catalogue';
import { evaluateAsThemselves, evaluateInTransaction } from './evaluate';
import { type Stage, setStage } from './fixtures';
import { MATRIX } from './matrix';
import { ROLES } from './matrix-model';

let stage: Stage;
let catalogue: Catalogue;
let cases: Case[];

beforeAll(async () => {
  stage = await setStage();
  const superuser = await stage.database.asSuperuser();
  catalogue = await readCatalogue(superuser);
  cases = makeCases(catalogue);
  await superuser.end();
});
afterAll(() => stage?.close());

describe('the matrix names everything the database has, and nothing else', () => {
  test('tables and views with all their columns', () => {
    const named = Object.entries(MATRIX.tables).map(([table, { columns }]) => [table, columns.split(/\s+/).toSorted()]);
    const found = [...catalogue.tables].map(([table, columns]) => [table, columns.toSorted()]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(named));
  });

  test('policies with their commands, and the owner’s on every table', () => {
    const named = Object.entries(MATRIX.tables).flatMap(([table, { policies }]) => [
      [`${table}.owner_all`, 'all'],
      ...Object.entries(policies).map(([name, policy]) => [`${table}.${name}`, policy.for]),
    ]);
    expect(Object.fromEntries(catalogue.policies)).toEqual(Object.fromEntries(named));
  });

  test('functions, each once', () => {
    const named = [...Object.keys(MATRIX.functions), ...MATRIX.internal];
    expect(catalogue.functions.map(({ name }) => name)).toEqual(named.toSorted());
  });

  test('which functions guard themselves', () => {
    const exposed = catalogue.functions.filter(({ name, definer }) => MATRIX.functions[name] && definer);
    // The billing functions hand over to one that guards.
    const silent = exposed
      .filter(({ name, guarded }) => !guarded && !name.startsWith('billing.'))
      .map(({ name }) => name);
    expect(silent).toEqual([]);
    const unguarded = exposed.filter(({ name }) => MATRIX.functions[name]?.guarded === false).map(({ name }) => name);
    expect(unguarded).toEqual([]);
  });

  test('members of the groups, and nobody with a right to hand one on but the keeper', async () => {
    const named = Object.entries(MATRIX.memberships).filter(([, members]) => members.length > 0);
    const before16 = (group: string, members: readonly string[]) =>
      // Before PostgreSQL 16 CREATEROLE needs no membership to grant a group.
      group.startsWith('bok_') && !catalogue.memberships.get(group)?.includes('ibok_role_keeper')
        ? members.filter((member) => member !== 'ibok_role_keeper')
        : members;
    const expected = named
      .map(([group, members]) => [group, before16(group, members).toSorted()] as const)
      .filter(([, members]) => members.length > 0);
    const found = [...catalogue.memberships].map(([group, members]) => [group, members.toSorted()] as const);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  test('every role meets every table and function', () => {
    for (const role of ROLES) {
      const objects = new Set(cases.filter((one) => one.role === role).map(({ object }) => object));
      const wanted =
        role === 'owner'
          ? [...catalogue.tables.keys()]
          : [...catalogue.tables.keys(), ...catalogue.functions.map(({ name }) => name)];
      expect(wanted.filter((object) => !objects.has(object))).toEqual([]);
    }
  });
});

describe('what each role may do, signed in as itself', () => {
  test('the outsider does not get into the database', async () => {
    await expect(stage.database.asLogin(stage.logins.outsider)).rejects.toMatchObject({ code: '42501' });
    const superuser = await stage.database.asSuperuser();
    await superuser.query(`grant connect on database ${stage.database.name} to ${stage.logins.outsider}`);
  });

  test.each(ROLES)('%s', async (role) => {
    const own = cases.filter((one) => one.role === role && one.before.length === 0);
    expect(own.length).toBeGreaterThan(role === 'owner' ? 30 : 700);
    expect(await evaluateAsThemselves(stage, own)).toEqual([]);
  });
});

describe('what each role may do although something was granted by mistake', () => {
  test.each(ROLES.filter((role) => role !== 'owner'))('%s', async (role) => {
    const own = cases.filter((one) => one.role === role && one.before.length > 0);
    expect(own.length).toBeGreaterThan(100);
    const superuser = await stage.database.asSuperuser();
    await superuser.query('begin');
    expect(await evaluateInTransaction(superuser, stage, own)).toEqual([]);
    await superuser.query('rollback');
    await superuser.end();
  });
});
