import { randomUUID } from 'node:crypto';
import type { LetterRun } from '../../shared/contract/letter-runs';
import type { ColumnFilter, Selection } from '../../shared/contract/lists';
import { seconds, signIn, timed, until } from './desk-work';
import type { Host, HostWindow } from './host';
import type { Value } from './measure';
import { type BenchOffice, SUPERVISOR } from './office';

const LETTERS = 5_000;

/**
 * Letters about sub-meters whose legalization ends, as many as one run may have, drawn into one PDF by the built program;
 * then the same once more, cancelled half way. An office with fewer sub-meters writes to all of them.
 */
export async function notices(host: Host, office: BenchOffice): Promise<Value[]> {
  const desk = await host.window();
  await signIn(desk, SUPERVISOR, office.password);
  const idle = await host.memory();
  const chosen = await choose(office);
  const begun = await timed(() => run(desk, chosen));
  const { made } = begun.result;
  const memory = await host.memory();
  const values = [
    seconds(`${made} letters in one PDF, from the click to the document`, begun.ms, 60),
    {
      what: `${made} letters in one PDF: letters that were not made`,
      value: chosen.count - made,
      unit: 'letters',
      goal: 0,
    },
  ];
  if (memory && idle) {
    values.push(
      {
        what: `${made} letters in one PDF: most memory of the main process`,
        value: memory.peak,
        unit: 'MiB',
        goal: 400,
      },
      { what: `${made} letters in one PDF: of it before`, value: idle.now, unit: 'MiB' },
    );
  }
  return [...values, ...(await cancelled(desk, chosen, office))];
}

interface Chosen {
  selection: Selection;
  count: number;
}

/** Whole months of sub-meters, without those that get no letter and those too many. */
async function choose({ superuser }: BenchOffice): Promise<Chosen> {
  const { rows: months } = await superuser.query<{ month: string; meters: number }>(
    `select plan_month as month, count(*)::int as meters from ibok.meter_registry
      where plan_month >= to_char(ibok.today(), 'YYYY-MM') and plan_month <> 'none' and role in ('sub', 'deduction')
      group by 1 order by 1`,
  );
  // Months of many come last, so that the exceptions stay few.
  months.sort((one, other) => one.meters - other.meters);
  const taken: string[] = [];
  let meters = 0;
  for (const { month, meters: more } of months) {
    if (meters >= LETTERS) break;
    taken.push(month);
    meters += more;
  }
  const { rows } = await superuser.query<{ id: string; writable: boolean }>(
    `select p.meter_id::text as id, p.error is null as writable
       from ibok.plan_letter_run(array(
         select meter_id from ibok.meter_registry where plan_month = any ($1) and role in ('sub', 'deduction')), 'letter', true) as p
      order by p.error is null desc, p.place`,
    [taken],
  );
  const written = rows.filter(({ writable }) => writable).slice(0, LETTERS);
  const except = rows.slice(written.length).map(({ id }) => id);
  const oneOf = (...values: string[]): ColumnFilter => ({ is: 'oneOf', values });
  const filters = { month: oneOf(...taken), role: oneOf('sub', 'deduction') };
  return { selection: { is: 'matching', question: { filters }, except }, count: written.length };
}

async function start({ api }: HostWindow, { selection, count }: Chosen): Promise<LetterRun> {
  return api.letterRuns.start.mutate({
    selection,
    channel: 'letter',
    again: true,
    confirmed: count,
    requestId: randomUUID(),
  });
}

async function run(desk: HostWindow, chosen: Chosen): Promise<LetterRun> {
  const { id } = await start(desk, chosen);
  let now = await desk.api.letterRuns.get.query({ id });
  await until(async () => {
    now = await desk.api.letterRuns.get.query({ id });
    if (now.error || ['failed', 'cancelled', 'interrupted'].includes(now.state)) {
      throw new Error(`the letters ${now.state}: ${now.error}`);
    }
    return now.state === 'done';
  });
  return now;
}

async function cancelled(desk: HostWindow, chosen: Chosen, { superuser }: BenchOffice): Promise<Value[]> {
  const { id } = await start(desk, chosen);
  await until(async () => ((await desk.api.letterRuns.get.query({ id })).drawn ?? 0) > 0);
  const { ms, result } = await timed(() => desk.api.letterRuns.cancel.mutate({ id }));
  const { rows } = await superuser.query<{ kept: number }>(
    `select count(*)::int as kept from ibok.letter_runs r left join ibok.letter_run_items n on n.run_id = r.id
      where r.id = $1 and (r.document_id is not null or n.outcome in ('made', 'mailed'))`,
    [id],
  );
  const kept = rows[0]?.kept ?? 0;
  return [
    seconds('cancel of a run while it draws', ms, 1),
    { what: 'a cancelled run: letters and documents kept', value: kept, unit: 'rows', goal: 0 },
    { what: 'a cancelled run: not cancelled', value: result.state === 'cancelled' ? 0 : 1, unit: 'runs', goal: 0 },
  ];
}
