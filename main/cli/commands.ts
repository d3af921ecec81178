import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { bootstrap } from '../db/bootstrap';
import { migrate, type SchemaStatus, schemaStatus } from '../db/migrate';
import { createStaffLogin } from '../db/staff-login';
import { writeSampleExport } from '../demo/sample-export';
import { importFolder, sentence } from '../modules/imports/imports.commands';
import { CommandError } from './address';

/** What a command gets from the command line. */
export interface CommandContext {
  /** A connection of the command's login, to the office's database unless another is named. The caller ends all. */
  connect(database?: string): Promise<Client>;
  /** Name of the office's database. */
  database: string;
  /** Positional arguments after the command's name. */
  args: string[];
  /** `--customers`, for the commands that make data. */
  customers: number;
  say(line: string): void;
}

export interface Command {
  /** Its arguments and what it does, for the usage text. */
  usage: string;
  /** Who it signs in as when the address names nobody; undefined: the command needs no server. */
  login?: string;
  /** @returns whether all is well; false ends the program with code 1. */
  run(context: CommandContext): Promise<boolean>;
}

const BOOTSTRAP: Command = {
  usage: 'bootstrap          make or repair roles, database, schemas and extensions (as a superuser)',
  login: 'postgres',
  async run({ connect, database, say }) {
    await bootstrap(await connect('postgres'), database, connect);
    say(`Roles, database and extensions of ${database} are there.`);
    return true;
  },
};

const MIGRATE: Command = {
  usage: 'migrate            bring the schema up to this program',
  login: 'ibok_migrator',
  async run({ connect, say }) {
    const applied = await migrate(await connect());
    say(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
    return true;
  },
};

const STATUS: Command = {
  usage: 'status             compare the schema with this program, changing nothing',
  login: 'ibok_migrator',
  async run({ connect, say }) {
    const client = await connect();
    // The migrator inherits no right of the owner: it takes the role, as it does to migrate.
    await client.query(
      `select set_config('role', 'ibok_owner', false) where pg_has_role(session_user, 'ibok_owner', 'member')`,
    );
    const status = await schemaStatus(client);
    describeStatus(status, say);
    return status.state === 'current' && status.changed.length === 0;
  },
};

interface ChainReport {
  ok: boolean;
  seals: number;
  events: number;
  unsealed: number;
  head: string | null;
  firstBad: unknown;
}

const VERIFY: Command = {
  usage: 'verify             recompute the audit chain, and compare the schema',
  login: 'ibok_worker',
  async run({ connect, say }) {
    const client = await connect();
    const { rows } = await client.query<{ report: ChainReport }>('select audit.verify_chain() as report');
    const report = rows[0]?.report;
    if (!report) throw new CommandError('The audit chain gave no answer.');
    const { ok, seals, events, unsealed, head, firstBad } = report;
    say(`Audit: ${events} events, ${seals} seals, ${unsealed} not sealed yet.`);
    say(ok ? `The chain is whole${head ? `; its head is ${head}` : ''}.` : `BROKEN: ${JSON.stringify(firstBad)}`);
    const status = await schemaStatus(client);
    describeStatus(status, say);
    return ok && status.state === 'current' && status.changed.length === 0;
  },
};

const ADMIN: Command = {
  usage: 'admin LOGIN NAME   make the first administrator, with a first password (as a superuser)',
  login: 'postgres',
  async run({ connect, args, say }) {
    const [login = '', ...name] = args;
    if (!/^s_[a-z0-9_]{2,30}$/.test(login) || name.length === 0) {
      throw new CommandError('admin takes a login (s_ and 2 to 30 of a-z, 0-9, _) and a name.');
    }
    const password = randomBytes(15).toString('base64url');
    const displayName = name.join(' ');
    await createStaffLogin(await connect(), { login, displayName, group: 'bok_admin', password, mustChange: true });
    say(`${login} may sign in with ${password} for 72 hours and has to choose a password then.`);
    return true;
  },
};

const SHOWN_FAULTS = 20;

const IMPORT: Command = {
  usage: 'import DIR [good]  import an export of billing, file by file: all rows of a file or none, or the good ones',
  login: 's_import',
  async run({ connect, args, say }) {
    const [folder, mode = 'all'] = args;
    if (!folder || (mode !== 'all' && mode !== 'good'))
      throw new CommandError('import takes a folder, and good or all.');
    const client = await connect();
    const connection = {
      rows: async <Row extends object>(sql: string, bind: readonly unknown[] = []) =>
        (await client.query<Row>(sql, [...bind])).rows,
      command: async (sql: string) => {
        await client.query(sql);
      },
    };
    return importFolder(connection, folder, mode, ({ fileName, rows, stored, counts, faults }) => {
      const { create, update, same, refused } = counts;
      say(`${fileName}: ${rows} rows: ${create} new, ${update} changed, ${same} unchanged, ${refused} refused`);
      for (const fault of faults.slice(0, SHOWN_FAULTS)) say(`  row ${fault.row}: ${sentence(fault, 'en')}`);
      if (faults.length > SHOWN_FAULTS) say(`  and ${faults.length - SHOWN_FAULTS} more`);
      if (!stored) say('  NOTHING of this file was stored. Correct it, or say: import DIR good');
    });
  },
};

const SAMPLE: Command = {
  usage: 'sample DIR [clean]  write a synthetic export of billing, with faulty rows unless clean (no server needed)',
  async run({ args, customers, say }) {
    const [folder, wanted = 'faulty'] = args;
    if (!folder || (wanted !== 'faulty' && wanted !== 'clean'))
      throw new CommandError('sample takes a folder, and clean.');
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Warsaw' }).format(new Date());
    const { rows, faults } = await writeSampleExport(folder, { customers, today, faulty: wanted === 'faulty' });
    for (const [file, count] of Object.entries(rows)) say(`${file}: ${count} rows`);
    say(`${faults.length} faulty rows among them.`);
    return true;
  },
};

/** The commands of `npm run db`, by name. */
export const COMMANDS: Record<string, Command> = {
  bootstrap: BOOTSTRAP,
  migrate: MIGRATE,
  status: STATUS,
  verify: VERIFY,
  admin: ADMIN,
  import: IMPORT,
  sample: SAMPLE,
};

function describeStatus(
  { state, applied, expected, pending, changed }: SchemaStatus,
  say: (line: string) => void,
): void {
  const words = {
    none: 'not migrated at all',
    older: `older than this program: ${applied} of ${expected}`,
    current: `as this program wants it: ${expected}`,
    newer: `newer than this program: ${applied}, known up to ${expected}`,
  };
  say(`Schema: ${words[state]}.`);
  if (pending.length > 0) say(`To be applied: ${pending.join(', ')}`);
  if (state !== 'none' && changed.length > 0) say(`Changed in this program: ${changed.join(', ')}`);
}
