import { isLoopback, readPostgresAddress } from '../../core/config';
import type { WorkerConnection } from '../../core/core';

/** Reads where the worker signs in. Throws with a sentence for the operator when something is missing or unsafe. */
export function workerConnection(env: NodeJS.ProcessEnv): WorkerConnection {
  const password = env.IBOK_WORKER_PASSWORD;
  if (!env.IBOK_WORKER_URL || !password) throw new Error('IBOK_WORKER_URL and IBOK_WORKER_PASSWORD must be set');
  const address = readPostgresAddress(env.IBOK_WORKER_URL);
  if (address === null) throw new Error('IBOK_WORKER_URL must be like postgres://ibok_worker@db.example.org:5432/ibok');
  if (address === 'password') {
    throw new Error('IBOK_WORKER_URL must not hold a password: set IBOK_WORKER_PASSWORD');
  }
  const { hosts, database, user } = address;
  const ca = env.IBOK_WORKER_CA ?? null;
  if (!ca && !hosts.every(({ host }) => isLoopback(host))) {
    throw new Error('IBOK_WORKER_CA must be set for a server on another machine');
  }
  return { hosts, database, user: user ?? 'ibok_worker', password, ca };
}
