import type { ExchangeRecord, ExchangeRow } from '../../../shared/contract/exchanges';
import type { ListInput } from '../../../shared/contract/lists';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { EXCHANGE_LIST, EXCHANGE_ROW, EXCHANGES } from './exchanges.list';

/** A page of the list of acts. Throws INVALID_INPUT for a question the list does not answer. */
export function listExchanges(ctx: ReadContext, input: ListInput) {
  return listPage<ExchangeRow>(ctx.db, EXCHANGE_LIST, input);
}

/** The meter that went or came, as it was on the day: its mark is the newest that had been read by then. */
const side = (
  installed: string,
  meter: string,
  final: string,
) => `case when ${installed}.id is not null then jsonb_build_object(
  'installationId', ${installed}.id::text, 'meterId', ${meter}.id::text, 'factoryNo', ${meter}.factory_no,
  'type', (select concat_ws(' ', t.maker, t.model) from ibok.meter_types as t where t.id = ${meter}.type_id),
  'dn', (select t.dn from ibok.meter_types as t where t.id = ${meter}.type_id), 'role', ${installed}.role,
  'place', ${installed}.place, 'installedOn', ${installed}.installed_on, 'opening', trim_scale(${installed}.opening_value)::text,
  'final', trim_scale(${final})::text,
  'mark', (select l.raw_mark from ibok.legalizations as l where l.meter_id = ${meter}.id and l.withdrawn_at is null
            order by l.read_on <= x.done_on desc, l.read_on desc, l.id desc limit 1),
  'validUntil', (select l.valid_until from ibok.legalizations as l where l.meter_id = ${meter}.id and l.withdrawn_at is null
                  order by l.read_on <= x.done_on desc, l.read_on desc, l.id desc limit 1)) end`;

/** What the act wrote, which its place forgets once the act was taken back and another followed. */
const FINAL_OF_ACT = `coalesce(
  (select r.value from ibok.readings as r where r.id = (x.before ->> 'finalReading')::bigint), gone.final_value)`;

const seals = (
  which: string,
) => `(select coalesce(jsonb_agg(jsonb_build_object('sealNo', s.seal_no, 'kind', s.kind, 'place', s.place)
  order by s.id), '[]') from ibok.seals as s where ${which})`;

/** What the register is known to have shown last before the day: an estimate is no witness, the opening is one. */
const PREVIOUS = `(select jsonb_build_object('value', trim_scale(r.value)::text, 'readOn', r.read_on)
   from (select r.value, r.read_on from ibok.readings as r
          where r.installation_id = gone.id and r.read_on < x.done_on and not r.superseded and r.kind <> 'estimate'
            and r.state not in ('rejected', 'withdrawn', 'reversed')
         union all select gone.opening_value, gone.installed_on where gone.id is not null
          order by read_on desc limit 1) as r)`;

const RECORD = `select ${EXCHANGE_ROW}, x.note, x.recorded_at as "recordedAt", coalesce(writer.display_name, x.recorded_by) as "recordedByName",
    supplied.customer_id as "customerId", supplied.customer_no as "customerNo", supplied.display_name as "customerName",
    ${side('gone', 'old_meter', FINAL_OF_ACT)} as old,
    ${side('came', 'new_meter', 'case when x.reversed_at is null then came.final_value end')} as new, ${PREVIOUS} as previous,
    ${seals('s.removed_exchange_id = x.id and s.put_exchange_id is distinct from x.id')} as "sealsOff",
    ${seals('s.put_exchange_id = x.id')} as "sealsOn",
    (select min(o.id) from ibok.service_orders as o where o.exchange_id = x.id) as "orderId",
    x.reversed_at as "reversedAt", coalesce(undoer.display_name, x.reversed_by) as "reversedByName",
    x.reversal_reason as "reversalReason", api.reversal_obstacle(x.id) as obstacle
  from ${EXCHANGES}
  left join ibok.staff_members as writer on writer.login = x.recorded_by
  left join ibok.staff_members as undoer on undoer.login = x.reversed_by
  left join lateral (
    select s.customer_id, c.customer_no, c.display_name from ibok.supplies as s join ibok.customer_search as c using (customer_id)
     where s.supply_point_id = x.supply_point_id and daterange(s.valid_from, s.valid_to) @> x.done_on limit 1) as supplied on true
  where x.id = $1::bigint`;

type Row = Omit<ExchangeRecord, 'recordedAt' | 'reversedAt'> & { recordedAt: Date; reversedAt: Date | null };

/** One act with both its sides, its seals and whether it can be taken back. Throws NOT_FOUND. */
export async function getExchange(ctx: ReadContext, id: string): Promise<ExchangeRecord> {
  const [row] = await ctx.db.rows<Row>(RECORD, [id]);
  if (!row) throw new AppError('NOT_FOUND');
  return { ...row, recordedAt: row.recordedAt.toISOString(), reversedAt: row.reversedAt?.toISOString() ?? null };
}
