import type { z } from 'zod';
import type { ListInput } from '../../../shared/contract/lists';
import {
  DESK_MOST,
  DESK_PARTS,
  type Desk,
  type DeskOrder,
  type deskInput,
  type OrderRecord,
  type OrderRow,
} from '../../../shared/contract/orders';
import { byRound } from '../../../shared/domain/round-order';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import type { Reader } from '../../db/statements';
import { ORDER_LIST, ORDER_ROW, ORDERS } from './orders.list';

type Dated<Row extends { madeAt: string }> = Omit<Row, 'madeAt'> & { madeAt: Date };

const asText = <Row extends { madeAt: Date }>(row: Row) => ({ ...row, madeAt: row.madeAt.toISOString() });

/** A page of the list of orders. Throws INVALID_INPUT for a question the list does not answer. */
export async function listOrders(ctx: ReadContext, input: ListInput) {
  const { rows, nextCursor } = await listPage<Dated<OrderRow>>(ctx.db, ORDER_LIST, input);
  return { rows: rows.map(asText), nextCursor };
}

/** Every order that was ever made for a meter, newest first. */
export async function ordersOfMeter(ctx: ReadContext, meterId: string): Promise<OrderRow[]> {
  const rows = await ctx.db.rows<Dated<OrderRow>>(
    `select ${ORDER_ROW} from ${ORDERS} where o.meter_id = $1::bigint order by o.id desc limit 200`,
    [meterId],
  );
  return rows.map(asText);
}

/**
 * Beside the row: the place, the meter, and the last reading that counts (as ibok.reading_counts says it; an estimate is
 * no witness of what a register shows).
 */
const RECORD = `${ORDER_ROW}, premises.city, premises.street, premises.house_no as "houseNo", premises.flat_no as "flatNo",
  installed.place, m.radio_id as "radioId", types.digits, types.dn, previous.shown as previous`;
const RECORDS = `${ORDERS}
  left join ibok.meter_types as types on types.id = m.type_id
  left join ibok.meter_installations as installed
    on installed.meter_id = o.meter_id and installed.supply_point_id = o.supply_point_id and installed.removed_on is null
  left join lateral (
    select json_build_object('value', trim_scale(readings.value)::text, 'on', readings.read_on) as shown
      from ibok.readings as readings
     where readings.installation_id = installed.id and not readings.superseded and readings.kind <> 'estimate'
       and readings.state not in ('rejected', 'withdrawn', 'reversed')
     order by readings.read_on desc limit 1) as previous on true`;

/** One order as one stands before it. Throws NOT_FOUND. */
export async function getOrder(ctx: ReadContext, id: string): Promise<OrderRecord> {
  const [row] = await ctx.db.rows<Dated<OrderRecord>>(`select ${RECORD} from ${RECORDS} where o.id = $1::bigint`, [id]);
  if (!row) throw new AppError('NOT_FOUND');
  return asText(row);
}

/**
 * A person's orders of a day in the order of the round. Today also bears what is open from the days before, and what has
 * no day yet.
 */
export async function readDesk(
  ctx: Pick<ReadContext, 'actor'> & { db: Reader },
  asked: z.infer<typeof deskInput>,
): Promise<Desk> {
  const assignee = asked.assignee ?? ctx.actor.login;
  const [whose] = await ctx.db.rows<{ today: string; day: string; assigneeName: string | null }>(
    `select ibok.today()::text as today, coalesce($1::date, ibok.today())::text as day,
            (select display_name from ibok.staff_members where login = $2) as "assigneeName"`,
    [asked.day, assignee],
  );
  if (!whose) throw new Error('the database gave no answer');
  const rows = await ctx.db.rows<Dated<DeskOrder>>(
    `select ${RECORD}, case when o.day = $2::date then 'day' when o.day is null then 'unplanned' else 'late' end as part
       from ${RECORDS}
      where o.assignee = $1 and (o.day = $2::date and o.state <> 'cancelled'
         or $2::date = ibok.today() and o.state = 'open' and (o.day is null or o.day < $2::date))
      order by o.day nulls last, o.id limit ${DESK_MOST + 1}`,
    [assignee, whose.day],
  );
  const orders = rows.slice(0, DESK_MOST).map(asText);
  orders.sort((a, b) => DESK_PARTS.indexOf(a.part) - DESK_PARTS.indexOf(b.part) || byRound(a, b));
  return { ...whose, assignee, orders, more: rows.length > DESK_MOST };
}
