import type { Client } from 'pg';
import { actAs } from './acting';

/** A main meter of a household whose legalization ends soonest, and what its register showed last, in whole m³. */
interface DueMeter {
  meter: string;
  point: string;
  installation: string;
  shown: number;
}

/** In the order of a technician's round; none that was read in the last days, so that it may have left its point then. */
const DUE_METERS = `
  select r.meter_id::text as meter, r.supply_point_id::text as point, r.installation_id::text as installation,
         ceil(last.value)::int as shown
    from ibok.meter_registry r cross join lateral ibok.register_on(r.installation_id, ibok.today()) as last
   where r.plan_month >= to_char(ibok.today(), 'YYYY-MM') and r.role = 'main' and r.dn <= 20 and r.meter_id > 3
     and last.read_on < ibok.today() - 12
   order by r.plan_month, r.round_order, r.meter_id limit 50`;

const STOCK = `
  select r.meter_id::text as meter from ibok.meter_registry r
   where r.status = 'in_stock' and r.dn <= 20 and r.valid_until > ibok.today() + 300 order by r.meter_id limit $1`;

/** How many days ago each of the exchanges was done; the first half had an order before. */
const EXCHANGED = [0, 0, 0, 1, 1, 1, 2, 2, 5, 5, 8, 9] as const;

/** What came of visits: days ago, result, what the technician noted. */
const FAILED = [
  [0, 'no_access', 'Nikogo nie było, zostawiono awizo'],
  [1, 'no_access', 'Brama zamknięta, pies na posesji'],
  [1, 'refused', 'Właściciel prosi o termin po świętach'],
  [3, 'not_possible', 'Zapieczony zawór przed wodomierzem'],
  [6, 'no_access', 'Drugi raz nikogo nie zastano'],
] as const;

/** Kind, from which place of the round on, how many, in how many days, and whether somebody was named. */
const OPEN = [
  ['exchange', 17, 8, 0, true],
  ['exchange', 25, 7, 1, true],
  ['exchange', 32, 4, 4, true],
  ['exchange', 36, 6, null, false],
  ['control_reading', 42, 2, 0, true],
  ['control_reading', 44, 2, 1, true],
] as const;

/**
 * A week of the technician s_tomasz: meters exchanged today and in the days before, visits that came to nothing, and the
 * round of today, of tomorrow and after. Made by the functions of the product, as the people who would have called them.
 *
 * @param client a superuser's, in the loader's transaction, under all triggers; the demo staff is there.
 */
export async function loadMeterOrders(client: Client): Promise<void> {
  const { rows: due } = await client.query<DueMeter>(DUE_METERS);
  await exchange(client, due);
  await visitInVain(client, due.slice(EXCHANGED.length));
  for (const [kind, from, count, inDays, named] of OPEN) {
    const assignee = named ? 's_tomasz' : null;
    await order(client, due.slice(from, from + count), kind, { assignee, inDays });
  }
  const [loose] = due.slice(48);
  if (loose)
    await order(client, [loose], 'other', {
      assignee: 's_tomasz',
      inDays: 1,
      note: 'Wymienić zawór przed wodomierzem',
    });
}

/** The last of them was taken back, and waits to be done anew. */
async function exchange(client: Client, due: readonly DueMeter[]): Promise<void> {
  const { rows: stock } = await client.query<{ meter: string }>(STOCK, [EXCHANGED.length]);
  const acts = stock.flatMap(({ meter }, place) => {
    const [old, daysAgo] = [due[place], EXCHANGED[place]];
    return old && daysAgo !== undefined ? [actOf(old, meter, place, daysAgo)] : [];
  });
  const ordered = due.slice(0, Math.min(acts.length, EXCHANGED.length / 2));
  await order(client, ordered, 'exchange', { assignee: 's_tomasz', inDays: null });
  const done = await actAs<{ answer: { id: string } }>(
    client,
    's_tomasz',
    `select api.exchange_meter((act - 'daysAgo') || jsonb_build_object('doneOn', ibok.today() - (act ->> 'daysAgo')::int)) as answer
       from jsonb_array_elements($1::jsonb) as act`,
    [JSON.stringify(acts)],
  );
  const last = done.at(-1);
  if (!last) return;
  await actAs(client, 's_barbara', 'select api.reverse_exchange($1, $2)', [
    last.answer.id,
    'Wpisano wymianę przy niewłaściwym punkcie',
  ]);
}

function actOf(old: DueMeter, newMeterId: string, place: number, daysAgo: number): object {
  return {
    daysAgo,
    kind: 'exchange',
    pointId: old.point,
    oldInstallationId: old.installation,
    finalValue: old.shown + 1 + (place % 4),
    newMeterId,
    openingValue: 0,
    reason: place === 4 ? 'damage' : 'legalization',
    note: place === 4 ? 'Szkło pęknięte, licznik chodził' : null,
    doneBy: 's_tomasz',
    seals: [{ sealNo: `KPW 9${String(9_000 + place)}`, kind: 'plastic', place: 'coupling' }],
  };
}

async function visitInVain(client: Client, due: readonly DueMeter[]): Promise<void> {
  const made = await order(client, due.slice(0, FAILED.length), 'exchange', { assignee: 's_tomasz', inDays: null });
  const results = made.map((id, place) => {
    const [daysAgo, result, note] = FAILED[place] ?? FAILED[0];
    return { id, daysAgo, result, note };
  });
  await actAs(
    client,
    's_tomasz',
    `select api.close_order(r.id, jsonb_build_object('result', r.result, 'note', r.note, 'on', ibok.today() - r."daysAgo"))
       from jsonb_to_recordset($1::jsonb) as r (id bigint, result text, note text, "daysAgo" int)`,
    [JSON.stringify(results)],
  );
  // They had been given for that day; nobody can give one for a day that is over.
  await client.query(`update ibok.service_orders set day = closed_on where state <> 'open' and day is null`);
}

/** Orders about these meters, given out by the supervisor; their ids. */
async function order(
  client: Client,
  meters: readonly DueMeter[],
  kind: string,
  { assignee, inDays, note = null }: { assignee: string | null; inDays: number | null; note?: string | null },
): Promise<string[]> {
  const made = await actAs<{ id: string }>(
    client,
    's_barbara',
    `select api.make_order(jsonb_build_object('kind', $1::text, 'meterId', meter, 'assignee', $2::text,
              'day', ibok.today() + $3::int, 'note', $4::text)) ->> 'id' as id
       from unnest($5::text[]) as meter`,
    [kind, assignee, inDays, note, meters.map(({ meter }) => meter)],
  );
  return made.map(({ id }) => id);
}
