import { randomUUID } from 'node:crypto';
import { plantRegulations } from '../support/applications';
import { insertCustomer } from '../support/customers';
import type { Flow, Office } from './flow';

const LOGIN = 's_anna';
const actsOf = '(select count(*) from ibok.acts where client_request_id = $1)';

/** An application that lacks nothing; returns its id and the one name that all of its rows bear. */
async function plantApplication(office: Office): Promise<{ id: string; lastName: string }> {
  const lastName = `Próbny${randomUUID().replace(/[^a-f]/g, '')}`;
  return office.asSuperuser(async (client) => {
    const version = await plantRegulations(client);
    const customer = await insertCustomer(client, { first_name: 'Jan', last_name: lastName });
    const { rows } = await client.query<{ id: string }>(
      `insert into ibok.registrations (channel, received_on, first_name, last_name, email, relation, customer_id,
         regulation_version_id, clauses, identity_method, identity_checked_by, identity_checked_at,
         original_place)
       values ('paper', ibok.today(), 'Jan', $1, 'jan@example.com', 'holder', $2, $3,
         '{regulations,privacy,truth,e_invoice}', 'invoice', $4, now(), 'Segregator 1') returning id`,
      [lastName, customer, version, LOGIN],
    );
    return { id: rows[0]?.id ?? '', lastName };
  });
}

const state = (office: Office, requestId: string, id: string) =>
  office.rows(
    `select r.status, r.account_id is not null as account,
            (select count(*) from ibok.accounts a where a.registration_id = r.id) as accounts,
            (select count(*) from ibok.account_access x join ibok.accounts a on a.id = x.account_id
              where a.registration_id = r.id) as access,
            (select count(*) from ibok.regulation_acceptances x join ibok.accounts a on a.id = x.account_id
              where a.registration_id = r.id) as acceptances,
            (select count(*) from ibok.consents x join ibok.accounts a on a.id = x.account_id
              where a.registration_id = r.id) as consents,
            (select count(*) from ibok.outbox o
              where o.record in ('registrations:' || r.id, 'accounts:' || r.account_id)) as mails,
            (select count(*) from audit.events e where e.table_name = 'registrations' and e.row_id = r.id::text) as events,
            ${actsOf} as acts
       from ibok.registrations r where r.id = $2::bigint`,
    [requestId, id],
  );

/** Account, access, acceptance, consent and mail come together or not at all. */
const approve: Flow = {
  name: 'registrations.approve',
  prepare: async (office) => {
    const requestId = randomUUID();
    const { id } = await plantApplication(office);
    return {
      perform: async (stage) => {
        const { login } = await (await stage.api(LOGIN)).registrations.approve.mutate({ id, requestId, login: null });
        return login;
      },
      state: () => state(office, requestId, id),
    };
  },
};

const reject: Flow = {
  name: 'registrations.reject',
  prepare: async (office) => {
    const requestId = randomUUID();
    const { id } = await plantApplication(office);
    const input = { id, requestId, reason: 'withdrawn' as const, note: null };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).registrations.reject.mutate(input),
      state: () => state(office, requestId, id),
    };
  },
};

const create: Flow = {
  name: 'registrations.create',
  prepare: async (office) => {
    const requestId = randomUUID();
    const lastName = `Nowa${randomUUID().replace(/[^a-f]/g, '')}`;
    const [day] = await office.rows<{ today: string }>('select ibok.today()::text as today');
    const fields = {
      receivedOn: day?.today ?? '',
      firstName: 'Ewa',
      lastName,
      email: 'ewa@example.com',
      relation: 'holder',
    };
    return {
      perform: async (stage) =>
        (await stage.api(LOGIN)).registrations.create.mutate({ requestId, channel: 'email', fields }),
      state: () =>
        office.rows(
          `select (select count(*) from ibok.registrations where last_name = $2) as made, ${actsOf} as acts,
                  (select count(*) from ibok.outbox o join ibok.registrations r on o.record = 'registrations:' || r.id
                    where r.last_name = $2) as mails`,
          [requestId, lastName],
        ),
    };
  },
};

/** Acts on applications for an account. */
export const REGISTRATION_FLOWS: readonly Flow[] = [approve, reject, create];
