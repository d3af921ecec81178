import { z } from 'zod';
import { day, instant } from './values';

/** How a part is doing: `late` still works, `down` does not. */
const condition = z.enum(['good', 'late', 'down']);
export type Condition = z.infer<typeof condition>;

/** The state of the whole: counts, times and versions, no personal data. */
export const health = z.object({
  now: instant,
  server: z.object({
    version: z.string(),
    /** The oldest version of this line without known holes; null for lines newer than this program knows. */
    floor: z.string().nullable(),
    condition,
    databaseBytes: z.number(),
  }),
  /** The hosts of the server, as the asking desk uses them. */
  hosts: z.object({
    count: z.int(),
    /** `host:port` of the one that is written to; null while no connection stands. */
    writable: z.string().nullable(),
    /** The one lists are read from; null where that is the primary. */
    standby: z.object({ host: z.string(), lagSeconds: z.number().nullable() }).nullable(),
  }),
  schema: z.object({ found: z.int(), expected: z.int() }),
  /** Versions of the desk that are signed in now, with how many persons. */
  programs: z.array(z.object({ name: z.string(), persons: z.int() })),
  worker: z.object({
    condition,
    jobs: z.array(
      z.object({
        job: z.string(),
        everySeconds: z.int(),
        endedAt: instant,
        milliseconds: z.int(),
        /** Kind of the failure of the last run, or null. */
        fault: z.string().nullable(),
        failures: z.int(),
        condition,
      }),
    ),
  }),
  sealer: z.object({
    condition,
    unsealed: z.int(),
    oldestUnsealedAt: instant.nullable(),
    lastSealAt: instant.nullable(),
    lastAnchorDay: day.nullable(),
    anchorsNotStored: z.int(),
    anchorsNotMailed: z.int(),
  }),
  mirrors: z.array(z.object({ source: z.string(), at: instant, condition })),
  queues: z.object({ openImports: z.int(), openApprovals: z.int() }),
  /** The queue of outgoing mail; `oldestDueAt` is the oldest that should have left by now. */
  mail: z.object({
    condition,
    waiting: z.int(),
    oldestDueAt: instant.nullable(),
    held: z.int(),
    unsure: z.int(),
    failed: z.int(),
  }),
  connections: z.object({ condition, most: z.int(), staff: z.int(), others: z.int(), persons: z.int() }),
  alarms: z.array(z.object({ at: instant, kind: z.string(), login: z.string(), detail: z.string() })),
});
export type Health = z.infer<typeof health>;
