import { EXCHANGE_KINDS, EXCHANGE_REASONS } from '../../../shared/contract/exchanges';
import { ADDRESS } from '../../db/address';
import type { List } from '../../db/list-definition';

/** What a row of the list says of an act. */
export const EXCHANGE_ROW = `x.id, x.kind, x.done_on::text as "doneOn", points.code as "pointCode", premises.id as "premiseId",
  ${ADDRESS} as address, premises.route, old_meter.id as "oldMeterId", old_meter.factory_no as "oldFactoryNo",
  new_meter.id as "newMeterId", new_meter.factory_no as "newFactoryNo", trim_scale(final.consumption)::text as used, x.reason,
  coalesce(hands.display_name, x.done_by) as "doneByName", x.reversed_at is not null as reversed`;

export const EXCHANGES = `ibok.exchanges as x
  join ibok.supply_points as points on points.id = x.supply_point_id
  join ibok.premises as premises on premises.id = points.premise_id
  left join ibok.meter_installations as gone on gone.id = x.old_installation_id
  left join ibok.meters as old_meter on old_meter.id = gone.meter_id
  left join ibok.meter_installations as came on came.id = x.new_installation_id
  left join ibok.meters as new_meter on new_meter.id = came.meter_id
  left join ibok.readings as final on final.id = (x.before ->> 'finalReading')::bigint
  left join ibok.staff_members as hands on hands.login = x.done_by`;

/** Exchanges, first installations and removals, those taken back too; the newest first. */
export const EXCHANGE_LIST: List = {
  action: 'exchanges.list',
  select: EXCHANGE_ROW,
  from: EXCHANGES,
  key: 'x.id',
  // All texts have the form of ibok.search_words: a space before every word.
  words: `(premises.search_text || ' ' || ibok.fold(points.code) || coalesce(' ' || old_meter.factory_key || ' ' || ibok.fold(old_meter.factory_no), '')
    || coalesce(' ' || new_meter.factory_key || ' ' || ibok.fold(new_meter.factory_no), ''))`,
  columns: {
    number: { sql: 'x.id', type: 'integer', filters: ['between'], sort: { column: 'x.id', type: 'bigint' } },
    doneOn: { sql: 'x.done_on', type: 'date', filters: ['dates'], sort: { column: 'x.done_on', type: 'date' } },
    kind: { sql: 'x.kind', type: 'text', filters: ['oneOf'], codes: EXCHANGE_KINDS },
    pointCode: { sql: 'points.code', type: 'text', filters: ['text'] },
    address: { sql: ADDRESS, type: 'text', filters: ['text'] },
    route: { sql: 'premises.route', type: 'text', filters: ['text', 'empty', 'filled'] },
    oldMeter: { sql: 'old_meter.factory_no', type: 'text', filters: ['text', 'empty', 'filled'] },
    newMeter: { sql: 'new_meter.factory_no', type: 'text', filters: ['text', 'empty', 'filled'] },
    used: { sql: 'final.consumption', type: 'integer', filters: ['between', 'empty', 'filled'] },
    reason: { sql: 'x.reason', type: 'text', filters: ['oneOf'], codes: EXCHANGE_REASONS },
    doneBy: { sql: 'coalesce(hands.display_name, x.done_by)', type: 'text', filters: ['text'] },
    reversed: { sql: '(x.reversed_at is not null)', type: 'boolean', filters: ['oneOf'], codes: ['true', 'false'] },
  },
};
