import type {
  AccessPapers,
  AccountRecord,
  AccountRow,
  AccountSignIn,
  CustomerAccount,
} from '../../../shared/contract/accounts';
import type { SearchHit } from '../../../shared/contract/customers';
import type { ListInput } from '../../../shared/contract/lists';
import { may } from '../../../shared/permissions';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { listPage } from '../../db/list';
import { type AccountFacts, abilitiesOf } from './accounts.abilities';
import { ACCOUNT_LIST } from './accounts.list';

const HOLDS = 'x.valid_from <= ibok.today() and (x.valid_to is null or x.valid_to >= ibok.today())';
const LAST_SIGN_IN = `(select s.at from ibok.account_sign_ins as s where s.account_id = a.id and s.outcome = 'ok'
  order by s.id desc limit 1)`;
/** Instants within JSON, as the contract takes them. */
const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const json = (instant: string) => `to_char(${instant} at time zone 'UTC', ${INSTANT})`;

type Dates<Row, Key extends keyof Row> = Omit<Row, Key> & { [Name in Key]: Date | Extract<Row[Name], null> };

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A page of the accounts. Throws INVALID_INPUT for a question the list does not answer. */
export async function listAccounts(ctx: ReadContext, input: ListInput) {
  const { rows, nextCursor } = await listPage<Dates<AccountRow, 'createdAt' | 'activatedAt' | 'lastSignInAt'>>(
    ctx.db,
    ACCOUNT_LIST,
    input,
  );
  return {
    rows: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      activatedAt: iso(row.activatedAt),
      lastSignInAt: iso(row.lastSignInAt),
    })),
    nextCursor,
  };
}

type Plain = Pick<
  AccountRecord,
  | 'id'
  | 'displayName'
  | 'login'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'newEmail'
  | 'phone'
  | 'status'
  | 'blockReason'
  | 'createdBy'
> &
  Pick<AccountRecord, 'registration' | 'deletionId' | 'openDataChanges'> &
  Dates<AccountRecord, 'createdAt' | 'activatedAt' | 'deletedAt' | 'lastSignInAt'>;

const RECORD = `select a.id, concat_ws(' ', a.last_name, a.first_name) as "displayName", a.login, a.first_name as "firstName", a.last_name as "lastName", a.email, a.new_email as "newEmail",
         a.phone, a.status, a.block_reason as "blockReason", a.created_at as "createdAt",
         coalesce(made.display_name, a.created_by) as "createdBy", a.activated_at as "activatedAt",
         a.deleted_at as "deletedAt", ${LAST_SIGN_IN} as "lastSignInAt",
         jsonb_build_object('id', r.id::text, 'channel', r.channel, 'receivedOn', r.received_on) as registration,
         (select d.id from ibok.deletion_requests as d
           where d.account_id = a.id and d.status in ('open', 'forwarded', 'approved')) as "deletionId",
         (select count(*)::int from ibok.data_change_requests as d
           where d.account_id = a.id and d.status = 'open') as "openDataChanges"
    from ibok.accounts as a
    join ibok.registrations as r on r.id = a.registration_id
    left join ibok.staff_members as made on made.login = a.created_by
   where a.id = $1::bigint`;

const ACCESS = `select x.id, x.customer_id as "customerId", c.customer_no as "customerNo", c.display_name as "customerName",
         c.deceased, x.relation, x.valid_from::text as "validFrom", x.valid_to::text as "validTo", ${HOLDS} as current,
         case when d.id is not null then jsonb_build_object('id', d.id::text, 'title', d.title) end as document
    from ibok.account_access as x
    join ibok.customer_search as c on c.customer_id = x.customer_id
    left join ibok.documents as d on d.id = x.document_id
   where x.account_id = $1::bigint
   order by ${HOLDS} desc, x.valid_from desc, x.id desc`;

const BLOCKS = `select b.id, b.reason, b.note, ${json('b.blocked_at')} as at, coalesce(s.display_name, b.blocked_by) as by,
         ${json('b.unblocked_at')} as "unblockedAt", coalesce(u.display_name, b.unblocked_by) as "unblockedBy",
         b.unblock_note as "unblockNote"
    from ibok.account_blocks as b
    left join ibok.staff_members as s on s.login = b.blocked_by
    left join ibok.staff_members as u on u.login = b.unblocked_by
   where b.account_id = $1::bigint order by b.id desc`;

const REGULATIONS = `select v.id as "versionId", v.label, v.effective_on::text as "effectiveOn",
         case when v.effective_on > ibok.today() or not ibok.regulations_bind(v) then 'planned'
              when v.id = ibok.regulations_on(ibok.today()) then 'now'
              else 'past' end as "inForce",
         ${json('x.accepted_at')} as "acceptedAt", x.channel
    from ibok.regulation_versions as v
    left join ibok.regulation_acceptances as x on x.version_id = v.id and x.account_id = $1::bigint
   where v.announced_at is not null or x.id is not null or v.effective_on <= ibok.today() and ibok.regulations_bind(v)
   order by v.effective_on desc`;

