import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isLoopback } from '../core/config';

/** A database server as it is named on the command line; the password is never part of it. */
export interface Address {
  host: string;
  port: number;
  database: string;
  user?: string;
  /** PEM of the authority that signed the server's certificate; null on this machine, where nothing is sent out. */
  ca: string | null;
}

/** Words for the person at the terminal; no stack trace belongs to it. */
export class CommandError extends Error {}

/**
 * Reads `postgres://[user@]host[:port]/database[?sslrootcert=ca.pem]`, libpq's own form.
 * @throws CommandError when it holds a password, is no such address, or leads off this machine without an authority.
 */
export function readAddress(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = url && decodeURIComponent(url.pathname.slice(1));
  if (!url || !database || !url.hostname || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new CommandError('--db takes an address like postgres://db.example.org:5432/ibok?sslrootcert=ca.pem.');
  }
  if (url.password !== '' || url.searchParams.has('password')) {
    throw new CommandError('Leave the password out of --db: it is asked for.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const user = decodeURIComponent(url.username);
  return { host, port: Number(url.port || 5432), database, ca: authority(url, host), ...(user ? { user } : {}) };
}

function authority(url: URL, host: string): string | null {
  const file = url.searchParams.get('sslrootcert');
  if (file === null) {
    if (isLoopback(host)) return null;
    throw new CommandError(`${host} is not this machine: name its certificate authority with ?sslrootcert=FILE.`);
  }
  // npm runs us in the clone's folder; the person named the file from where they stand.
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new CommandError(`The certificate authority cannot be read from ${path}.`);
  }
}
