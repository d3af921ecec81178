import { randomUUID } from 'node:crypto';
import type { Flow } from './flow';

const LOGIN = 's_tomasz';

const actsOf = '(select count(*) from ibok.acts where client_request_id = $1)';

const type = { maker: 'Próbny', model: 'Stan', dn: 20, q3: '2.5', r: 160, digits: 5 };

/** Meter, type, movement and mark come together or not at all. */
const addMeter: Flow = {
  name: 'meters.add',
  prepare: async (office) => {
    const requestId = randomUUID();
    const factoryNo = `P-${requestId}`;
    const input = {
      requestId,
      factoryNo,
      type,
      ownerKind: 'utility' as const,
      acceptedOn: '2026-03-01',
      producedYear: null,
      radioId: null,
      stockPlace: null,
      note: null,
      mark: { kind: 'm_year' as const, raw: 'M25', statedUntil: null },
    };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).meters.add.mutate(input),
      state: () =>
        office.rows(
          `with meter as (select id from ibok.meters where factory_no = $2)
           select (select count(*) from meter) as meters,
              (select count(*) from ibok.meter_movements where meter_id in (select id from meter)) as movements,
              (select count(*) from ibok.legalizations where meter_id in (select id from meter)) as marks, ${actsOf} as acts`,
          [requestId, factoryNo],
        ),
    };
  },
};

const moveMeter: Flow = {
  name: 'meters.move',
  prepare: async (office) => {
    const requestId = randomUUID();
    const [meter] = await office.rows<{ id: string }>(
      `with type as (
         insert into ibok.meter_types (maker, model, dn, q3) values ('Próbny', $1, 20, 2.5) returning id
       ) insert into ibok.meters (factory_no, type_id, owner_kind, accepted_on)
         select $1, id, 'utility', '2026-03-01' from type returning id`,
      [`R-${requestId}`],
    );
    const id = meter?.id ?? '';
    const input = {
      id,
      kind: 'scrapped' as const,
      on: '2026-03-02',
      reason: 'pęknięty korpus',
      place: null,
      requestId,
    };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).meters.move.mutate(input),
      state: () =>
        office.rows(
          `select status, (select count(*) from ibok.meter_movements where meter_id = $2::bigint) as movements, ${actsOf} as acts
             from ibok.meters where id = $2::bigint`,
          [requestId, id],
        ),
    };
  },
};

/** Acts on meters in stock. */
export const STOCK_FLOWS: readonly Flow[] = [addMeter, moveMeter];