const CONSENTS = `select n.id, n.kind, ${json('n.given_at')} as "givenAt", n.given_channel as "givenChannel",
         coalesce(g.display_name, n.given_by) as "givenBy", ${json('n.revoked_at')} as "revokedAt",
         n.revoked_channel as "revokedChannel", coalesce(k.display_name, n.revoked_by) as "revokedBy"
    from ibok.consents as n
    left join ibok.staff_members as g on g.login = n.given_by
    left join ibok.staff_members as k on k.login = n.revoked_by
   where n.account_id = $1::bigint order by n.id desc`;

/** Everything about an account but its sign-ins and its history. Throws NOT_FOUND. */
export async function getAccount(ctx: ReadContext, id: string): Promise<AccountRecord> {
  const [plain] = await ctx.db.rows<Plain>(RECORD, [id]);
  if (!plain) throw new AppError('NOT_FOUND');
  // Of a person's few connections this takes one.
  const [state] = await ctx.db.rows<{ state: AccountFacts }>('select api.account_state($1::bigint) as state', [id]);
  if (!state) throw new AppError('NOT_FOUND');
  const { endReason, ...facts } = state.state;
  return {
    ...plain,
    ...facts,
    createdAt: plain.createdAt.toISOString(),
    activatedAt: iso(plain.activatedAt),
    deletedAt: iso(plain.deletedAt),
    lastSignInAt: iso(plain.lastSignInAt),
    access: await ctx.db.rows<AccountRecord['access'][number]>(ACCESS, [id]),
    blocks: await ctx.db.rows<AccountRecord['blocks'][number]>(BLOCKS, [id]),
    regulations: await ctx.db.rows<AccountRecord['regulations'][number]>(REGULATIONS, [id]),
    consents: await ctx.db.rows<AccountRecord['consents'][number]>(CONSENTS, [id]),
    abilities: abilitiesOf(ctx.actor.group, plain.status, endReason),
  };
}

const SIGN_INS_PER_PAGE = 50;

/** Sign-ins through the portal, newest first. Throws NOT_FOUND. */
export async function listSignIns(
  ctx: ReadContext,
  { id, before }: { id: string; before?: string | null | undefined },
): Promise<{ rows: AccountSignIn[]; more: boolean }> {
  const rows = await ctx.db.rows<AccountSignIn>(
    `select s.id, ${json('s.at')} as at, s.outcome, host(s.address) as address, s.agent
       from ibok.account_sign_ins as s
      where s.account_id = $1::bigint and ($2::bigint is null or s.id < $2::bigint)
      order by s.id desc limit ${SIGN_INS_PER_PAGE + 1}`,
    [id, before ?? null],
  );
  return { rows: rows.slice(0, SIGN_INS_PER_PAGE), more: rows.length > SIGN_INS_PER_PAGE };
}

/** The accounts that see a customer or did, those of today first. */
export function listAccountsOfCustomer(ctx: ReadContext, customerId: string): Promise<CustomerAccount[]> {
  return ctx.db.rows<CustomerAccount>(
    `select a.id, a.login, a.first_name as "firstName", a.last_name as "lastName", a.status, x.relation,
            x.valid_from::text as "validFrom", x.valid_to::text as "validTo", ${HOLDS} as current,
            ${json(LAST_SIGN_IN)} as "lastSignInAt"
       from ibok.account_access as x join ibok.accounts as a on a.id = x.account_id
      where x.customer_id = $1::bigint
      order by ${HOLDS} desc, x.valid_from desc, x.id desc`,
    [customerId],
  );
}

/**
 * Papers that may stand behind an access: of the account, of its application and of the customer, newest first; and whether
 * none is needed for a holder's, because the account's person is the one on the contract.
 */
export async function listAccessPapers(
  ctx: ReadContext,
  { id, customerId }: { id: string; customerId: string },
): Promise<AccessPapers> {
  const [own] = await ctx.db.rows<{ contractPerson: boolean }>(
    `select coalesce(ibok.is_contract_person(a.first_name, a.last_name, c.kind, c.first_name, c.last_name), false)
              as "contractPerson"
       from ibok.accounts as a join ibok.customers as c on c.id = $2::bigint where a.id = $1::bigint`,
    [id, customerId],
  );
  const documents = await ctx.db.rows<AccessPapers['documents'][number]>(
    `select d.id, d.title, (d.created_at at time zone 'Europe/Warsaw')::date::text as "addedOn"
       from ibok.documents as d join ibok.accounts as a on a.id = $1::bigint
      where d.state = 'active' and (d.owner_table, d.owner_id) in
            (('accounts', a.id), ('registrations', a.registration_id), ('customers', $2::bigint))
      order by d.id desc limit 50`,
    [id, customerId],
  );
  return { documents, contractPerson: own?.contractPerson ?? false };
}

/** An account by its whole login or address, for the search box of those who may open accounts. */
export function findAccounts(ctx: ReadContext, text: string): Promise<SearchHit[]> {
  const typed = text.trim().toLowerCase();
  if (!may(ctx.actor.group, 'accounts.get') || !/^[a-z0-9][^\s]{3,}$/.test(typed)) return Promise.resolve([]);
  return ctx.db.rows<SearchHit>(
    `select 'account' as kind, a.id, concat_ws(' ', a.last_name, a.first_name) as title, a.login as subtitle,
            case when a.login = $1 then 'login' else 'email' end as reason
       from ibok.accounts as a
      where a.login = $1 or lower(a.email::text) = $1
      order by a.id desc limit 5`,
    [typed],
  );
}
