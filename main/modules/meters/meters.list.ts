import { METER_ROLES } from '../../../shared/contract/meter-registry';
import { METER_STATUSES, OWNER_KINDS } from '../../../shared/contract/meters';
import { MARK_KINDS } from '../../../shared/domain/legalization';
import type { List, ListColumn } from '../../db/list-definition';

const BOTH = ['true', 'false'] as const;
const ADDRESS = 'ibok.address_line(r.street, r.house_no, r.flat_no, r.city)';
const ORDER_FOR = '(select s.display_name from ibok.staff_members as s where s.login = r.order_assignee)';

const flag = (sql: string): ListColumn => ({ sql, type: 'boolean', filters: ['oneOf'], codes: BOTH });
const number = (sql: string): ListColumn => ({ sql, type: 'integer', filters: ['between', 'empty', 'filled'] });
/** One of a readable set of the office's own words. */
const word = (sql: string): ListColumn => ({ sql, type: 'text', filters: ['oneOf', 'text', 'empty', 'filled'] });
const found = (sql: string): ListColumn => ({ sql, type: 'text', filters: ['text', 'empty', 'filled'], inWords: true });

/**
 * The register of meters, read from its own narrow table. `month` is what the planner asks for: it has an index of its own
 * in the order of the round.
 */
export const METER_LIST: List = {
  action: 'meters.list',
  select: `r.meter_id as id, r.factory_no as "factoryNo", r.maker, r.model, r.dn, trim_scale(r.q3)::text as q3, r.r, r.digits,
           r.owner_kind as "ownerKind", r.status, r.accepted_on::text as "acceptedOn", r.produced_year as "producedYear",
           r.radio_id as "radioId", r.stock_place as "stockPlace", r.twin, r.valid_until::text as "validUntil",
           coalesce(r.valid_until < ibok.today(), false) as expired, r.mark_kind as "markKind", r.raw_mark as "rawMark",
           r.conflict, r.lost, r.installation_id is not null as "builtIn", r.role, r.parent_meter_id as "parentMeterId",
           r.installed_on::text as "installedOn", r.place, r.point_code as "pointCode", r.premise_id as "premiseId",
           case when r.premise_id is not null then ${ADDRESS} end as address, r.city, r.street, r.district, r.route,
           r.seal_nos as "sealNos", r.order_id as "orderId", r.order_day::text as "orderDay", ${ORDER_FOR} as "orderFor",
           r.letter_on::text as "letterOn"`,
  from: 'ibok.meter_registry as r',
  key: 'r.meter_id',
  words: 'r.search_text',
  columns: {
    id: { ...found('r.meter_id::text'), filters: ['text'], sort: { column: 'r.meter_id', type: 'bigint' } },
    factoryNo: {
      ...found('r.factory_no'),
      filters: ['text'],
      sort: { column: 'r.factory_key collate "C"', type: 'text' },
    },
    validUntil: {
      sql: 'r.valid_until',
      type: 'date',
      filters: ['dates', 'empty', 'filled'],
      sort: { column: 'r.valid_until', type: 'date', nullable: true },
    },
    month: { sql: 'r.plan_month', type: 'text', filters: ['oneOf'] },
    markKind: { sql: 'r.mark_kind', type: 'text', filters: ['oneOf', 'empty', 'filled'], codes: MARK_KINDS },
    rawMark: word('r.raw_mark'),
    conflict: flag('r.conflict'),
    lost: flag('r.lost'),
    status: { sql: 'r.status', type: 'text', filters: ['oneOf'], codes: METER_STATUSES },
    builtIn: flag('(r.installation_id is not null)'),
    ownerKind: { sql: 'r.owner_kind', type: 'text', filters: ['oneOf'], codes: OWNER_KINDS },
    acceptedOn: {
      sql: 'r.accepted_on',
      type: 'date',
      filters: ['dates', 'empty', 'filled'],
      sort: { column: 'r.accepted_on', type: 'date', nullable: true },
    },
    producedYear: number('r.produced_year'),
    maker: word('r.maker'),
    model: word('r.model'),
    dn: { sql: 'r.dn', type: 'integer', filters: ['oneOf'] },
    q3: { sql: 'trim_scale(r.q3)::text', type: 'text', filters: ['oneOf'] },
    r: number('r.r'),
    digits: number('r.digits'),
    twin: flag('r.twin'),
    role: { sql: 'r.role', type: 'text', filters: ['oneOf', 'empty', 'filled'], codes: METER_ROLES },
    parentMeterId: found('r.parent_meter_id::text'),
    address: { ...found(ADDRESS), sort: { column: 'r.round_order', type: 'text', nullable: true } },
    city: word('r.city'),
    street: word('r.street'),
    district: word('r.district'),
    route: word('r.route'),
    place: { sql: 'r.place', type: 'text', filters: ['text', 'empty', 'filled'] },
    pointCode: found('r.point_code'),
    installedOn: { sql: 'r.installed_on', type: 'date', filters: ['dates', 'empty', 'filled'] },
    stockPlace: { sql: 'r.stock_place', type: 'text', filters: ['text', 'empty', 'filled'] },
    radioId: found('r.radio_id'),
    sealNos: found('r.seal_nos'),
    ordered: flag('(r.order_id is not null)'),
    orderDay: { sql: 'r.order_day', type: 'date', filters: ['dates', 'empty', 'filled'] },
    orderFor: { sql: ORDER_FOR, type: 'text', filters: [] },
    letterOn: { sql: 'r.letter_on', type: 'date', filters: ['dates', 'empty', 'filled'] },
  },
};
