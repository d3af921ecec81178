import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { actAs } from './acting';
import { smallPdf } from './small-pdf';

/** Customers' own meters whose legalization ends in the next months. */
const ENDING = `
  select array_agg(meter_id::text) as ids from (
    select r.meter_id from ibok.meter_registry r
     where r.role <> 'main' and r.plan_month between to_char(ibok.today(), 'YYYY-MM') and to_char(ibok.today() + 100, 'YYYY-MM')
       and r.valid_until > ibok.today()
     order by r.round_order, r.meter_id limit 16) as ending`;

/** Days since the run, and since its paper letters were posted. */
const RUN_DAYS_AGO = 6;
const SENT_DAYS_AGO = 5;

/**
 * A run of letters of last week: by mail to who has an address, on paper to the others, posted the day after. Its pages
 * are stand-ins, as all papers of the demo office are.
 *
 * @param client a superuser's, in the loader's transaction, under all triggers; the demo staff is there.
 */
export async function loadLetterRun(client: Client): Promise<void> {
  const { rows } = await client.query<{ ids: string[] | null }>(ENDING);
  const ids = rows[0]?.ids;
  if (!ids) return;
  const [begun] = await actAs<{ run: string }>(
    client,
    's_anna',
    `select api.begin_letter_run(jsonb_build_object('is', 'rows', 'count', cardinality($1::bigint[])), $1, 'mail_first', null)
       ->> 'runId' as run`,
    [ids],
  );
  const run = begun?.run ?? '';
  const placed = await onPaper(client, run);
  const upload = placed.length > 0 ? await uploadPages(client, placed) : null;
  await actAs(client, 's_anna', 'select api.finish_letter_run($1, $2, $3)', [
    run,
    JSON.stringify(placed.map(({ meterId }, at) => ({ meterId, page: at + 1 }))),
    upload,
  ]);
  // It was last week, and the messages went out then.
  await client.query(
    `update ibok.letter_runs set started_at = started_at - $2 * interval '1 day', finished_at = finished_at - $2 * interval '1 day'
      where id = $1`,
    [run, RUN_DAYS_AGO],
  );
  await client.query(
    `update ibok.outbox set state = 'sent', sent_at = now() where state = 'new' and key like 'letter_run:%'`,
  );
  if (upload) {
    await actAs(client, 's_anna', 'select api.mark_letter_run($1, ibok.today() - $2::int)', [run, SENT_DAYS_AGO]);
  }
}

interface Placed {
  meterId: string;
  factoryNo: string;
}

async function onPaper(client: Client, run: string): Promise<Placed[]> {
  return actAs<Placed>(
    client,
    's_anna',
    `select r ->> 'meterId' as "meterId", r #>> '{fields,factory_no}' as "factoryNo"
       from jsonb_array_elements(api.letter_run_rows($1, 0) -> 'rows') as r`,
    [run],
  );
}

async function uploadPages(client: Client, placed: readonly Placed[]): Promise<string> {
  const pdf = smallPdf(
    placed.map(({ factoryNo }) => [
      'Koniec legalizacji podlicznika',
      `Wodomierz nr ${factoryNo}`,
      'Papier wzorcowy biura demonstracyjnego.',
    ]),
  );
  const [row] = await actAs<{ id: string }>(
    client,
    's_anna',
    `select api.begin_upload('pisma.pdf', 'application/pdf', $1, $2) as id`,
    [pdf.length, createHash('sha256').update(pdf).digest()],
  );
  const upload = row?.id ?? '';
  await actAs(client, 's_anna', 'select api.upload_part($1, 0, $2)', [upload, pdf]);
  return upload;
}
