import type { ListInput } from '../../../shared/contract/lists';
import type { CaseAct, CasesOfMeter, MeterCaseRecord, MeterCaseRow } from '../../../shared/contract/meter-cases';
import {
  type CaseFacts,
  type CaseStep,
  cancelObstacle,
  type Obstacle,
  orderObstacle,
  stepsOf,
} from '../../../shared/domain/meter-cases';
import { may, type StaffGroup } from '../../../shared/permissions';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { CASE_COLUMNS, CASE_SOURCE, METER_CASE_LIST } from './meter-cases.list';

/** A page of the cases. Throws INVALID_INPUT for a question the list does not answer. */
export function listMeterCases(ctx: ReadContext, input: ListInput) {
  return listPage<MeterCaseRow>(ctx.db, METER_CASE_LIST, input);
}

type Stored = Omit<MeterCaseRecord, 'steps' | 'abilities' | 'recordedAt' | 'closedAt'> & {
  recordedAt: Date;
  closedAt: Date | null;
  hasMainMeter: boolean;
  doers: Record<string, string>;
};

const nameOf = (login: string) =>
  `coalesce((select n.display_name from ibok.staff_members as n where n.login = ${login}), ${login})`;

const RECORD = `select ${CASE_COLUMNS}, ${nameOf('c.recorded_by')} as "recordedByName", c.recorded_at as "recordedAt",
    ${nameOf('c.closed_by')} as "closedByName", c.closed_at as "closedAt", c.closing_reason as "closingReason", c.note,
    c.place, c.place_agreed_on::text as "placeAgreedOn", c.accepted_on::text as "acceptedOn",
    c.sealed_on::text as "sealedOn", ibok.sub_meter_stands(c) as stands,
    array(select e.seal_no::text from ibok.seals as e
           where e.installation_id = c.installation_id and e.removed_on is null order by e.id) as seals,
    c.fee_amount as "feeAmount", c.fee_paid_on::text as "feePaidOn",
    coalesce((select (r.value #>> '{}')::int from ibok.rule_values as r
               where r.key = 'meters.sub_meter_fee_grosze' and r.valid_from <= ibok.today()
                 and (r.valid_to is null or r.valid_to >= ibok.today())), 0) as "feeByRule",
    c.annex_no as "annexNo", c.annex_on::text as "annexOn", c.activated_on::text as "activatedOn",
    c.removal_id as "removalId", e.done_on::text as "removedOn", c.office, c.sent_on::text as "sentOn",
    c.certificate_no as "certificateNo", c.certificate_on::text as "certificateOn", c.result, c.cost_side as "costSide", c.demanded_by as "demandedBy",
    c.answered_on::text as "answeredOn", ${nameOf('o.assignee')} as "orderAssigneeName",
    (select i.id from ibok.meter_installations as i
      where c.kind = 'expertise' and i.meter_id = c.meter_id and i.supply_point_id = c.supply_point_id
        and i.removed_on is null) as "disputedInstallationId",
    coalesce((select jsonb_agg(jsonb_build_object('id', d.id::text, 'title', d.title) order by d.id)
       from ibok.documents as d
      where d.owner_table = 'meter_cases' and d.owner_id = c.id and d.state = 'active'), '[]') as documents,
    (select count(*) = 1 from ibok.meter_installations as i
      where i.supply_point_id = c.supply_point_id and i.role = 'main' and i.removed_on is null) as "hasMainMeter",
    api.meter_case_doers(c.id) as doers, ibok.today()::text as today
  from ${CASE_SOURCE}
  left join ibok.exchanges as e on e.id = c.removal_id
 where c.id = $1::bigint`;

/** The column that holds a step's day: whoever wrote it last did the step. */
const COLUMN_OF: Readonly<Record<CaseStep, string>> = {
  place: 'place_agreed_on',
  acceptance: 'accepted_on',
  fee: 'fee_paid_on',
  annex: 'annex_on',
  activation: 'activated_on',
  removal: 'removal_id',
  sending: 'sent_on',
  certificate: 'certificate_on',
  answer: 'answered_on',
};

