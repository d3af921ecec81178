import type { Catalogue } from './catalogue';
import { MATRIX } from './matrix';
import { type Call, type Expected, type Grant, type Policy, ROLES, type Role, type TableRule } from './matrix-model';

/**
 * One statement of one role with the only outcome that is right.
 *
 * Layers: `login` is what a person meets who signs in. The others first grant what should never be granted, in a
 * transaction that is rolled back, to prove that the next lock holds by itself: `opened` (schemas), `execute`
 * (functions), `granted` (tables; the policies are the lock), `scenario` (what the matrix says).
 */
export interface Case {
  layer: 'login' | 'opened' | 'execute' | 'granted' | 'scenario';
  role: Role;
  /** `schema.table`, or `schema.function`. */
  object: string;
  name: string;
  act: string;
  sql: string;
  expected: Expected;
  /** What the superuser does beforehand; then the case cannot run as a real login. */
  before: readonly string[];
  /** The column, where the case asks for the right on one alone. */
  column?: string;
  /** The refusal in a transaction that has written; such a call needs one of its own. */
  alone?: string;
}

const REFUSED: Expected = { refused: '42501', saying: 'permission denied for table' };
const SOME: Expected = { rows: 'some' };
const NONE: Expected = { rows: 'none' };
/** The owner may do everything; its cases pin the policy `owner_all`. */
const PEOPLE = ROLES.filter((role) => role !== 'owner');

const words = (list: string) => list.split(/\s+/).filter(Boolean);
const schemaOf = (object: string) => object.split('.')[0] ?? '';
const usage = Object.keys(MATRIX.schemas).map((schema) => `grant usage on schema ${schema} to public`);

/** Makes every positive and every negative case of the matrix. The catalogue gives what calls need: argument types. */
export function makeCases(catalogue: Catalogue): Case[] {
  return [
    ...Object.entries(MATRIX.tables).flatMap(([table, rule]) => tableCases(table, rule)),
    ...catalogue.sequences.flatMap(sequenceCases),
    ...catalogue.functions.flatMap(({ name, call }) => functionCases(name, call)),
    ...keeperCases(),
  ];
}

type Draft = Pick<Case, 'role' | 'name' | 'sql' | 'expected' | 'column'>;

/** As the person signs in; and, where the schema is closed to the role, with the schema opened: the grant must hold. */
function throughSchema(object: string, act: string, draft: Draft): Case[] {
  const whole = { ...draft, object, act, before: [], layer: 'login' } satisfies Case;
  if (MATRIX.schemas[schemaOf(object)]?.includes(draft.role)) return [whole];
  const closed: Expected = { refused: '42501', saying: 'permission denied for schema' };
  return [
    { ...whole, expected: closed },
    { ...whole, layer: 'opened', before: usage },
  ];
}

function tableCases(table: string, rule: TableRule): Case[] {
  const grants = PEOPLE.flatMap((role) => [...readCases(table, rule, role), ...writeCases(table, rule, role)]).flatMap(
    (draft) => throughSchema(table, rule.act, draft),
  );
  const drafts: Case[] = PEOPLE.flatMap((role) => policyCases(table, rule, role)).map((draft) => ({
    ...draft,
    object: table,
    act: rule.act,
    layer: 'granted',
    before: [
      ...usage,
      `grant all on ${table} to public`,
      // Triggers run the checks of the domains with the right of whoever writes.
      'grant execute on all functions in schema ibok to public',
    ],
  }));
  const scenarios = (rule.scenarios ?? []).flatMap(({ by, granted, ...scenario }) =>
    by.map(
      (role): Case => ({
        ...scenario,
        role,
        object: table,
        act: rule.act,
        layer: granted ? 'scenario' : 'login',
        before: granted ?? [],
      }),
    ),
  );
  const owner: Case = {
    layer: 'login',
    role: 'owner',
    object: table,
    act: rule.act,
    name: 'sees its rows',
    sql: `select * from ${table} limit 1`,
    expected: SOME,
    before: [],
  };
  return [...grants, ...drafts, ...scenarios, owner];
}

/** The columns a role holds a right on, by all its grants. */
function columnsOf(rule: TableRule, grants: readonly Grant[] | undefined, role: Role): Set<string> {
  const held = (grants ?? []).filter(({ to }) => to.includes(role)).map(({ columns }) => columns ?? rule.columns);
  return new Set(held.flatMap(words));
}

/** Which rows a role gets past the policies with. */
function rowsOf(rule: TableRule, role: Role, command: Policy['for']): 'all' | 'own' | 'none' {
  const policies = Object.values(rule.policies).filter((policy) => policy.for === command || policy.for === 'all');
  if (policies.some(({ all }) => all?.includes(role))) return 'all';
  return policies.some(({ own }) => own?.includes(role)) ? 'own' : 'none';
}

function readCases(table: string, rule: TableRule, role: Role): Draft[] {
  const all = words(rule.columns);
  const held = columnsOf(rule, rule.select, role);
  const rows = rowsOf(rule, role, 'select');
  const seen = (may: boolean): Expected => (!may ? REFUSED : rows === 'none' ? NONE : SOME);
  const drafts: Draft[] = [
    { role, name: 'selects *', sql: `select * from ${table} limit 1`, expected: seen(held.size === all.length) },
    ...all.map((column) => ({
      role,
      column,
      name: `selects ${column}`,
      sql: `select ${column} from ${table} limit 1`,
      expected: seen(held.has(column)),
    })),
  ];
  if (held.size === all.length) drafts.push(...rowClassCases(table, rule, role, rows));
  return drafts;
}

