import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import pg, { type ClientConfig } from 'pg';
import { type Config, type Options, Sequelize } from 'sequelize';
import { version } from '../../package.json';
import { ScramClient } from './scram-client';
import type { Wires } from './wires';

/** One PostgreSQL server on the network. */
export interface Endpoint {
  host: string;
  port: number;
}

/** Where a person signs in, and as whom. The password lives in memory only, as long as the connection. */
export interface Connection {
  /** The hosts of one server: a primary and its standbys, in any order; at least one. */
  hosts: readonly Endpoint[];
  database: string;
  user: string;
  password: string;
  /** PEM of the authority that must have signed the server's certificate; null only on this machine. */
  ca: string | null;
}

/** Name and version of the program, as the trail and the health page show it. */
export const PROGRAM = `ibok-desk/${version}`;

const CONNECT_MS = 4_000;
const STATEMENT_MS = 30_000;

interface ClientOptions {
  /** Which of the hosts; the first if not said. */
  endpoint?: Endpoint;
  application?: string;
  timeoutMs?: number;
}

function options(to: Connection, { endpoint, application, timeoutMs }: ClientOptions): ClientConfig {
  const at = endpoint ?? firstOf(to);
  return {
    host: at.host,
    port: at.port,
    database: to.database,
    user: to.user,
    password: to.password,
    application_name: application ?? PROGRAM,
    connectionTimeoutMillis: timeoutMs ?? CONNECT_MS,
    keepAlive: true,
    ...(to.ca === null ? {} : { ssl: tlsOf(at.host, to.ca) }),
  };
}

function firstOf({ hosts: [first] }: Connection): Endpoint {
  if (!first) throw new Error('a connection without a host');
  return first;
}

/** pg tells TLS the server's name only where it is no address, and Node would then check for "localhost". */
function tlsOf(host: string, ca: string): ConnectionOptions {
  return {
    ca,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
  };
}

/** One connected client outside the pool: sign-in and LISTEN. The caller ends it, and learns by `end` that it is lost. */
export async function connectClient(to: Connection, which: ClientOptions = {}): Promise<pg.Client> {
  const client = new ScramClient(options(to, which));
  // A connection that breaks while nothing is asked of it must not end the process; the next question tells.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

interface PoolOptions {
  application?: string;
  /** Asked for each new connection, so that the pool follows a server to another host; may reject. */
  endpoint?: () => Promise<Endpoint>;
  /** Holds the pool's connections, for whoever may have to cut them. */
  wires?: Wires;
}

/**
 * The pool of one signed-in person: at most two connections beside the listening one, so that a second window or
 * `psql` fits into the login's limit of four. Connections open on use and close when idle.
 */
export function openPool(to: Connection, { application, endpoint, wires }: PoolOptions = {}): Sequelize {
  const first = options(to, application ? { application } : {});
  const settings: Options & { keepDefaultTimezone: boolean } = {
    dialect: 'postgres',
    dialectModule: { ...pg, Client: wires ? heldBy(wires) : ScramClient },
    host: first.host ?? '',
    port: first.port ?? 0,
    database: to.database,
    username: to.user,
    password: to.password,
    logging: false,
    keepDefaultTimezone: true,
    dialectOptions: {
      ssl: first.ssl,
      application_name: first.application_name,
      keepAlive: first.keepAlive,
      connectionTimeoutMillis: first.connectionTimeoutMillis,
      clientMinMessages: 'ignore',
      statement_timeout: STATEMENT_MS,
      query_timeout: STATEMENT_MS + 5_000,
    },
    pool: { max: 2, min: 0, idle: 20_000, evict: 5_000, acquire: 5_000 },
    define: { timestamps: false, underscored: true, freezeTableName: true, schema: 'ibok' },
  };
  const pool = new Sequelize(settings);
  if (endpoint) pool.addHook('beforeConnect', async (config) => lead(config, await endpoint(), to.ca));
  return pool;
}

/** Points one connection of a pool at a host, and the check of the server's name with it. */
function lead(config: Config, { host, port }: Endpoint, ca: string | null): void {
  // Sequelize hands its settings to the hook to be changed, though its types call them read-only.
  const changeable = config as { host: unknown; port: unknown; dialectOptions?: { ssl?: ConnectionOptions } };
  changeable.host = host;
  changeable.port = port;
  if (ca !== null && changeable.dialectOptions) changeable.dialectOptions.ssl = tlsOf(host, ca);
}

/** The same client, known to `wires` from before it connects until it has ended. */
function heldBy(wires: Wires): typeof ScramClient {
  return class extends ScramClient {
    constructor(config?: string | ClientConfig) {
      super(config);
      wires.add(this);
    }
  };
}
