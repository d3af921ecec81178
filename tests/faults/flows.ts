import { randomBytes, randomUUID } from 'node:crypto';
import { createStaffLogin } from '../../main/db/staff-login';
import type { Settings } from '../../shared/contract/session';
import { insertCustomer } from '../support/customers';
import { TEST_PASSWORD } from '../support/postgres';
import { doneOnce, type Flow, type Office } from './flow';
import { ACCOUNT_FLOWS } from './flows-accounts';
import { APPROVAL_FLOWS } from './flows-approvals';
import { DELETION_FLOWS } from './flows-deletions';
import { DESK_FLOWS } from './flows-desk';
import { IMPORT_FLOWS } from './flows-import';
import { LETTER_RUN_FLOWS } from './flows-letter-runs';
import { LETTER_FLOWS } from './flows-letters';
import { MAIL_FLOWS } from './flows-mail';
import { METER_CASE_FLOWS } from './flows-meter-cases';
import { METER_FLOWS } from './flows-meters';
import { ORDER_FLOWS } from './flows-orders';
import { REGISTRATION_FLOWS } from './flows-registrations';
import { STOCK_FLOWS } from './flows-stock';
import { signIn } from './stage';

const newLogin = () => `s_${randomBytes(5).toString('hex')}`;

/** A clerk of whom no other act knows. */
async function plantClerk(office: Office, mustChange = false): Promise<string> {
  const login = newLogin();
  await office.asSuperuser((client) =>
    createStaffLogin(client, {
      login,
      displayName: 'Próbna Osoba',
      group: 'bok_clerk',
      password: TEST_PASSWORD,
      mustChange,
    }),
  );
  return login;
}

/** A staff member with the login behind it: the role, its password's digest and its groups. */
const staffState = (office: Office, login: string, request: string) =>
  office.rows(
    `select m.active, m.must_change_password, m.password_reset_at is not null as reset, r.rolcanlogin,
        md5(r.rolpassword) as password, r.rolvaliduntil,
        (select array_agg(g.rolname::text order by 1) from pg_auth_members a join pg_roles g on g.oid = a.roleid
          where a.member = r.oid) as groups,
        (select count(*) from audit.events e where e.table_name = 'staff_members' and e.row_id = m.id::text) as events,
        (select count(*) from ibok.acts where client_request_id = $2) as acts
       from ibok.staff_members m left join pg_authid r on r.rolname = m.login where m.login = $1`,
    [login, request],
  );

const editContact: Flow = {
  name: 'customers.editContact',
  prepare: async (office) => {
    const id = await office.asSuperuser((client) => insertCustomer(client, { phone: '601 000 100' }));
    const requestId = randomUUID();
    const changes = { phone: { from: '601 000 100', to: '602 000 200' } };
    return {
      perform: async (stage) => (await stage.api('s_anna')).customers.editContact.mutate({ id, requestId, changes }),
      state: () =>
        office.rows(
          `select phone, updated_at,
              (select count(*) from audit.events where table_name = 'customers' and row_id = $1) as events,
              (select count(*) from ibok.acts where client_request_id = $2) as acts
             from ibok.customers where id = $1::bigint`,
          [id, requestId],
        ),
    };
  },
};

const createStaff: Flow = {
  name: 'staff.create',
  prepare: async (office) => {
    const login = newLogin();
    const requestId = randomUUID();
    const input = {
      requestId,
      login,
      displayName: 'Nowa Osoba',
      phone: null,
      email: null,
      group: 'bok_clerk' as const,
    };
    return {
      perform: async (stage) => {
        const api = await stage.api('s_admin');
        return doneOnce(
          api.staff.create.mutate(input).then(() => 'created'),
          'created',
          ['ALREADY_DONE'],
        );
      },
      state: () => staffState(office, login, requestId),
    };
  },
};

