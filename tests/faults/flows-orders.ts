import { randomUUID } from 'node:crypto';
import { plantStreet } from '../support/orders';
import type { Flow, Office } from './flow';

const LOGIN = 's_tomasz';

const actsOf = '(select count(*) from ibok.acts where client_request_id = $1)';

/** Meters that are built in on a street of their own. */
async function plantMeters(office: Office, houses: number): Promise<string[]> {
  return office.asSuperuser(async (client) => {
    const names = Array.from({ length: houses }, (_, at) => String(at + 1));
    return (await plantStreet(client, { street: `Próbna ${randomUUID()}`, houses: names })).meters;
  });
}

const ordersOf = (office: Office, requestId: string, meters: string[]) =>
  office.rows(
    `select count(*) as orders, count(*) filter (where o.state = 'open') as open, count(o.result) as results,
        (select count(*) from audit.events e where e.table_name = 'service_orders'
            and e.row_id in (select id::text from ibok.service_orders where meter_id = any ($2::bigint[]))) as events,
        ${actsOf} as acts
       from ibok.service_orders o where o.meter_id = any ($2::bigint[])`,
    [requestId, meters],
  );

/** The order, and what the registry says of its meter, are there together or not at all. */
const makeOrder: Flow = {
  name: 'orders.make',
  prepare: async (office) => {
    const requestId = randomUUID();
    const meters = await plantMeters(office, 1);
    const input = {
      requestId,
      kind: 'control_reading' as const,
      meterId: meters[0] ?? '',
      pointId: null,
      dueOn: null,
      day: null,
      assignee: LOGIN,
      note: null,
    };
    return {
      // Its number differs from one try to the next: a failed one has used it up.
      perform: async (stage) => (await (await stage.api(LOGIN)).orders.make.mutate(input)).already,
      state: () => ordersOf(office, requestId, meters),
    };
  },
};

const closeOrder: Flow = {
  name: 'orders.close',
  prepare: async (office) => {
    const requestId = randomUUID();
    const meters = await plantMeters(office, 1);
    const [order] = await office.rows<{ id: string; today: string }>(
      `insert into ibok.service_orders (kind, supply_point_id, meter_id)
         select 'control_reading', supply_point_id, meter_id from ibok.meter_installations where meter_id = $1
       returning id, ibok.today()::text as today`,
      [meters[0]],
    );
    const { id = '', today = '' } = order ?? {};
    const input = { id, requestId, result: 'done' as const, on: today, value: '131', note: null };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).orders.close.mutate(input),
      state: () => ordersOf(office, requestId, meters),
    };
  },
};

/** What a technician and the office write about service orders. */
export const ORDER_FLOWS: readonly Flow[] = [makeOrder, closeOrder];
