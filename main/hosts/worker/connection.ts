import { isLoopback } from '../../core/config';
import type { WorkerConnection } from '../../core/core';

/** Reads where the worker signs in. Throws with a sentence for the operator when something is missing or unsafe. */
export function workerConnection(env: NodeJS.ProcessEnv): WorkerConnection {
  const address = env.IBOK_WORKER_URL;
  const password = env.IBOK_WORKER_PASSWORD;
  if (!address || !password) throw new Error('IBOK_WORKER_URL and IBOK_WORKER_PASSWORD must be set');
  const url = new URL(address);
  if (url.password) throw new Error('IBOK_WORKER_URL must not hold a password: set IBOK_WORKER_PASSWORD');
  const ca = env.IBOK_WORKER_CA ?? null;
  if (!ca && !isLoopback(url.hostname)) throw new Error('IBOK_WORKER_CA must be set for a server on another machine');
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    database: url.pathname.slice(1),
    user: url.username || 'ibok_worker',
    password,
    ca,
  };
}
