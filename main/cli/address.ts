import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isLoopback, type PostgresAddress, readPostgresAddress } from '../core/config';

/** A database server as it is named on the command line; the password is never part of it. */
export interface Address {
  /** At least one; of several the one is meant that can be written to. */
  hosts: { host: string; port: number }[];
  database: string;
  user?: string;
  /** PEM of the authority that signed the server's certificate; null on this machine, where nothing is sent out. */
  ca: string | null;
}

/** Words for the person at the terminal; no stack trace belongs to it. */
export class CommandError extends Error {}

/**
 * Reads `postgres://[user@]host[:port][,host[:port]…]/database[?sslrootcert=ca.pem]`, libpq's own form.
 * @throws CommandError when it holds a password, is no such address, or leads off this machine without an authority.
 */
export function readAddress(text: string): Address {
  const read = readPostgresAddress(text);
  if (read === null) {
    throw new CommandError('--db takes an address like postgres://db.example.org:5432/ibok?sslrootcert=ca.pem.');
  }
  if (read === 'password') throw new CommandError('Leave the password out of --db: it is asked for.');
  const { hosts, database, user } = read;
  return { hosts, database, ca: authority(read), ...(user ? { user } : {}) };
}

function authority({ parameters, hosts }: PostgresAddress): string | null {
  const file = parameters.get('sslrootcert');
  if (file === null) {
    const far = hosts.find(({ host }) => !isLoopback(host));
    if (!far) return null;
    throw new CommandError(`${far.host} is not this machine: name its certificate authority with ?sslrootcert=FILE.`);
  }
  // npm runs us in the clone's folder; the person named the file from where they stand.
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(`The certificate authority cannot be read from ${path}.`);
  }
}