/** One case with its steps, who did them, and what the person asking may do next. Throws NOT_FOUND. */
export async function getMeterCase(ctx: ReadContext, id: string): Promise<MeterCaseRecord> {
  const [row] = await ctx.db.rows<Stored>(RECORD, [id]);
  if (!row) throw new AppError('NOT_FOUND');
  const { doers, hasMainMeter, ...record } = row;
  const facts: CaseFacts = { ...record, hasMainMeter, hasDocument: record.documents.length > 0 };
  return {
    ...record,
    recordedAt: record.recordedAt.toISOString(),
    closedAt: record.closedAt?.toISOString() ?? null,
    steps: stepsOf(facts).map((step) => ({ ...step, byName: step.on ? (doers[COLUMN_OF[step.step]] ?? null) : null })),
    abilities: abilitiesOf(ctx.actor.group, facts),
  };
}

/** The step that each act does. */
const STEP_OF = {
  agreePlace: 'place',
  accept: 'acceptance',
  recordFee: 'fee',
  recordAnnex: 'annex',
  activate: 'activation',
  send: 'sending',
  recordCertificate: 'certificate',
  answer: 'answer',
} as const satisfies Partial<Record<CaseAct, CaseStep>>;

/** Acts that may be done once more while the case goes on: the day or number was wrong. */
const CORRECTED: ReadonlySet<CaseAct> = new Set([
  'agreePlace',
  'recordFee',
  'recordAnnex',
  'send',
  'recordCertificate',
]);

/** What a member of `group` may do with a case, with the reason why not; the database judges it again. */
export function abilitiesOf(group: StaffGroup, facts: CaseFacts): MeterCaseRecord['abilities'] {
  const steps = new Map(stepsOf(facts).map((each) => [each.step, each.obstacle]));
  const allowed = (act: CaseAct, obstacle: Obstacle | null) => (may(group, `meterCases.${act}`) ? obstacle : 'role');
  const step = (act: keyof typeof STEP_OF): Obstacle | null => {
    // A step of the other kind is no step of this case.
    const obstacle = steps.get(STEP_OF[act]);
    if (obstacle === undefined) return 'closed';
    return obstacle === 'done' && CORRECTED.has(act) ? correctionObstacle(act, facts) : obstacle;
  };
  return {
    agreePlace: allowed('agreePlace', step('agreePlace')),
    order: allowed('order', orderObstacle(facts)),
    accept: allowed('accept', step('accept')),
    recordFee: allowed('recordFee', step('recordFee')),
    recordAnnex: allowed('recordAnnex', step('recordAnnex')),
    activate: allowed('activate', step('activate')),
    send: allowed('send', step('send')),
    recordCertificate: allowed('recordCertificate', step('recordCertificate')),
    answer: allowed('answer', step('answer')),
    cancel: allowed('cancel', cancelObstacle(facts)),
    edit: allowed('edit', null),
  };
}

function correctionObstacle(act: CaseAct, facts: CaseFacts): Obstacle | null {
  if (facts.state !== 'open') return 'closed';
  const wentOn = act === 'agreePlace' ? facts.stands : act === 'send' && facts.certificateOn !== null;
  return wentOn ? 'done' : null;
}

/** How many cases of one meter travel at most. */
const LISTED = 50;

/** The cases of a meter, newest first, and where an expertise of it would belong. */
export async function casesOfMeter(ctx: ReadContext, meterId: string): Promise<CasesOfMeter> {
  const cases = await ctx.db.rows<MeterCaseRow>(
    `select ${CASE_COLUMNS} from ${CASE_SOURCE} where c.meter_id = $1::bigint order by c.id desc limit ${LISTED}`,
    [meterId],
  );
  // The meter's place now, else its last one: a meter that was taken out can still be disputed.
  const [place] = await ctx.db.rows<NonNullable<CasesOfMeter['place']>>(
    `select m.factory_no as "factoryNo", s.id as "pointId", s.code as "pointCode", u.customer_id as "customerId", u.customer_no as "customerNo",
            u.display_name as "customerName"
       from ibok.meter_installations as i
       join ibok.meters as m on m.id = i.meter_id
       join ibok.supply_points as s on s.id = i.supply_point_id
       join ibok.supplies as y on y.supply_point_id = s.id and y.valid_from <= ibok.today()
        and (y.valid_to is null or y.valid_to > ibok.today())
       join ibok.customer_search as u on u.customer_id = y.customer_id
      where i.meter_id = $1::bigint and i.reversed_at is null
      order by i.installed_on desc, i.id desc, y.valid_from desc, y.id desc limit 1`,
    [meterId],
  );
  return { cases, place: place ?? null };
}
