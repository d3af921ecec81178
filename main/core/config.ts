import { z } from 'zod';

const DEFAULT_PORT = 5432;
const DEFAULT_STALENESS_SECONDS = 10;

const host = z
  .string()
  .regex(/^[A-Za-z0-9.:-]+$/)
  .max(255);
const port = z.int().min(1).max(65535);
const server = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('main'),
  name: z.string().min(1).max(80),
  /** A server on one machine. */
  host: host.optional(),
  port: port.optional(),
  /** A primary and its standbys, in any order: whichever can be written to is used. Instead of `host` and `port`. */
  hosts: z
    .array(z.strictObject({ host, port: port.default(DEFAULT_PORT) }))
    .min(1)
    .max(9)
    .optional(),
  /** Where lists and reports may be read; commands, cards and whatever is logged always go to the primary. */
  readFrom: z.enum(['primary', 'standby']).optional(),
  /** How old at most, in seconds, what is read from a standby may be. */
  maxStalenessSeconds: z.int().min(5).max(3600).optional(),
  database: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,63}$/)
    .default('ibok'),
  /** The demo office's own server: exempt from the floor of server versions, and the sign-in screen says so. */
  embedded: z.boolean().default(false),
  /** PEM of the utility's own certificate authority; needed for every server that is not on this machine. */
  ca: z.string().max(100_000).optional(),
});
export type ServerConfig = z.infer<typeof server>;

/** The hosts of a server, however they were written down. Throws when none or both forms are there. */
export function hostsOf({ name, host, port, hosts }: ServerConfig): { host: string; port: number }[] {
  if (hosts && host === undefined && port === undefined) return hosts;
  if (host !== undefined && !hosts) return [{ host, port: port ?? DEFAULT_PORT }];
  throw new Error(`the server "${name}" needs either host (and port) or hosts`);
}

/** How old, in milliseconds, a list may be that is read from a standby; null when everything is read from the primary. */
export function stalenessOf({ hosts, readFrom, maxStalenessSeconds }: ServerConfig): number | null {
  return readFrom === 'standby' && hosts && hosts.length > 1
    ? (maxStalenessSeconds ?? DEFAULT_STALENESS_SECONDS) * 1000
    : null;
}

export interface CoreConfig {
  servers: ServerConfig[];
  /** Seconds without a sign of the person until the session locks. */
  idleSeconds: number;
  /** Folder of the messages that a demo office's mail server caught. */
  caughtMail?: string;
}

export const DEFAULT_IDLE_SECONDS = 600;

/** Reads the list of servers from JSON text. Throws a ZodError, SyntaxError or Error when it is not one. */
export function readServers(json: string): ServerConfig[] {
  const servers = z.array(server).min(1).max(20).parse(JSON.parse(json));
  if (new Set(servers.map(({ id }) => id)).size !== servers.length) throw new Error('two servers share an id');
  for (const one of servers) hostsOf(one);
  return servers;
}

/** Whether traffic to this host stays on the machine, so that TLS adds nothing. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** An address of PostgreSQL as libpq writes it, with one host or several; the password is never part of it. */
export interface PostgresAddress {
  hosts: { host: string; port: number }[];
  database: string;
  user?: string;
  /** The parameters after `?`. */
  parameters: URLSearchParams;
}

const ADDRESS =
  /^postgres(?:ql)?:\/\/(?:(?<user>[^@/?#]*)@)?(?<hosts>[^@/?#]+)\/(?<database>[^/?#]+)(?:\?(?<more>[^#]*))?$/;
const HOST = /^(?:\[(?<v6>[0-9A-Fa-f:.]+)\]|(?<name>[A-Za-z0-9.-]+))(?::(?<port>\d{1,5}))?$/;

/** Reads `postgres://[user@]host[:port][,host[:port]…]/database[?…]`; null when it is none, `password` when it holds one. */
export function readPostgresAddress(text: string): PostgresAddress | 'password' | null {
  const found = ADDRESS.exec(text)?.groups;
  if (!found) return null;
  const parameters = new URLSearchParams(found.more ?? '');
  if (found.user?.includes(':') || parameters.has('password')) return 'password';
  const hosts: PostgresAddress['hosts'] = [];
  for (const part of (found.hosts ?? '').split(',')) {
    const one = HOST.exec(part)?.groups;
    const at = Number(one?.port ?? DEFAULT_PORT);
    if (!one || !port.safeParse(at).success) return null;
    hosts.push({ host: one.v6 ?? one.name ?? '', port: at });
  }
  try {
    const user = decodeURIComponent(found.user ?? '');
    return { hosts, database: decodeURIComponent(found.database ?? ''), parameters, ...(user ? { user } : {}) };
  } catch {
    return null;
  }
}
