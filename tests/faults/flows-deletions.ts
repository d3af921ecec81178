import { randomUUID } from 'node:crypto';
import { plantAccount } from '../support/accounts';
import { insertCustomer } from '../support/customers';
import type { Flow, Office } from './flow';

const LOGIN = 's_anna';

const plant = (office: Office) =>
  office.asSuperuser(async (client) => (await plantAccount(client, await insertCustomer(client, {}))).id);

/** The account with everything a request for its deletion may touch, and the acts stored for the click. */
const deletionState = (office: Office, account: string, requestId: string) =>
  office.rows(
    `select a.status, a.status_before, (select count(*) from ibok.acts where client_request_id = $2) as acts,
        (select array_agg(q.status order by q.id) from ibok.deletion_requests q where q.account_id = a.id) as requests,
        (select array_agg(p.state order by p.id) from ibok.approvals p join ibok.deletion_requests q
            on p.subject = 'deletion_requests:' || q.id where q.account_id = a.id) as approvals,
        (select array_agg(split_part(o.key, ':', 1) order by o.id) from ibok.outbox o where o.record = 'accounts:' || a.id) as mails,
        (select count(*) from audit.events e where e.table_name = 'accounts' and e.row_id = a.id::text) as events
       from ibok.accounts a where a.id = $1::bigint`,
    [account, requestId],
  );

const request: Flow = {
  name: 'deletions.request',
  prepare: async (office) => {
    const accountId = await plant(office);
    const requestId = randomUUID();
    const { rows } = await office.asSuperuser((client) =>
      client.query<{ day: string }>('select ibok.today()::text as day'),
    );
    const input = {
      requestId,
      accountId,
      askedVia: 'letter' as const,
      askedOn: rows[0]?.day ?? '',
      identityMethod: 'signature' as const,
      note: null,
    };
    return {
      perform: async (stage) => {
        await (await stage.api(LOGIN)).deletions.request.mutate(input);
      },
      state: () => deletionState(office, accountId, requestId),
    };
  },
};

/** What the portal asked for, checked and sent on, or taken back. */
const opened = async (office: Office) => {
  const account = await plant(office);
  const id = await office.asSuperuser(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `select ibok.open_deletion($1, 'portal', ibok.today(), null) as id`,
      [account],
    );
    return rows[0]?.id ?? '';
  });
  return { account, id };
};

const forward: Flow = {
  name: 'deletions.forward',
  prepare: async (office) => {
    const { account, id } = await opened(office);
    const requestId = randomUUID();
    const input = { id, requestId, identityMethod: 'portal' as const, note: null };
    return {
      perform: async (stage) => {
        await (await stage.api(LOGIN)).deletions.forward.mutate(input);
      },
      state: () => deletionState(office, account, requestId),
    };
  },
};

const withdraw: Flow = {
  name: 'deletions.withdraw',
  prepare: async (office) => {
    const { account, id } = await opened(office);
    const requestId = randomUUID();
    const input = { id, requestId, note: 'klient się rozmyślił' };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).deletions.withdraw.mutate(input),
      state: () => deletionState(office, account, requestId),
    };
  },
};

/** Requests for the deletion of an account; how its execution is cut off is shown by tests/integration/erasure.test.ts. */
export const DELETION_FLOWS: readonly Flow[] = [request, forward, withdraw];
