import type { Condition, Health } from '../../../shared/contract/health';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { floorOf } from '../../core/sign-in';
import { EXPECTED_SCHEMA } from '../../db/migrate';

/** A job is late when it missed two turns, and down when it missed ten; a minute is forgiven in any case. */
const LATE_TURNS = 2;
const DOWN_TURNS = 10;
const FORGIVEN_SECONDS = 60;
/** An event is sealed within a minute; above five minutes a transaction has been open for too long (security.md, C). */
const SEAL_LATE_SECONDS = 60;
const SEAL_DOWN_SECONDS = 300;
const MIRROR_LATE_DAYS = 7;
/** Staff may take this share of all connections; the rest is the portal's and billing's (security.md, D9). */
const STAFF_SHARE = 0.6;
/** The worker looks each second; what is due for five minutes waits for a mail server that is away. */
const MAIL_LATE_SECONDS = 300;
const MAIL_DOWN_SECONDS = 3_600;

interface Facts {
  now: string;
  schemaVersion: number;
  serverVersionNumber: number;
  serverVersion: string;
  databaseBytes: number;
  jobs: {
    job: string;
    everySeconds: number;
    endedAt: string;
    milliseconds: number;
    fault: string | null;
    failures: number;
  }[];
  mirrors: { source: string; at: string }[];
  sealer: Omit<Health['sealer'], 'condition'>;
  queues: Health['queues'];
  connections: Omit<Health['connections'], 'condition'>;
  programs: Health['programs'];
  alarms: Health['alarms'];
}

/** What the health page shows, with a verdict for each part by the server's clock; `hosts` as the desk uses them. */
export async function getHealth(ctx: ReadContext, hosts: Health['hosts']): Promise<Health> {
  const [row] = await ctx.db.rows<{ facts: Facts; queue: Queue }>(
    'select api.health() as facts, api.mail_queue() as queue',
  );
  if (!row) throw new AppError('NOT_FOUND');
  return { ...judge(row.facts), mail: judgeMail(row.queue, row.facts.now), hosts };
}

/**
 * The verdicts over the database's facts; pure, so that each border has its test. The server's version is judged for
 * the demo office's own server as well: its screen says that it is one.
 */
export function judge(facts: Facts): Omit<Health, 'hosts' | 'mail'> {
  const now = Date.parse(facts.now);
  const age = (at: string) => (now - Date.parse(at)) / 1000;
  const jobs = facts.jobs.map((job) => ({
    ...job,
    endedAt: iso(job.endedAt),
    condition: conditionOf(job, age(job.endedAt)),
  }));
  const { sealer, connections } = facts;
  const floor = floorOf(facts.serverVersionNumber);
  return {
    now: iso(facts.now),
    server: {
      version: facts.serverVersion,
      floor: floor?.text ?? null,
      condition: !floor || facts.serverVersionNumber >= floor.number ? 'good' : 'down',
      databaseBytes: facts.databaseBytes,
    },
    schema: { found: facts.schemaVersion, expected: EXPECTED_SCHEMA },
    programs: facts.programs,
    worker: { condition: jobs.length === 0 ? 'down' : worst(jobs.map(({ condition }) => condition)), jobs },
    sealer: {
      ...sealer,
      oldestUnsealedAt: sealer.oldestUnsealedAt && iso(sealer.oldestUnsealedAt),
      lastSealAt: sealer.lastSealAt && iso(sealer.lastSealAt),
      condition: worst([
        sealer.oldestUnsealedAt ? limit(age(sealer.oldestUnsealedAt), SEAL_LATE_SECONDS, SEAL_DOWN_SECONDS) : 'good',
        sealer.anchorsNotStored + sealer.anchorsNotMailed > 2 ? 'late' : 'good',
      ]),
    },
    mirrors: facts.mirrors.map(({ source, at }) => ({
      source,
      at: iso(at),
      condition: age(at) > MIRROR_LATE_DAYS * 86_400 ? 'late' : 'good',
    })),
    queues: facts.queues,
    connections: {
      ...connections,
      condition: limit(connections.staff / connections.most, STAFF_SHARE * 0.8, STAFF_SHARE),
    },
    alarms: facts.alarms.map((alarm) => ({ ...alarm, at: iso(alarm.at) })),
  };
}

type Queue = Omit<Health['mail'], 'condition'>;

/** The verdict over the queue of mail: what is due must leave, and what is unsure or refused waits for a person. */
export function judgeMail(queue: Queue, now: string): Health['mail'] {
  const { oldestDueAt, unsure, failed } = queue;
  const late = oldestDueAt ? (Date.parse(now) - Date.parse(oldestDueAt)) / 1000 : 0;
  return {
    ...queue,
    oldestDueAt: oldestDueAt && iso(oldestDueAt),
    condition: worst([limit(late, MAIL_LATE_SECONDS, MAIL_DOWN_SECONDS), unsure + failed > 0 ? 'late' : 'good']),
  };
}

function conditionOf(job: Facts['jobs'][number], ageSeconds: number): Condition {
  const silent = limit(
    ageSeconds,
    Math.max(FORGIVEN_SECONDS, job.everySeconds * LATE_TURNS),
    Math.max(FORGIVEN_SECONDS * 2, job.everySeconds * DOWN_TURNS),
  );
  return worst([silent, job.failures === 0 ? 'good' : job.failures < 3 ? 'late' : 'down']);
}

/** Above `late` late, above `down` down. */
function limit(value: number, late: number, down: number): Condition {
  return value > down ? 'down' : value > late ? 'late' : 'good';
}

function worst(conditions: readonly Condition[]): Condition {
  return conditions.includes('down') ? 'down' : conditions.includes('late') ? 'late' : 'good';
}

function iso(at: string): string {
  return new Date(at).toISOString();
}
