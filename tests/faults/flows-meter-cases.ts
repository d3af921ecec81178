import { randomBytes, randomUUID } from 'node:crypto';
import { insertCustomer } from '../support/customers';
import type { Flow, Office } from './flow';

const TECHNICIAN = 's_tomasz';
const CLERK = 's_anna';

interface Planted {
  id: string;
  /** The customer's meter: in stock, or built in by the acceptance. */
  meter: string;
  today: string;
}

/** A customer with a main meter, a sub-meter of their own, and its case: waiting for its acceptance, or complete. */
function plant(office: Office, stage: 'acceptance' | 'activation'): Promise<Planted> {
  const sign = randomBytes(6).toString('hex').toUpperCase();
  return office.asSuperuser(async (client) => {
    const customer = await insertCustomer(client, {});
    const one = async (sql: string, values: unknown[]) =>
      String(Object.values((await client.query(sql, values)).rows[0])[0]);
    const point = await one(
      `with house as (insert into ibok.premises (city, house_no, postal_code) values ('Kartuzy', $1, '83-300') returning id)
       insert into ibok.supply_points (code, premise_id) select 'PP-' || $1, id from house returning id`,
      [sign],
    );
    await client.query(
      `insert into ibok.supplies (supply_point_id, customer_id, valid_from) values ($1, $2, ibok.today() - 400)`,
      [point, customer],
    );
    const type = await one(
      `insert into ibok.meter_types (maker, model, dn, q3) values ('Próba', $1, 15, 2.5) returning id`,
      [sign],
    );
    const meter = (status: string, no: string) =>
      one(
        `with made as (insert into ibok.meters (factory_no, type_id, owner_kind, status) values ($1, $2, 'customer', $3) returning id)
         insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
         select id, 'm_year', to_char(ibok.today(), '"M"YY'), ibok.today() from made returning meter_id`,
        [no, type, status],
      );
    const main = await one(
      `insert into ibok.meter_installations (meter_id, supply_point_id, installed_on, opening_value)
       values ($1, $2, ibok.today() - 400, 0) returning id`,
      [await meter('installed', `G${sign}`), point],
    );
    const own = await meter(stage === 'acceptance' ? 'in_stock' : 'installed', `P${sign}`);
    const id = await one(
      `insert into ibok.meter_cases (kind, customer_id, supply_point_id, opened_on, role, place, place_agreed_on)
       values ('sub_meter', $1, $2, ibok.today() - 30, 'deduction', 'ogród', ibok.today() - 20) returning id`,
      [customer, point],
    );
    if (stage === 'activation') {
      await client.query(
        `with built as (
           insert into ibok.meter_installations (meter_id, supply_point_id, role, parent_id, installed_on, opening_value)
           values ($2, $3, 'deduction', $4, ibok.today() - 10, 1) returning id)
         update ibok.meter_cases
            set meter_id = $2, installation_id = (select id from built), accepted_on = ibok.today() - 10,
                sealed_on = ibok.today() - 10, fee_amount = 0, fee_paid_on = ibok.today() - 9, annex_no = 'A/1',
                annex_on = ibok.today() - 8
          where id = $1`,
        [id, own, point, main],
      );
    }
    return { id, meter: own, today: await one('select ibok.today()::text', []) };
  });
}

/** The case with everything its acts touch, and the acts stored for the click. */
const caseState = (office: Office, { id, meter }: Planted, requestId: string) =>
  office.rows(
    `select c.state, c.accepted_on, c.sealed_on, c.activated_on, c.installation_id is not null as built_in, m.status,
        (select jsonb_agg(jsonb_build_array(i.role, i.parent_id is not null, i.deducts_from, i.removed_on) order by i.id)
           from ibok.meter_installations i where i.meter_id = m.id) as installations,
        (select jsonb_agg(jsonb_build_array(r.kind, r.value, r.state) order by r.id) from ibok.readings r
           join ibok.meter_installations i on i.id = r.installation_id where i.meter_id = m.id) as readings,
        (select array_agg(s.seal_no::text order by s.id) from ibok.seals s where s.meter_id = m.id) as seals,
        (select count(*) from ibok.exchanges x join ibok.meter_installations i on i.id = x.new_installation_id
          where i.meter_id = m.id) as exchanges,
        (select count(*) from ibok.acts where client_request_id = $3) as acts,
        (select count(*) from audit.events e where e.table_name = 'meter_cases' and e.row_id = c.id::text) as events
       from ibok.meter_cases c, ibok.meters m where c.id = $1::bigint and m.id = $2::bigint`,
    [id, meter, requestId],
  );

const accept: Flow = {
  name: 'meterCases.accept',
  prepare: async (office) => {
    const planted = await plant(office, 'acceptance');
    const requestId = randomUUID();
    const input = {
      id: planted.id,
      requestId,
      meterId: planted.meter,
      openingValue: '1',
      doneOn: planted.today,
      doneBy: TECHNICIAN,
      seals: [{ sealNo: 'PL-1', kind: 'plastic' as const, place: 'coupling' as const }],
      mark: null,
    };
    return {
      perform: async (stage) => {
        await (await stage.api(TECHNICIAN)).meterCases.accept.mutate(input);
      },
      state: () => caseState(office, planted, requestId),
    };
  },
};

const activate: Flow = {
  name: 'meterCases.activate',
  prepare: async (office) => {
    const planted = await plant(office, 'activation');
    const requestId = randomUUID();
    const input = { id: planted.id, requestId, on: planted.today };
    return {
      perform: async (stage) => (await stage.api(CLERK)).meterCases.activate.mutate(input),
      state: () => caseState(office, planted, requestId),
    };
  },
};

/** The acts that build a sub-meter in and let its water be deducted: wholly, or not at all. */
export const METER_CASE_FLOWS: readonly Flow[] = [accept, activate];
