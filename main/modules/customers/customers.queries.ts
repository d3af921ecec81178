import type {
  Contact,
  ContactField,
  CustomerCard,
  CustomerFilter,
  CustomerListInput,
  CustomerRow,
  SearchHit,
} from '../../../shared/contract/customers';
import { CONTACT_FIELDS } from '../../../shared/contract/customers';
import { foldedWords } from '../../../shared/domain/fold';
import { may } from '../../../shared/permissions';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { BadCursor, Conditions, keysetPage, type ListSource, likeLiteral } from '../../db/page';

const CUSTOMERS: ListSource<CustomerListInput['sort']['key']> = {
  select: `customer_id as id, customer_no as "customerNo", kind, display_name as "displayName", address, city,
           postal_code as "postalCode", point_count as "pointCount", deceased`,
  from: 'ibok.customer_search',
  key: 'customer_id',
  sorts: {
    name: { column: 'sort_name', type: 'text' },
    customerNo: { column: 'customer_no collate "C"', type: 'text' },
    address: { column: 'sort_address', type: 'text' },
    points: { column: 'point_count', type: 'integer' },
  },
};

/** Counting stops here; the screen then says "ponad 10 000". */
const COUNT_CAP = 10_000;

function conditionsOf(filter: CustomerFilter): Conditions {
  const conditions = new Conditions();
  const words = filter.text ? foldedWords(filter.text) : [];
  // Signs without a letter or digit match nobody; without this they would match everybody.
  if (filter.text && words.length === 0) conditions.where('false');
  for (const word of words) {
    conditions.where(`search_text like ${conditions.add(`% ${likeLiteral(word)}%`)}`);
  }
  if (filter.kind) conditions.where(`kind = ${conditions.add(filter.kind)}`);
  if (filter.cities?.length) conditions.where(`city = any (${conditions.add(filter.cities)}::text[])`);
  if (filter.deceased !== undefined) conditions.where(`deceased = ${conditions.add(filter.deceased)}`);
  if (filter.withoutPoint) conditions.where('point_count = 0');
  return conditions;
}

/** A page of the customer list, sorted by an indexed key. Throws INVALID_INPUT for a foreign cursor. */
export async function listCustomers(
  ctx: ReadContext,
  { filter, sort, cursor, limit }: CustomerListInput,
): Promise<{ rows: CustomerRow[]; nextCursor: string | null }> {
  try {
    return await keysetPage(ctx.db, CUSTOMERS, conditionsOf(filter), sort, cursor ?? null, limit);
  } catch (error) {
    if (error instanceof BadCursor) throw new AppError('INVALID_INPUT', { field: 'cursor' });
    throw error;
  }
}

/** How many customers match, exact up to 10,000. */
export async function countCustomers(
  ctx: ReadContext,
  filter: CustomerFilter,
): Promise<{ count: number; capped: boolean }> {
  const conditions = conditionsOf(filter);
  const [row] = await ctx.db.rows<{ count: number }>(
    `select count(*)::int as count from (
       select 1 from ibok.customer_search ${conditions.sql} limit ${conditions.add(COUNT_CAP + 1)}) as capped`,
    conditions.bind,
  );
  const count = row?.count ?? 0;
  return { count: Math.min(count, COUNT_CAP), capped: count > COUNT_CAP };
}

/** The places that occur in the list, for its filter; loose index scan, so quick at any size. */
export async function listCities(ctx: ReadContext): Promise<string[]> {
  const rows = await ctx.db.rows<{ city: string }>(
    `with recursive cities as (
       (select city from ibok.customer_search order by city limit 1)
       union all
       select (select next.city from ibok.customer_search as next where next.city > cities.city order by next.city limit 1)
         from cities where cities.city is not null)
     select city from cities where city <> '' order by city collate "pl-PL-x-icu"`,
  );
  return rows.map(({ city }) => city);
}

interface OpenedCard extends Omit<CustomerCard, 'contact' | 'abilities' | 'displayName' | 'legalHold'> {
  alerts: { deceased: boolean; legalHolds: number };
  [field: string]: unknown;
}

/**
 * Opens a customer's card through the function that logs who opened it and why (GDPR). Throws NOT_FOUND.
 */
export async function openCard(ctx: ReadContext, id: string, purpose: string): Promise<CustomerCard> {
  const [row] = await ctx.db.rows<{ card: OpenedCard }>('select api.open_card($1::bigint, $2) as card', [id, purpose]);
  if (!row) throw new AppError('NOT_FOUND');
  const { card } = row;
  const contact: Contact = Object.fromEntries(
    CONTACT_FIELDS.map((field: ContactField) => [field, (card[field] as string | null | undefined) ?? null]),
  ) as Contact;
  const allowed = (action: 'customers.editContact' | 'customers.reveal') => {
    const yes = may(ctx.actor.group, action);
    return { allowed: yes, reason: yes ? null : ('role' as const) };
  };
  return {
    id: String(card.id),
    customerNo: card.customerNo,
    kind: card.kind,
    displayName: card.kind === 'company' ? card.companyName : `${card.lastName} ${card.firstName}`.trim(),
    firstName: card.firstName,
    lastName: card.lastName,
    companyName: card.companyName,
    nip: card.nip,
    regon: card.regon,
    peselMasked: card.peselMasked,
    bankAccountMasked: card.bankAccountMasked,
    contact,
    deceasedOn: card.deceasedOn,
    vip: card.vip,
    legalHold: card.alerts.legalHolds > 0,
    sourceUpdatedAt: isoOrNull(card.sourceUpdatedAt),
    updatedAt: isoOrNull(card.updatedAt) ?? new Date(0).toISOString(),
    abilities: { editContact: allowed('customers.editContact'), reveal: allowed('customers.reveal') },
  };
}

function isoOrNull(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

/** Customers by exact phone, e-mail or NIP, through the logged function. */
export async function findByContact(ctx: ReadContext, text: string): Promise<SearchHit[]> {
  return ctx.db.rows<SearchHit>(
    `select 'customer' as kind, found.customer_id as id, listed.display_name as title,
            concat_ws(' · ', listed.customer_no, nullif(listed.address, '')) as subtitle, found.reason
       from api.find_by_contact($1) as found
       join ibok.customer_search as listed using (customer_id)
      order by listed.sort_name, listed.customer_id limit 20`,
    [text],
  );
}
