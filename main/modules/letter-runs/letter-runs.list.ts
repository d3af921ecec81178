import { LETTER_CHANNELS } from '../../../shared/contract/letter-runs';
import type { List } from '../../db/list-definition';

const counted = (outcome: string) =>
  `(select count(*)::int from ibok.letter_run_items as items where items.run_id = runs.id and items.outcome = '${outcome}')`;

/** After this long without a sign of life, a run that should go on has been cut off. */
const SILENT_SECONDS = 60;
const STATE = `case when runs.state = 'running' and runs.seen_at < now() - interval '${SILENT_SECONDS} seconds'
  then 'interrupted' else runs.state end`;

/** What a row of the list says of a run. */
export const RUN_ROW = `runs.id, runs.channel, ${STATE} as state, runs.total, ${counted('made')} as made,
  ${counted('mailed')} as mailed, ${counted('refused')} as refused, runs.started_at as "startedAt", runs.login,
  staff.display_name as "displayName", runs.sent_on::text as "sentOn"`;

export const RUNS = `ibok.letter_runs as runs left join ibok.staff_members as staff on staff.login = runs.login`;

/** The runs of letters, newest first. */
export const LETTER_RUN_LIST: List = {
  action: 'letterRuns.list',
  select: RUN_ROW,
  from: RUNS,
  key: 'runs.id',
  columns: {
    number: { sql: 'runs.id', type: 'integer', filters: ['between'], sort: { column: 'runs.id', type: 'bigint' } },
    startedAt: { sql: 'runs.started_at', type: 'instant', filters: ['dates'] },
    login: { sql: 'runs.login', type: 'text', filters: ['oneOf'] },
    channel: { sql: 'runs.channel', type: 'text', filters: ['oneOf'], codes: LETTER_CHANNELS },
    state: { sql: STATE, type: 'text', filters: ['oneOf'] },
    total: { sql: 'runs.total', type: 'integer', filters: ['between'] },
    made: { sql: counted('made'), type: 'integer', filters: ['between'] },
    mailed: { sql: counted('mailed'), type: 'integer', filters: ['between'] },
    refused: { sql: counted('refused'), type: 'integer', filters: ['between'] },
    sentOn: { sql: 'runs.sent_on', type: 'date', filters: ['dates', 'empty', 'filled'] },
  },
};
