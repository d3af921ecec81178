import { randomUUID } from 'node:crypto';
import { plantAccount } from '../support/accounts';
import { insertCustomer } from '../support/customers';
import type { Flow } from './flow';

const LOGIN = 's_anna';

const actsOf = '(select count(*) from ibok.acts where client_request_id = $1)';

const blockAccount: Flow = {
  name: 'accounts.block',
  prepare: async (office) => {
    const requestId = randomUUID();
    const { id } = await office.asSuperuser(async (client) => plantAccount(client, await insertCustomer(client, {})));
    const input = { id, requestId, reason: 'breach' as const, note: null };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).accounts.block.mutate(input),
      state: () =>
        office.rows(
          `select a.status, a.block_reason, ${actsOf} as acts,
              (select count(*) from ibok.account_blocks b where b.account_id = a.id) as blocks,
              (select count(*) from ibok.outbox o where o.record = 'accounts:' || a.id) as mails,
              (select count(*) from audit.events e where e.table_name = 'accounts' and e.row_id = a.id::text) as events
             from ibok.accounts a where a.id = $2::bigint`,
          [requestId, id],
        ),
    };
  },
};

const decideDataChange: Flow = {
  name: 'dataChanges.decide',
  prepare: async (office) => {
    const requestId = randomUUID();
    const planted = await office.asSuperuser(async (client) => {
      const customer = await insertCustomer(client, { phone: '601 000 100' });
      const account = await plantAccount(client, customer);
      const { rows } = await client.query<{ id: string }>(
        `insert into ibok.data_change_requests (account_id, customer_id, changes)
         values ($1, $2, '{"phone": ["601 000 100", "602 000 200"]}') returning id`,
        [account.id, customer],
      );
      return { customer, request: rows[0]?.id ?? '' };
    });
    const input = { id: planted.request, requestId, accepted: { phone: '601 000 100' }, note: null };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).dataChanges.decide.mutate(input),
      state: () =>
        office.rows(
          `select d.status, d.accepted, c.phone, ${actsOf} as acts,
              (select count(*) from audit.events e where e.table_name = 'customers' and e.row_id = c.id::text) as events,
              (select count(*) from ibok.undo_steps u where u.subject = 'customer:' || c.id) as steps
             from ibok.data_change_requests d join ibok.customers c on c.id = d.customer_id where d.id = $2::bigint`,
          [requestId, planted.request],
        ),
    };
  },
};

/** Acts on accounts of the portal. */
export const ACCOUNT_FLOWS: readonly Flow[] = [blockAccount, decideDataChange];