function rowClassCases(table: string, rule: TableRule, role: Role, rows: 'all' | 'own' | 'none'): Draft[] {
  if (!rule.own) return [];
  const others = rows === 'all' ? SOME : NONE;
  return [
    {
      role,
      name: 'sees own rows',
      sql: `select 1 from ${table} where ${rule.own} limit 1`,
      expected: rows === 'none' ? NONE : SOME,
    },
    {
      role,
      name: "sees others' rows",
      sql: `select 1 from ${table} where not (${rule.own}) limit 1`,
      expected: others,
    },
  ];
}

/** Rights are checked before any row is looked at, so a condition that no row fulfils asks for the right alone. */
function writeCases(table: string, rule: TableRule, role: Role): Draft[] {
  const writable = words(rule.columns).filter((column) => !words(rule.generated ?? '').includes(column));
  const inserts = columnsOf(rule, rule.insert, role);
  const updates = columnsOf(rule, rule.update, role);
  const may = (yes: boolean | undefined): Expected => (yes ? NONE : REFUSED);
  return [
    ...writable.flatMap((column): Draft[] => [
      {
        role,
        column,
        name: `inserts ${column}`,
        sql: `insert into ${table} (${column}) overriding system value select null where false`,
        expected: may(inserts.has(column)),
      },
      {
        role,
        column,
        name: `updates ${column}`,
        sql: `update ${table} set ${column} = default where false`,
        expected: may(updates.has(column)),
      },
    ]),
    { role, name: 'deletes', sql: `delete from ${table} where false`, expected: may(rule.delete?.includes(role)) },
    { role, name: 'truncates', sql: `truncate ${table}`, expected: REFUSED },
  ];
}

/** With every right granted: the policies alone decide. */
function policyCases(table: string, rule: TableRule, role: Role): Draft[] {
  const [first = ''] = words(rule.columns);
  const seen = rowsOf(rule, role, 'select');
  const stopped = (command: 'update' | 'delete'): Expected =>
    rule.fixed?.includes(command) ? { refused: 'IB006' } : NONE;
  const foreign = rule.own ? ` where not (${rule.own})` : '';
  const drafts: Draft[] = [
    {
      role,
      name: 'sees rows',
      sql: `select 1 from ${table} limit 1`,
      expected: seen === 'none' ? NONE : SOME,
    },
    ...rowClassCases(table, rule, role, seen),
    {
      role,
      name: 'updates foreign rows',
      sql: `update ${table} set ${first} = default${foreign}`,
      expected: stopped('update'),
    },
    { role, name: 'deletes foreign rows', sql: `delete from ${table}${foreign}`, expected: stopped('delete') },
  ];
  if (rowsOf(rule, role, 'insert') === 'none') {
    drafts.push({
      role,
      name: 'inserts a row',
      sql: `insert into ${table} default values`,
      expected: { refused: '42501', saying: 'row-level security' },
    });
  }
  return drafts;
}

function sequenceCases(sequence: string): Case[] {
  return PEOPLE.flatMap((role) =>
    throughSchema(sequence, 'invariant 1: nobody holds a right on a sequence', {
      role,
      name: 'takes a number',
      sql: `select nextval('${sequence}')`,
      expected: { refused: '42501', saying: 'permission denied for sequence' },
    }),
  );
}

function functionCases(name: string, anyCall: string): Case[] {
  const rule = MATRIX.functions[name];
  // Named, because a function that may be called often fails on the first thing its caller has no right on.
  const saying = `permission denied for function ${name.slice(name.indexOf('.') + 1)}`;
  const refused = (role: Role, act: string) =>
    throughSchema(name, act, { role, name: 'calls it', sql: anyCall, expected: { refused: '42501', saying } });
  if (!rule) return PEOPLE.flatMap((role) => refused(role, "the owner's own functions and triggers"));
  return PEOPLE.flatMap((role): Case[] => {
    if (rule.execute.includes(role)) return rule.calls.map((call) => rightfulCase(name, rule.act, role, call));
    const intruders = rule.guarded ? rule.calls.map((call) => intruderCase(name, rule.act, role, call)) : [];
    return [...refused(role, rule.act), ...intruders];
  });
}

/** What the few functions that may touch logins refuse even to the owner. */
function keeperCases(): Case[] {
  return MATRIX.keeper.map(({ object, name, sql }) => ({
    layer: 'login',
    role: 'owner',
    object,
    act: 'section 2: staff logins, groups and verifiers have one form',
    name,
    sql,
    expected: { refused: 'IB004' },
    before: [],
  }));
}

function rightfulCase(object: string, act: string, role: Role, call: Call): Case {
  return {
    layer: 'login',
    role,
    object,
    act,
    name: call.name,
    sql: call.sql,
    expected: call.may.includes(role) ? SOME : { refused: call.refusal ?? 'IB001' },
    before: [],
    ...(call.alone ? { alone: call.alone } : {}),
  };
}

/** Somebody granted EXECUTE by mistake: the first statement of the function refuses. */
function intruderCase(object: string, act: string, role: Role, call: Call): Case {
  return {
    layer: 'execute',
    role,
    object,
    act,
    name: call.name,
    sql: call.sql,
    expected: { refused: call.intruder ?? 'IB001' },
    before: [...usage, `grant execute on function ${object} to public`],
  };
}
