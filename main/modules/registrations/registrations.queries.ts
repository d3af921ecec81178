import type { ListInput } from '../../../shared/contract/lists';
import type {
  RegistrationCounters,
  RegistrationForm,
  RegistrationRecord,
  RegistrationRow,
} from '../../../shared/contract/registrations';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { REGISTRATION_LIST } from './registrations.list';

/** A page of the queue. Throws INVALID_INPUT for a question the list does not answer. */
export function listRegistrations(ctx: ReadContext, input: ListInput) {
  return listPage<RegistrationRow>(ctx.db, REGISTRATION_LIST, input);
}

type Checks = Pick<RegistrationRecord, 'missing' | 'customer' | 'duplicates' | 'login'>;
type Stored = Omit<RegistrationRecord, keyof Checks | 'recordedAt' | 'identity' | 'decided' | 'account'> & {
  recordedAt: Date;
  identityMethod: NonNullable<RegistrationRecord['identity']>['method'] | null;
  identityBy: string;
  identityByName: string;
  identityAt: Date;
  decidedByName: string;
  decidedAt: Date | null;
  accountId: string | null;
  accountLogin: string | null;
  checks: Checks;
};

/** A machine has no row among the staff: its login names it. */
const nameOf = (login: string) =>
  `coalesce((select s.display_name from ibok.staff_members as s where s.login = ${login}), ${login})`;

const RECORD = `
  select r.id, ibok.registration_number(r.id) as number, concat_ws(' ', r.first_name, r.last_name) as name, r.channel,
         r.received_on::text as "receivedOn", r.recorded_at as "recordedAt", ${nameOf('r.recorded_by')} as "recordedByName",
         r.due_from::text as "dueFrom", r.due_to::text as "dueTo",
         ibok.working_days_between(ibok.today(), r.due_to) as "daysLeft",
         r.status in ('new', 'incomplete') and r.due_to < ibok.today() as overdue, r.status, r.relation,
         r.first_name as "firstName", r.last_name as "lastName", r.email, r.phone, r.street, r.house_no as "houseNo",
         r.flat_no as "flatNo", r.postal_code as "postalCode", r.city, r.customer_no_given as "customerNoGiven",
         r.invoice_no_given as "invoiceNoGiven", r.invoice_gross_given::text as "invoiceGrossGiven",
         r.original_place as "originalPlace", r.note, r.regulation_version_id as "regulationVersionId",
         v.label as "regulationLabel", r.proxy_document_id as "proxyDocumentId", r.rejection_reason as "rejectionReason",
         (select coalesce(json_agg(json_build_object('key', k.key, 'title', k.title, 'mandatory', k.mandatory,
                   'given', k.key = any (r.clauses)) order by k.id), '[]')
            from ibok.clauses as k
           where k.valid_from <= r.received_on and (k.valid_to is null or k.valid_to >= r.received_on)) as clauses,
         r.identity_method as "identityMethod", r.identity_checked_by as "identityBy",
         ${nameOf('r.identity_checked_by')} as "identityByName", r.identity_checked_at as "identityAt",
         ${nameOf('r.decided_by')} as "decidedByName", r.decided_at as "decidedAt",
         r.account_id as "accountId", a.login as "accountLogin", api.registration_checks(r.id) as checks
    from ibok.registrations as r
    left join ibok.regulation_versions as v on v.id = r.regulation_version_id
    left join ibok.accounts as a on a.id = r.account_id
   where r.id = $1::bigint`;

/** One application with everything a clerk looks at before deciding. Throws NOT_FOUND. */
export async function getRegistration(ctx: ReadContext, id: string): Promise<RegistrationRecord> {
  const [row] = await ctx.db.rows<Stored>(RECORD, [id]);
  if (!row) throw new AppError('NOT_FOUND');
  const { checks, identityMethod, identityBy, identityByName, identityAt, decidedByName, decidedAt, ...record } = row;
  return {
    ...record,
    ...checks,
    recordedAt: record.recordedAt.toISOString(),
    identity: identityMethod
      ? { method: identityMethod, by: identityBy, byName: identityByName, at: identityAt.toISOString() }
      : null,
    decided: decidedAt ? { byName: decidedByName, at: decidedAt.toISOString() } : null,
    account: row.accountId ? { id: row.accountId, login: row.accountLogin } : null,
  };
}

const FORM = `
  select ibok.today()::text as today,
         (select coalesce(json_agg(json_build_object('key', k.key, 'title', k.title, 'mandatory', k.mandatory) order by k.id), '[]')
            from ibok.clauses as k
           where k.valid_from <= ibok.today() and (k.valid_to is null or k.valid_to >= ibok.today())) as clauses,
         (select coalesce(json_agg(json_build_object('id', v.id::text, 'label', v.label, 'effectiveOn', v.effective_on)
                   order by v.effective_on desc), '[]') from ibok.regulation_versions as v) as versions,
         (select coalesce(json_agg(h.day order by h.day), '[]') from ibok.holidays as h
           where h.day between ibok.today() - 366 and ibok.today() + 60) as "daysOff",
         ${ruleToday('registration.due_from_working_days', 3)} as "dueFromDays",
         ${ruleToday('registration.due_to_working_days', 7)} as "dueToDays"`;

function ruleToday(key: string, standard: number): string {
  return `coalesce((select (value #>> '{}')::int from ibok.rule_values where key = '${key}' and valid_from <= ibok.today()
    and (valid_to is null or valid_to >= ibok.today())), ${standard})`;
}

/** What the form for a new application offers and reckons with. */
export async function getRegistrationForm(ctx: ReadContext): Promise<RegistrationForm> {
  const [form] = await ctx.db.rows<RegistrationForm>(FORM);
  if (!form) throw new Error('the database gave no answer');
  return form;
}

/** Applications not decided, by working days left. */
export async function countRegistrations(ctx: ReadContext): Promise<RegistrationCounters> {
  const [row] = await ctx.db.rows<{ counters: RegistrationCounters }>('select api.registration_counters() as counters');
  if (!row) throw new Error('the database gave no answer');
  return row.counters;
}