const resetPassword: Flow = {
  name: 'staff.resetPassword',
  prepare: async (office) => {
    const login = await plantClerk(office);
    const requestId = randomUUID();
    return {
      perform: async (stage) => {
        const api = await stage.api('s_admin');
        return doneOnce(
          api.staff.resetPassword.mutate({ login, requestId }).then(() => 'reset'),
          'reset',
          ['ALREADY_DONE'],
        );
      },
      state: () => staffState(office, login, requestId),
    };
  },
};

const endStaff: Flow = {
  name: 'staff.end',
  prepare: async (office) => {
    const login = await plantClerk(office);
    const requestId = randomUUID();
    return {
      perform: async (stage) => (await stage.api('s_admin')).staff.end.mutate({ login, requestId }),
      state: () => staffState(office, login, requestId),
    };
  },
};

/** Has no request id: the old password is what a second try fails on once the new one is stored. */
const changePassword: Flow = {
  name: 'session.changePassword',
  prepare: async (office) => {
    const login = await plantClerk(office, true);
    const change = { current: TEST_PASSWORD, next: `nowe-${randomUUID()}` };
    return {
      perform: (stage) =>
        doneOnce(
          signIn(stage.window(login), login)
            .then((api) => api.session.changePassword.mutate(change))
            .then(() => 'changed'),
          'changed',
          ['SIGN_IN_WRONG_PASSWORD', 'PASSWORD_UNCHANGED'],
        ),
      state: () => staffState(office, login, randomUUID()),
      leave: async (stage) => void (await stage.window(login).session.signOut.mutate()),
    };
  },
};

const saveSettings: Flow = {
  name: 'session.saveSettings',
  prepare: async (office) => {
    const read = () =>
      office.rows<Settings>(`select language, theme, density from ibok.staff_settings where login = 's_celina'`);
    const density = (await read())[0]?.density === 'compact' ? 'normal' : 'compact';
    const wanted: Partial<Settings> = { language: 'pl', theme: 'dark', density };
    return {
      perform: async (stage) => (await stage.api('s_celina')).session.saveSettings.mutate(wanted),
      // The row itself is made by the first sign-in, which may fall into the act.
      state: async () => (await read())[0]?.density === density,
    };
  },
};

const seal: Flow = {
  name: 'job: seal',
  prepare: async (office) => {
    // A seal takes two runs: the first leaves a mark. All that was before is sealed here, so that one range is left.
    const worker = await office.database.asLogin('ibok_worker');
    const run = () => worker.query('select jobs.seal()');
    await run();
    await run();
    await office.asSuperuser((client) => insertCustomer(client));
    await run();
    await worker.end();
    return {
      perform: (stage) => stage.job('seal'),
      state: () =>
        office.rows(
          `select (select count(*) from audit.seals) as seals, (select max(last_event) from audit.seals) as sealed,
              (select max(id) from audit.events) as highest`,
        ),
    };
  },
};

const purge: Flow = {
  name: 'job: purge of the read log',
  prepare: async (office) => {
    await office.rows(
      `insert into audit.reads (at, login, application, purpose, fields)
       select now() - interval '20 months', 's_anna', 'ibok-desk', 'visit', 'card' from generate_series(1, 50)`,
    );
    return {
      perform: (stage) => stage.job('purge'),
      state: () => office.rows(`select count(*) as old from audit.reads where at < now() - interval '19 months'`),
    };
  },
};

/** Every flow that writes. */
export const FLOWS: readonly Flow[] = [
  editContact,
  createStaff,
  resetPassword,
  endStaff,
  changePassword,
  saveSettings,
  ...DESK_FLOWS,
  ...REGISTRATION_FLOWS,
  ...STOCK_FLOWS,
  ...ACCOUNT_FLOWS,
  ...APPROVAL_FLOWS,
  ...DELETION_FLOWS,
  ...METER_CASE_FLOWS,
  ...METER_FLOWS,
  ...ORDER_FLOWS,
  ...LETTER_FLOWS,
  ...LETTER_RUN_FLOWS,
  ...MAIL_FLOWS,
  ...IMPORT_FLOWS,
  seal,
  purge,
];
