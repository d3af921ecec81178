import { FUNCTIONS, INTERNAL_FUNCTIONS, KEEPER_REFUSALS } from './matrix-functions';
import { ALL_STAFF, type FunctionRule, type Role, type TableRule } from './matrix-model';
import { TABLES } from './matrix-tables';

/** Members of each group, directly: a supervisor is a clerk, and everybody of the office is staff. */
const MEMBERSHIPS: Readonly<Record<string, readonly string[]>> = {
  bok_staff: ['bok_clerk', 'bok_technician', 'bok_supervisor', 'bok_admin', 'bok_dpo', 'ibok_role_keeper'],
  bok_clerk: ['bok_supervisor', 'ibok_role_keeper'],
  bok_technician: ['ibok_role_keeper'],
  bok_supervisor: ['ibok_role_keeper'],
  bok_admin: ['ibok_role_keeper'],
  bok_dpo: ['ibok_role_keeper'],
  ibok_owner: ['ibok_migrator'],
  ibok_role_keeper: [],
  ibok_migrator: [],
  ibok_portal: [],
  ibok_billing: [],
  ibok_worker: [],
  pg_signal_backend: ['ibok_role_keeper'],
  pg_read_all_stats: ['ibok_role_keeper'],
};

/** Who may use names of a schema at all. */
const SCHEMAS: Readonly<Record<string, readonly Role[]>> = {
  ibok: [...ALL_STAFF, 'worker'],
  api: ALL_STAFF,
  portal: ['portal'],
  billing: ['billing'],
  jobs: ['worker'],
  audit: ['admin', 'dpo', 'worker'],
  keeper: [],
};

/** Role × object × command × row class. A table, column, policy or function that is not named here fails the tests. */
export const MATRIX: {
  memberships: Readonly<Record<string, readonly string[]>>;
  schemas: Readonly<Record<string, readonly Role[]>>;
  tables: Readonly<Record<string, TableRule>>;
  functions: Readonly<Record<string, FunctionRule>>;
  /** Called by the owner's functions and triggers alone. */
  internal: readonly string[];
  /** Calls on logins that are refused to everybody. */
  keeper: readonly { object: string; name: string; sql: string }[];
} = {
  memberships: MEMBERSHIPS,
  schemas: SCHEMAS,
  tables: TABLES,
  functions: FUNCTIONS,
  internal: INTERNAL_FUNCTIONS,
  keeper: KEEPER_REFUSALS,
};
