import type { Sequelize } from 'sequelize';
import { type Connection, openPool } from '../db/connect';
import { databaseFault } from '../db/fault';
import { takePulse } from '../db/pulse';
import { Route } from '../db/route';
import { type Reader, reader } from '../db/statements';
import { hangUp, Wires } from '../db/wires';
import type { Ports } from './ports';
import { newRequestId } from './procedure';

/** Work done without a window. Idempotent: it may be cut off and run again at any moment. */
export interface Job {
  name: string;
  everySeconds: number;
  /** A run that goes on for long ends early, and in order, once `until` aborts. */
  run(db: Reader, until?: AbortSignal): Promise<void>;
}

export interface Worker {
  /** Resolves once this worker has tried for the leader's lock the first time. */
  ready: Promise<void>;
  isLeader(): boolean;
  close(): Promise<void>;
}

/** Advisory lock of the one worker that leads; any fixed number serves. */
const LEADER_LOCK = 4_261_001;
const RETRY_MS = 3_000;
const APPLICATION = 'ibok-worker';
/** SQLSTATE of a write at a server that has become a standby. */
const READ_ONLY = '25006';

/**
 * Runs the jobs while this worker leads. Several may run: a session-level advisory lock elects one, and when its
 * connection breaks the lock is free for the next.
 */
export function runJobs(ports: Ports, to: Connection, jobs: readonly Job[]): Worker {
  let leader = false;
  let closed = false;
  const stop = new AbortController();
  const route = new Route(to.hosts);
  const ready = Promise.withResolvers<void>();
  const ended = lead();

  async function lead(): Promise<void> {
    while (!closed) {
      try {
        await term();
      } catch (error) {
        ports.log.warn('worker-interrupted', { kind: error instanceof Error ? error.name : 'unknown' });
      }
      leader = false;
      ready.resolve();
      await pause(RETRY_MS, stop.signal);
    }
  }

  /** One connection's life at the writable host: waits for the lock, then runs the jobs until the connection ends. */
  async function term(): Promise<void> {
    const { client, endpoint } = await route.connect(to, APPLICATION);
    const lost = new AbortController();
    const wires = new Wires();
    const lose = () => {
      lost.abort();
      wires.cut();
    };
    client.on('error', lose);
    client.on('end', lose);
    takePulse(client, { sql: 'select', onBeat: () => undefined, onSilent: lose });
    const until = AbortSignal.any([lost.signal, stop.signal]);
    const pool = openPool(to, { application: APPLICATION, endpoint: async () => endpoint, wires });
    try {
      while (!until.aborted) {
        const { rows } = await client.query<{ won: boolean }>('select pg_catalog.pg_try_advisory_lock($1) as won', [
          LEADER_LOCK,
        ]);
        leader = rows[0]?.won === true;
        ready.resolve();
        if (leader) break;
        await pause(RETRY_MS, until);
      }
      if (leader) {
        ports.log.info('worker-leads', {});
        await Promise.all(jobs.map((job) => repeat(job, pool, until, lose)));
      }
    } finally {
      await hangUp(client);
      await pool.close();
    }
  }

  async function repeat(job: Job, pool: Sequelize, until: AbortSignal, lose: () => void): Promise<void> {
    while (!until.aborted) {
      try {
        await job.run(reader(pool), until);
      } catch (error) {
        ports.log.warn('job-failed', {
          job: job.name,
          run: newRequestId(),
          kind: error instanceof Error ? error.name : 'unknown',
        });
        if (databaseFault(error)?.sqlstate === READ_ONLY) lose();
      }
      await pause(job.everySeconds * 1000, until);
    }
  }

  return {
    ready: ready.promise,
    isLeader: () => leader,
    close: async () => {
      closed = true;
      stop.abort();
      await ended;
    },
  };
}

function pause(ms: number, until: AbortSignal): Promise<void> {
  if (until.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      until.removeEventListener('abort', done);
      resolve();
    }
    until.addEventListener('abort', done);
  });
}
