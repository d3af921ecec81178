import type { CoreConfig } from '../../main/core/config';
import { createCore, toAppError } from '../../main/core/core';
import type { Job } from '../../main/core/jobs';
import { standardPorts } from '../../main/core/ports';
import { openPool } from '../../main/db/connect';
import { reader } from '../../main/db/statements';
import { purgeReadLog, sealAuditTrail } from '../../main/modules/audit/audit.jobs';

/** An act outside tRPC that was refused: with one of our codes, or with what a bug says of itself. */
export class Refused extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** The jobs of the worker that write, by name. */
const JOBS = { seal: sealAuditTrail, purge: purgeReadLog } satisfies Record<string, Job>;
export type JobName = keyof typeof JOBS;

/** The database as a program sees it: over the cable. */
export interface Target {
  host: string;
  port: number;
  database: string;
  /** Of the worker's login. */
  password: string;
}

/** What the acts of a stage are done by: a core in this process, or in one that can be killed. */
export interface Engine {
  /** Answers one request of the window `window`. Rejects when the engine is gone. */
  request(window: string, path: string, body: string): Promise<string>;
  /** Puts a file into a slot; resolves with the slot. */
  put(window: string, name: string, bytes: Uint8Array): Promise<string>;
  job(name: JobName): Promise<void>;
  close(): Promise<void>;
}

/** A core of this process. Its log goes to `log`. */
export function openEngine(target: Target, log: (line: string) => void = () => undefined): Engine {
  const { host, port, database, password } = target;
  const server = { id: 'main', name: 'Test', host, port, database, embedded: true };
  const core = createCore(standardPorts(log), { servers: [server], idleSeconds: 3_600 } satisfies CoreConfig);
  const worker = openPool({ hosts: [{ host, port }], database, user: 'ibok_worker', password, ca: null });
  return {
    request: async (window, path, body) => {
      const headers = { 'content-type': 'application/json' };
      const request = new Request(`http://core.invalid${path}`, { method: 'POST', headers, body });
      return (await core.handle(request, { id: window })).text();
    },
    put: async (window, name, bytes) => core.slots.put({ id: window }, name, bytes).slot,
    job: (name) =>
      JOBS[name].run(reader(worker)).catch((error: unknown) => {
        throw new Refused(toAppError(error)?.code ?? String(error));
      }),
    close: async () => void (await Promise.all([core.close(), worker.close()])),
  };
}
