import { customerKind, PREFERRED_CONTACTS } from '../../../shared/contract/customers';
import type { List } from '../../db/list-definition';

const BOTH = ['true', 'false'] as const;

/**
 * The customer list. A text filter on number, name, address or city is served by the trigram index of the search text;
 * one on postal code or note reads the rows in order, and so does what only narrows by kind, contact or VIP.
 */
export const CUSTOMER_LIST: List = {
  action: 'customers.list',
  select: `customer_id as id, customer_no as "customerNo", kind, display_name as "displayName", address, city,
           postal_code as "postalCode", point_count as "pointCount", customer_since::text as "customerSince",
           preferred_contact as "preferredContact", office_note as "officeNote", vip, deceased`,
  from: 'ibok.customer_search',
  key: 'customer_id',
  words: 'search_text',
  columns: {
    customerNo: {
      sql: 'customer_no',
      type: 'text',
      filters: ['text'],
      inWords: true,
      sort: { column: 'customer_no collate "C"', type: 'text' },
    },
    name: {
      sql: 'display_name',
      type: 'text',
      filters: ['text'],
      inWords: true,
      sort: { column: 'sort_name', type: 'text' },
    },
    kind: { sql: 'kind', type: 'text', filters: ['oneOf'], codes: customerKind.options },
    address: {
      sql: 'address',
      type: 'text',
      filters: ['text', 'empty', 'filled'],
      inWords: true,
      sort: { column: 'sort_address', type: 'text' },
    },
    city: { sql: 'city', type: 'text', filters: ['oneOf', 'text', 'empty', 'filled'], inWords: true },
    postalCode: { sql: 'postal_code', type: 'text', filters: ['text', 'oneOf', 'empty', 'filled'] },
    points: {
      sql: 'point_count',
      type: 'integer',
      filters: ['between'],
      sort: { column: 'point_count', type: 'integer' },
    },
    customerSince: {
      sql: 'customer_since',
      type: 'date',
      filters: ['dates', 'empty', 'filled'],
      sort: { column: 'customer_since', type: 'date', nullable: true },
    },
    preferredContact: {
      sql: 'preferred_contact',
      type: 'text',
      filters: ['oneOf', 'empty', 'filled'],
      codes: PREFERRED_CONTACTS,
    },
    officeNote: { sql: 'office_note', type: 'text', filters: ['text', 'empty', 'filled'] },
    vip: { sql: 'vip', type: 'boolean', filters: ['oneOf'], codes: BOTH },
    deceased: { sql: 'deceased', type: 'boolean', filters: ['oneOf'], codes: BOTH },
  },
};
