import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { type Connection, connectClient } from '../db/connect';
import { findEmbedded } from '../db/embedded';
import { NoWritableHost, Route } from '../db/route';
import { type Address, CommandError, readAddress } from './address';
import { COMMANDS, type Command } from './commands';
import { askPassword } from './password';

const USAGE = `Usage: npm run db -- COMMAND [options]

${Object.values(COMMANDS)
  .map(({ usage }) => `  ${usage}`)
  .join('\n')}

  --db URL           postgres://[user@]host[:port][,host…]/database[?sslrootcert=FILE], without a password: it is
                     taken from PGPASSWORD or asked for. Of several hosts the one that can be written to is used.
                     Without --db: the demo office of this clone, if it runs.
  --customers N      size of data that are made (10000)`;

const clone = join(dirname(fileURLToPath(import.meta.url)), '../..');
const APPLICATION = 'ibok-desk db';
const say = (line: string) => console.log(line);

/** Runs one command. @returns the exit code. */
async function main(argv: string[]): Promise<number> {
  const { positionals, values } = readOptions(argv);
  const [name = '', ...args] = positionals;
  if (values.help) {
    say(USAGE);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    console.error(`${name ? `Unknown command: ${name}\n\n` : ''}${USAGE}`);
    return 2;
  }
  const opened: Client[] = [];
  try {
    const { connect, database } = command.login ? await connector(command, values.db, opened) : noServer(name);
    const done = await command.run({ connect, database, args, customers: Number(values.customers), say });
    return done ? 0 : 1;
  } finally {
    for (const client of opened) await client.end().catch(() => undefined);
  }
}

function readOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        db: { type: 'string' },
        customers: { type: 'string', default: '10000' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

type Connector = { connect(database?: string): Promise<Client>; database: string };

/** Asks for the password once, however many connections the command opens. */
async function connector(command: Command, db: string | undefined, opened: Client[]): Promise<Connector> {
  const to = db === undefined ? await demoOffice() : await namedServer(command, readAddress(db));
  return {
    database: to.database,
    connect: async (database = to.database) => {
      const client = await connectOnce({ ...to, database });
      opened.push(client);
      return client;
    },
  };
}

/** One host is taken as it is, a standby too: `verify` and `status` work there. */
async function connectOnce(to: Connection): Promise<Client> {
  if (to.hosts.length === 1) return connectClient(to, { application: APPLICATION });
  const { client } = await new Route(to.hosts).connect(to, APPLICATION).catch((error: unknown) => {
    throw error instanceof NoWritableHost ? error.telling : error;
  });
  return client;
}

async function namedServer({ login = '' }: Command, address: Address) {
  const user = address.user ?? login;
  return { ...address, user, password: await askPassword(user) };
}

/** The demo office has no operator who keeps passwords: its superuser does everything. */
async function demoOffice() {
  const server = await findEmbedded(join(clone, 'var', 'office'));
  if (!server) throw new CommandError('The demo office does not run: name a server with --db, or start it.');
  const { host, port, superuser } = server;
  return { hosts: [{ host, port }], database: 'ibok', ca: null, ...superuser };
}

function noServer(name: string): Connector {
  return { database: '', connect: () => Promise.reject(new CommandError(`${name} works without a server.`)) };
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    // The message alone: PostgreSQL's detail line could name persons.
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof CommandError ? 2 : 1;
  },
);
