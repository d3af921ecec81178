import type { Contact, ContactField, CustomerCard, SearchHit } from '../../../shared/contract/customers';
import { CONTACT_FIELDS } from '../../../shared/contract/customers';
import { may } from '../../../shared/permissions';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { planned } from '../../db/statements';

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

const OPEN_CARD = planned('select api.open_card($1::bigint, $2) as card');

/**
 * Opens a customer's card through the function that logs who opened it and why (GDPR). Throws NOT_FOUND.
 */
export async function openCard(ctx: ReadContext, id: string, purpose: string): Promise<CustomerCard> {
  const [row] = await ctx.db.rows<{ card: OpenedCard }>(OPEN_CARD, [id, purpose]);
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
