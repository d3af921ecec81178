import { randomUUID } from 'node:crypto';
import { registerTestKind, requestOf, subjectOf } from '../support/approvals';
import { doneOnce, type Flow, type Office } from './flow';

/** A request with what became of it: its state, its payload, what the approved act did, and the acts stored for the click. */
const approvalState = (office: Office, id: string, requestId: string) =>
  office.rows(
    `select a.state, a.decided_by,
        (select count(*) from ibok.approval_payloads p where p.approval_id = a.id) as payloads,
        (select count(*) from ibok.test_acts t where t.approval_id = a.id) as done,
        (select count(*) from audit.events e where e.table_name = 'approvals' and e.row_id = a.id::text) as events,
        (select count(*) from ibok.acts where client_request_id = $2) as acts
       from ibok.approvals a where a.id = $1::bigint`,
    [id, requestId],
  );

/** A clerk's request about a subject of its own. */
async function plantRequest(office: Office): Promise<string> {
  const subject = await office.asSuperuser(async (client) => {
    await registerTestKind(client);
    return subjectOf(client);
  });
  const clerk = await office.database.asLogin('s_anna');
  try {
    return await requestOf(clerk, subject);
  } finally {
    await clerk.end();
  }
}

const decide: Flow = {
  name: 'approvals.decide',
  prepare: async (office) => {
    const id = await plantRequest(office);
    const requestId = randomUUID();
    const input = { id, requestId, approve: true, note: null };
    return {
      perform: async (stage) => (await stage.api('s_barbara')).approvals.decide.mutate(input),
      state: () => approvalState(office, id, requestId),
    };
  },
};

const withdraw: Flow = {
  name: 'approvals.withdraw',
  prepare: async (office) => {
    const id = await plantRequest(office);
    const requestId = randomUUID();
    return {
      perform: async (stage) => (await stage.api('s_anna')).approvals.withdraw.mutate({ id, requestId }),
      state: () => approvalState(office, id, requestId),
    };
  },
};

/** The password is in the answer alone: sent again, the act tells that it had been done. */
const requestStaff: Flow = {
  name: 'staff.requestCreate',
  prepare: async (office) => {
    await office.asSuperuser(registerTestKind);
    const requestId = randomUUID();
    const login = `s_${requestId.slice(0, 8)}`;
    const input = {
      requestId,
      login,
      displayName: 'Nowa Kierowniczka',
      phone: null,
      email: null,
      group: 'bok_supervisor' as const,
      reason: 'próba awarii',
    };
    return {
      perform: async (stage) => {
        const api = await stage.api('s_admin');
        return doneOnce(
          api.staff.requestCreate.mutate(input).then(() => 'asked'),
          'asked',
          ['ALREADY_DONE'],
        );
      },
      state: () =>
        office.rows(
          `select (select count(*) from ibok.approvals a join ibok.approval_payloads p on p.approval_id = a.id
                    where a.impact ->> 'login' = $1) as asked,
              (select count(*) from pg_roles where rolname = $1) as logins,
              (select count(*) from ibok.acts where client_request_id = $2) as acts`,
          [login, requestId],
        ),
    };
  },
};

/** Acts of two persons: asked for, decided, taken back. */
export const APPROVAL_FLOWS: readonly Flow[] = [decide, withdraw, requestStaff];
