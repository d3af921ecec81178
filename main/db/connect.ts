import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import pg, { type ClientConfig } from 'pg';
import { type Options, Sequelize } from 'sequelize';

/** Where a person signs in, and as whom. The password lives in memory only, as long as the connection. */
export interface Connection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  /** PEM of the authority that must have signed the server's certificate; null only on this machine. */
  ca: string | null;
}

/** The server asked for the password in clear or as MD5, or let us in without proving that it knows it. */
export class UnsafeAuthentication extends Error {}

/** The parts of pg's client that the check below stands on; `tests/security/rogue-server` pins them. */
interface Internals {
  connection: NodeJS.EventEmitter & { stream: { destroy(): void } };
  _handleAuthSASLFinal(message: unknown): void;
}

/**
 * A pg client that does SCRAM and nothing else: the server must prove that it knows the password, and gets no byte
 * of it. pg itself obeys a request for the clear password (its `require_auth` is not released).
 */
export class ScramClient extends pg.Client {
  constructor(config?: string | ClientConfig) {
    const given = typeof config === 'string' ? { connectionString: config } : { ...config };
    super({ ...given, enableChannelBinding: Boolean(given.ssl) } as ClientConfig);
    const internals = this as unknown as Internals;
    let proven = false;
    const final = internals._handleAuthSASLFinal;
    internals._handleAuthSASLFinal = (message) => {
      final.call(this, message);
      proven = true;
    };
    internals.connection.on('authenticationOk', () => {
      if (!proven) this.refuse();
    });
  }

  protected refuse(): void {
    const { connection } = this as unknown as Internals;
    connection.emit('error', new UnsafeAuthentication('only SCRAM is accepted'));
    connection.stream.destroy();
  }
}
for (const name of ['_handleAuthCleartextPassword', '_handleAuthMD5Password']) {
  Object.defineProperty(ScramClient.prototype, name, { value: ScramClient.prototype['refuse' as never] });
}

const CONNECT_MS = 5_000;
const STATEMENT_MS = 30_000;

function options(to: Connection, application: string): ClientConfig {
  return {
    host: to.host,
    port: to.port,
    database: to.database,
    user: to.user,
    password: to.password,
    application_name: application,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    ...(to.ca === null ? {} : { ssl: tlsOf(to.host, to.ca) }),
  };
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

/** One connected client outside the pool: sign-in and LISTEN. The caller ends it. */
export async function connectClient(to: Connection, application = 'ibok-desk'): Promise<pg.Client> {
  const client = new ScramClient(options(to, application));
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/**
 * The pool of one signed-in person: at most two connections beside the listening one, so that a second window or
 * `psql` fits into the login's limit of four. Connections open on use and close when idle.
 */
export function openPool(to: Connection, application = 'ibok-desk'): Sequelize {
  const { ssl, application_name, keepAlive, connectionTimeoutMillis } = options(to, application);
  const settings: Options & { keepDefaultTimezone: boolean } = {
    dialect: 'postgres',
    dialectModule: { ...pg, Client: ScramClient },
    host: to.host,
    port: to.port,
    database: to.database,
    username: to.user,
    password: to.password,
    logging: false,
    keepDefaultTimezone: true,
    dialectOptions: {
      ssl,
      application_name,
      keepAlive,
      connectionTimeoutMillis,
      clientMinMessages: 'ignore',
      statement_timeout: STATEMENT_MS,
      query_timeout: STATEMENT_MS + 5_000,
    },
    pool: { max: 2, min: 0, idle: 20_000, evict: 5_000, acquire: 5_000 },
    define: { timestamps: false, underscored: true, freezeTableName: true, schema: 'ibok' },
  };
  return new Sequelize(settings);
}
