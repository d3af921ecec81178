import { closed, type FunctionRule, guarded, readOnly, type TableRule } from './matrix-model';

const HEAD = 'ab'.repeat(32);
const WORKER = 'section 1: functions of the worker';

/** The trail's anchors and what the health page is made of. */
export const TRAIL_TABLES: Readonly<Record<string, TableRule>> = {
  'audit.anchors': {
    ...readOnly('anchors', 'audit trail, read log', 'day last_event events head anchored_at stored_at mailed_at', [
      'admin',
      'dpo',
    ]),
  },
  'ibok.job_runs': closed(
    'outbox: see health (through api.health alone)',
    'job every_seconds ended_at milliseconds fault failures',
  ),
  'ibok.mirror_state': closed('outbox: see health (through api.health alone)', 'source synchronised_at'),
};

export const TRAIL_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.check_anchor': guarded(
    'audit trail, read log',
    ['admin', 'dpo'],
    {
      name: 'compares an anchor of an event nobody sealed',
      sql: `select 1 from api.check_anchor(1, '${HEAD}') as r where r ->> 'problem' in ('unknown_event', 'head_differs')`,
      may: ['admin', 'dpo'],
    },
    { name: 'compares something else', sql: `select api.check_anchor(1, 'x')`, may: [], refusal: 'IB004' },
  ),
  'api.health': guarded('outbox: see health', ['admin', 'supervisor', 'dpo'], {
    name: 'sees the health page',
    sql: `select 1 from api.health() as r where (r ->> 'schemaVersion')::int > 0 and r ->> 'jobs' is not null`,
    may: ['admin', 'supervisor', 'dpo'],
  }),
  'jobs.anchors_due': guarded(WORKER, ['worker'], {
    name: 'makes the anchor of the day',
    sql: `select 1 from jobs.anchors_due() where length(head) = 64`,
    may: ['worker'],
  }),
  'jobs.note_anchor': guarded(
    WORKER,
    ['worker'],
    {
      name: 'notes a stored anchor',
      sql: `select 1 from (select jobs.note_anchor('2026-01-01', 'stored')) d`,
      may: ['worker'],
    },
    { name: 'notes another way', sql: `select jobs.note_anchor('2026-01-01', 'lost')`, may: [], refusal: 'IB004' },
  ),
  'jobs.note_run': guarded(WORKER, ['worker'], {
    name: 'notes the end of a run',
    sql: `select 1 from (select jobs.note_run('matrix', 60, 1)) d`,
    may: ['worker'],
  }),
  'jobs.officers': guarded(WORKER, ['worker'], {
    name: 'learns whom the anchor goes to',
    sql: `select 1 from (select count(*) from jobs.officers()) d`,
    may: ['worker'],
  }),
};

export const TRAIL_INTERNAL: readonly string[] = ['audit.guard_anchor', 'ibok.note_mirror'];
