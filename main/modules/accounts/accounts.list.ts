import { ACCOUNT_STATUSES, BLOCK_REASONS } from '../../../shared/contract/accounts';
import type { List } from '../../db/list-definition';

const BOTH = ['true', 'false'] as const;

/** The version of the regulations in force today, asked once for all rows; null before the first. */
const IN_FORCE = '(select ibok.regulations_on(ibok.today()))';
const MUST_ACCEPT = `(a.status in ('pending', 'active', 'blocked') and ${IN_FORCE} is not null and not exists (
  select from ibok.regulation_acceptances as x where x.account_id = a.id and x.version_id = ${IN_FORCE}))`;
/** "000123 Żuk Zofia": the customers it sees today, by number. */
const CUSTOMERS = `array(select c.customer_no || ' ' || c.display_name
    from ibok.account_access as x join ibok.customer_search as c on c.customer_id = x.customer_id
   where x.account_id = a.id and x.valid_from <= ibok.today() and (x.valid_to is null or x.valid_to >= ibok.today())
   order by c.customer_no)`;
const REGULATIONS = `(select v.label from ibok.regulation_acceptances as x
    join ibok.regulation_versions as v on v.id = x.version_id
   where x.account_id = a.id order by v.effective_on desc limit 1)`;
const LAST_SIGN_IN = `(select s.at from ibok.account_sign_ins as s where s.account_id = a.id and s.outcome = 'ok'
  order by s.id desc limit 1)`;

/** Accounts of the portal. What stands in other tables is looked up for the rows of a page alone. */
export const ACCOUNT_LIST: List = {
  action: 'accounts.list',
  select: `a.id, a.login, a.first_name as "firstName", a.last_name as "lastName", a.email, a.status,
           a.block_reason as "blockReason",
           ${CUSTOMERS} as customers, ${LAST_SIGN_IN} as "lastSignInAt", ${REGULATIONS} as regulations,
           ${MUST_ACCEPT} as "mustAccept", a.created_at as "createdAt", a.activated_at as "activatedAt"`,
  from: 'ibok.accounts as a',
  key: 'a.id',
  words: `' ' || ibok.fold(concat_ws(' ', a.last_name, a.first_name, a.login, a.email))`,
  columns: {
    login: {
      sql: 'a.login',
      type: 'text',
      filters: ['text', 'empty', 'filled'],
      inWords: true,
      sort: { column: 'a.login', type: 'text', nullable: true },
    },
    name: {
      sql: `concat_ws(' ', a.last_name, a.first_name)`,
      type: 'text',
      filters: ['text', 'empty', 'filled'],
      inWords: true,
      sort: { column: 'a.last_name collate "pl-PL-x-icu"', type: 'text', nullable: true },
    },
    email: { sql: 'a.email', type: 'text', filters: ['text', 'empty', 'filled'], inWords: true },
    status: { sql: 'a.status', type: 'text', filters: ['oneOf'], codes: ACCOUNT_STATUSES },
    blockReason: { sql: 'a.block_reason', type: 'text', filters: ['oneOf', 'empty', 'filled'], codes: BLOCK_REASONS },
    customers: { sql: `array_to_string(${CUSTOMERS}, ', ')`, type: 'text', filters: [] },
    regulations: { sql: REGULATIONS, type: 'text', filters: [] },
    lastSignInAt: { sql: LAST_SIGN_IN, type: 'instant', filters: ['dates', 'empty', 'filled'] },
    mustAccept: { sql: MUST_ACCEPT, type: 'boolean', filters: ['oneOf'], codes: BOTH },
    createdAt: { sql: 'a.created_at', type: 'instant', filters: ['dates'], sort: { column: 'a.id', type: 'bigint' } },
    activatedAt: { sql: 'a.activated_at', type: 'instant', filters: ['dates', 'empty', 'filled'] },
  },
};
