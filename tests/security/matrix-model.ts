/**
 * Who stands before the database. `newcomer` holds a first password that was not changed yet, so only bok_staff;
 * `outsider` is a login without any group; `owner` is ibok_owner, which nobody signs in as, to pin the owner's policies.
 */
export const ROLES = [
  'clerk',
  'technician',
  'supervisor',
  'admin',
  'dpo',
  'newcomer',
  'portal',
  'billing',
  'worker',
  'outsider',
  'owner',
] as const;
export type Role = (typeof ROLES)[number];

export const ALL_STAFF = ['clerk', 'technician', 'supervisor', 'admin', 'dpo', 'newcomer'] as const;
/** Those who work with customers. */
export const OFFICE = ['clerk', 'technician', 'supervisor', 'dpo'] as const;
export const CLERKS = ['clerk', 'supervisor'] as const;
export const IMPORTERS = ['clerk', 'technician', 'supervisor'] as const;

/** Columns of a table a command is granted on, and to whom. Without `columns`: the whole table. */
export interface Grant {
  to: readonly Role[];
  columns?: string;
}

/** A row policy: for which command, and who gets past it with which rows. `owner_all` stands on every table. */
export interface Policy {
  for: 'select' | 'insert' | 'update' | 'delete' | 'all';
  all?: readonly Role[];
  own?: readonly Role[];
}

/** A statement of its own beside the generated ones: what really happens to a row. */
export interface Scenario {
  /** Completes "<role> …". */
  name: string;
  sql: string;
  by: readonly Role[];
  expected: Expected;
  /** What the superuser grants beforehand, so that the policy alone has to refuse. */
  granted?: readonly string[];
}

export type Expected = { rows: 'some' | 'none' } | { refused: string; saying?: string };

export interface TableRule {
  /** The row of the table in schema.md, section 2 (or the section that says it). */
  act: string;
  /** Every column, so that a new one fails until somebody has decided who may see it. */
  columns: string;
  /** Stored generated columns: nobody can write them, with or without a right. */
  generated?: string;
  select: readonly Grant[];
  insert?: readonly Grant[];
  update?: readonly Grant[];
  delete?: readonly Role[];
  policies: Readonly<Record<string, Policy>>;
  /** Where rows belong to somebody: SQL that is true for the rows of the person signed in. */
  own?: string;
  scenarios?: readonly Scenario[];
  /** A trigger refuses changes even where everything is granted. */
  fixed?: readonly ('update' | 'delete')[];
}

/** One call that means something: its SQL returns a row when the function did what it promises. */
export interface Call {
  /** Completes "<role> may …". */
  name: string;
  sql: string;
  may: readonly Role[];
  /** What those are told who may execute the function but not make this call. */
  refusal?: string;
  /** What somebody is told who got EXECUTE by mistake: the second lock. */
  intruder?: string;
  /** Needs a transaction that has not written yet: the refusal in any other. */
  alone?: string;
}

export interface FunctionRule {
  act: string;
  execute: readonly Role[];
  /** Pure functions have none: whoever may execute them gets the answer. */
  guarded: boolean;
  calls: readonly Call[];
}

/** Rows for reading by the roles named. */
export const reads = (all: readonly Role[]): Policy => ({ for: 'select', all });

/** A table of which the roles named see every row and column, and which nobody writes directly. */
export function readOnly(
  table: string,
  act: string,
  columns: string,
  to: readonly Role[],
  policy = `${table}_read`,
): TableRule {
  return { act, columns, select: [{ to }], policies: { [policy]: reads(to) } };
}

/** A table that is nobody's business outside the owner's functions. */
export function closed(act: string, columns: string): TableRule {
  return { act, columns, select: [], policies: {} };
}

/** A function that asks for the role itself beside EXECUTE. */
export const guarded = (act: string, execute: readonly Role[], ...calls: Call[]): FunctionRule => ({
  act,
  execute,
  guarded: true,
  calls,
});
