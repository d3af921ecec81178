import { randomUUID } from 'node:crypto';
import type { RecordExchangeInput } from '../../shared/contract/exchanges';
import { type PlantedPlace, plantExchangeStreet } from '../support/exchange-street';
import { pngFile } from '../support/sample-files';
import type { Flow, Office } from './flow';

const LOGIN = 's_tomasz';
const DAY = '2026-11-20';

interface Planted {
  place: PlantedPlace;
  sub: string;
  fresh: string;
  /** An order that the exchange closes. */
  order: string;
}

/** A point with main and sub-meter, a seal to come off, an open order, and a meter in stock. */
async function plant(office: Office): Promise<Planted> {
  return office.asSuperuser(async (client) => {
    const street = await plantExchangeStreet(client, 1, 1);
    const [place] = street.places;
    const [fresh] = street.shelf;
    if (!place || !fresh) throw new Error('nothing was planted');
    const { installation: sub } = await street.sub(place);
    await client.query(
      `insert into ibok.seals (seal_no, kind, meter_id, installation_id, place, put_on, put_by)
       values ('OLD-1', 'lead', $1, $2, 'coupling', '2024-03-01', 's_tomasz')`,
      [place.meter, place.installation],
    );
    const opened = await client.query(`select ibok.open_order('exchange', $1, $2, '2026-11-30') as id`, [
      place.point,
      place.meter,
    ]);
    return { place, sub, fresh, order: String(opened.rows[0].id) };
  });
}

const actOf = ({ place, fresh, order }: Planted, photos: string[]): RecordExchangeInput => ({
  kind: 'exchange',
  requestId: randomUUID(),
  pointId: place.point,
  oldInstallationId: place.installation,
  finalValue: '398',
  finalRollover: false,
  newMeterId: fresh,
  openingValue: '0',
  place: null,
  seals: [{ sealNo: 'KP-100', kind: 'plastic', place: 'coupling' }],
  mark: { kind: 'm_year', raw: 'M26' },
  doneOn: DAY,
  reason: 'legalization',
  note: null,
  doneBy: LOGIN,
  photos,
  orderId: order,
});

/** All that an exchange touches, with its trail, its place in the plan and the stored act: before or after, never between. */
const stateOf = (office: Office, { place, sub, fresh, order }: Planted, requestId: string) =>
  office.rows(
    `select (select json_agg(json_build_array(m.id, m.status) order by m.id) from ibok.meters m where m.id in ($2, $3)) as meters,
        (select json_agg(json_build_array(i.meter_id, i.removed_on, i.final_value, i.reversed_at is not null) order by i.id)
           from ibok.meter_installations i where i.supply_point_id = $1) as installations,
        (select p.meter_id from ibok.meter_installations s join ibok.meter_installations p on p.id = s.parent_id where s.id = $4) as behind,
        (select json_agg(json_build_array(r.kind, r.value, r.state, r.superseded) order by r.id) from ibok.readings r
           join ibok.meter_installations i on i.id = r.installation_id where i.supply_point_id = $1) as readings,
        (select json_agg(json_build_array(s.seal_no, s.removed_on) order by s.id) from ibok.seals s where s.meter_id in ($2, $3)) as seals,
        (select count(*) from ibok.legalizations where meter_id = $3) as legalizations,
        (select json_agg(json_build_array(r.status, r.valid_until, r.installation_id is not null, r.order_id) order by r.meter_id)
           from ibok.meter_registry r where r.meter_id in ($2, $3)) as registry,
        (select json_build_array(o.state, o.result, o.exchange_id is not null) from ibok.service_orders o where o.id = $5) as ordered,
        (select json_agg(json_build_array(x.kind, x.reversed_at is not null) order by x.id) from ibok.exchanges x where x.supply_point_id = $1) as acts_here,
        (select count(*) from ibok.documents d join ibok.exchanges x on d.owner_table = 'exchanges' and d.owner_id = x.id
          where x.supply_point_id = $1) as photos,
        (select count(*) from audit.events e where e.table_name = 'meters' and e.row_id in ($2::text, $3::text)) as events,
        (select count(*) from ibok.acts where client_request_id = $6) as acts`,
    [place.point, place.meter, fresh, sub, order, requestId],
  );

const exchange: Flow = {
  name: 'exchanges.record',
  prepare: async (office) => {
    const planted = await plant(office);
    const photo = await stagePhoto(office);
    const input = actOf(planted, [photo]);
    return {
      perform: async (stage) => {
        const { kind, used, already } = await (await stage.api(LOGIN)).exchanges.record.mutate(input);
        return { kind, used, already };
      },
      state: () => stateOf(office, planted, input.requestId),
    };
  },
};

/** A picture that waits for the act, as the screen has sent it beforehand. */
async function stagePhoto(office: Office): Promise<string> {
  const bytes = pngFile();
  return office.asSuperuser(async (client) => {
    const begun = await client.query(
      `insert into ibok.uploads (login, file_name, mime, size, sha256) values ($1, 'licznik.png', 'image/png', $2, sha256($3)) returning id`,
      [LOGIN, bytes.byteLength, Buffer.from(bytes)],
    );
    const id = String(begun.rows[0].id);
    await client.query('insert into ibok.upload_parts (upload_id, part_no, bytes) values ($1, 0, $2)', [
      id,
      Buffer.from(bytes),
    ]);
    return id;
  });
}

const reversal: Flow = {
  name: 'exchanges.reverse',
  prepare: async (office) => {
    const planted = await plant(office);
    const client = await office.database.asLogin(LOGIN);
    const { requestId: _, ...act } = actOf(planted, []);
    const done = await client.query('select api.exchange_meter($1) as r', [JSON.stringify(act)]);
    await client.end();
    const input = { id: String(done.rows[0].r.id), reason: 'pomylony wodomierz', requestId: randomUUID() };
    return {
      perform: async (stage) => {
        const { kind } = await (await stage.api(LOGIN)).exchanges.reverse.mutate(input);
        return kind;
      },
      state: () => stateOf(office, planted, input.requestId),
    };
  },
};

export const METER_FLOWS: readonly Flow[] = [exchange, reversal];
