import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { scramVerifier } from '../../main/db/scram';
import { createStaffLogin } from '../../main/db/staff-login';
import type { StaffGroup } from '../../shared/permissions';
import { createTestDatabase, TEST_PASSWORD, type TestDatabase } from '../support/postgres';
import { ACCOUNT_ROWS } from './matrix-accounts';
import { APPROVAL_FIXTURE, APPROVAL_ROWS } from './matrix-approvals';
import { BULK_FIXTURE } from './matrix-bulk';
import { DELETION_ROWS } from './matrix-deletions';
import { DOCUMENT_ROWS } from './matrix-documents';
import { EXCHANGE_ROWS } from './matrix-exchanges';
import { LETTER_RUN_FIXTURE, LETTER_RUN_ROWS } from './matrix-letter-runs';
import { LETTER_ROWS } from './matrix-letters';
import { LIST_FIXTURE, LIST_ROWS } from './matrix-lists';
import { MAIL_FIXTURE, MAIL_ROWS } from './matrix-mail';
import { METER_CASE_ROWS } from './matrix-meter-cases';
import { METER_ROWS } from './matrix-meters';
import type { Role } from './matrix-model';
import { OFFICE_ROWS } from './matrix-office';
import { ORDER_FIXTURE, ORDER_ROWS } from './matrix-orders';
import { REGISTRATION_ROWS } from './matrix-registrations';

/** A database with one row of each table and people of its own, so that ending one disturbs no other test file. */
export interface Stage {
  database: TestDatabase;
  /** The login of each role of the matrix; the owner has none. */
  logins: Readonly<Record<Exclude<Role, 'owner'>, string>>;
  /** Replaces `:name` in a statement of the matrix for the role that runs it. */
  fill(sql: string, role: Role): string;
  /** Drops the database, and the people with it. */
  close(): Promise<void>;
}

const STAFF: Readonly<Record<string, { group: StaffGroup; mustChange: boolean }>> = {
  clerk: { group: 'bok_clerk', mustChange: false },
  technician: { group: 'bok_technician', mustChange: false },
  supervisor: { group: 'bok_supervisor', mustChange: false },
  admin: { group: 'bok_admin', mustChange: false },
  dpo: { group: 'bok_dpo', mustChange: false },
  newcomer: { group: 'bok_clerk', mustChange: true },
  target: { group: 'bok_clerk', mustChange: false },
};

const FOREIGN_IMPORT = 9199;

/** Makes the stage. The caller closes it. */
export async function setStage(): Promise<Stage> {
  const database = await createTestDatabase();
  const superuser = await database.asSuperuser();
  const suffix = randomBytes(4).toString('hex');
  const people: Record<string, string> = {};
  for (const [name, { group, mustChange }] of Object.entries(STAFF)) {
    const login = `s_${name}_${suffix}`;
    people[name] = login;
    await createStaffLogin(superuser, { login, displayName: name, group, mustChange, password: TEST_PASSWORD });
  }
  const outsider = `test_outsider_${suffix}`;
  await superuser.query(`create role ${outsider} login password '${await scramVerifier(TEST_PASSWORD)}'`);
  const { target = '', ...staff } = people;
  const machines = { portal: 'ibok_portal', billing: 'ibok_billing', worker: 'ibok_worker', outsider };
  const logins = { ...staff, ...machines } as Stage['logins'];
  await furnish(superuser, Object.values(logins));
  const { rows } = await superuser.query<{ id: string }>('select id from ibok.staff_members where login = $1', [
    target,
  ]);
  const member = rows[0]?.id ?? '0';
  await database.disconnect();

  const imports = new Map(Object.keys(logins).map((role, place) => [role, 9100 + place]));
  const names = (role: Role): Record<string, string> => ({
    target,
    member,
    supervisor: logins.supervisor,
    import: String(imports.get(role) ?? 0),
    foreign: String(FOREIGN_IMPORT),
  });
  return {
    database,
    logins,
    fill: (sql, role) =>
      sql.replace(/(?<!:):(target|member|supervisor|import|foreign)\b/g, (_, name) => names(role)[name] ?? ''),
    close: async () => {
      await database.drop();
      await dropPeople([...Object.values(people), outsider]);
    },
  };
}

/** Logins belong to the cluster and outlive the database. */
async function dropPeople(logins: string[]): Promise<void> {
  const elsewhere = await createTestDatabase();
  const superuser = await elsewhere.asSuperuser();
  for (const login of logins) await superuser.query(`drop role ${login}`);
  await elsewhere.drop();
}

/** One row of each table, written as the owner; rows that belong to a person for each of `logins`. */
async function furnish(superuser: Client, logins: string[]): Promise<void> {
  await superuser.query('begin; set local role ibok_owner');
  await superuser.query(PARTIES);
  await superuser.query(METERS);
  await superuser.query(METER_ROWS);
  await superuser.query(EXCHANGE_ROWS);
  await superuser.query(ORDER_ROWS);
  await superuser.query(PAPERS);
  await superuser.query(DOCUMENT_ROWS);
  await superuser.query(OFFICE_ROWS);
  await superuser.query(LIST_ROWS);
  await superuser.query(MAIL_ROWS);
  await superuser.query(LETTER_ROWS);
  await superuser.query(REGISTRATION_ROWS);
  await superuser.query(ACCOUNT_ROWS);
  await superuser.query(APPROVAL_ROWS);
  await superuser.query(DELETION_ROWS);
  await superuser.query(METER_CASE_ROWS);
  await superuser.query(LETTER_RUN_ROWS);
  for (const [place, login] of [...logins, 's_somebody'].entries()) {
    const id = login === 's_somebody' ? FOREIGN_IMPORT : 9100 + place;
    await superuser.query(
      `insert into ibok.imports (id, login, file_kind, file_name, file_sha256, encoding)
       overriding system value values ($1, $2, 'meters', 'm.csv', sha256('m'), 'utf-8')`,
      [id, login],
    );
    // The table's name is the person's here, so that a test can tell own rows without reading ibok.imports.
    await superuser.query(
      `insert into ibok.import_rows (import_id, row_no, table_name, row_id) values ($1, 2, $2, 9001)`,
      [id, login],
    );
    await superuser.query(
      `insert into ibok.acts (client_request_id, login, action, input_digest) values (gen_random_uuid(), $1, 'x', '')`,
      [login],
    );
    for (const sql of [
      ...BULK_FIXTURE,
      ...ORDER_FIXTURE,
      ...LETTER_RUN_FIXTURE,
      ...LIST_FIXTURE,
      ...MAIL_FIXTURE,
      ...APPROVAL_FIXTURE,
    ])
      await superuser.query(sql, [id, login]);
    await superuser.query(`insert into ibok.presence (login, record) values ($1, 'customers:9001')`, [login]);
    await superuser.query(`insert into ibok.staff_settings (login) values ($1)`, [login]);
  }
  await superuser.query(TRAIL);
  await superuser.query('commit');
}

const PARTIES = `
  insert into ibok.customers (id, customer_no, kind, first_name, last_name, pesel, phone, email)
    overriding system value values (9001, '009001', 'person', 'Jan', 'Żuk', '44051401359', '600100200', 'jan@example.org');
  insert into ibok.premises (id, city, street, house_no, postal_code)
    overriding system value values (9001, 'Kartuzy', 'Gdańska', '4', '83-300');
  insert into ibok.supply_points (id, code, premise_id) overriding system value values (9001, 'PP-9001', 9001);
  insert into ibok.contracts (id, contract_no, customer_id, kind, valid_from)
    overriding system value values (9001, 'U-9001', 9001, 'water', '2026-01-01');
  insert into ibok.supplies (id, supply_point_id, customer_id, contract_id, valid_from)
    overriding system value values (9001, 9001, 9001, 9001, '2026-01-01');
  insert into ibok.invoices (id, invoice_no, customer_id, issued_on, due_on, net_grosze, vat_grosze, gross_grosze)
    overriding system value values (9001, 'F-9001', 9001, '2026-01-31', '2026-02-14', 1000, 80, 1080);
  insert into ibok.legal_holds (id, customer_id, reason) overriding system value values (9001, 9001, 'spór')`;

const METERS = `
  insert into ibok.meter_types (id, maker, model, dn, q3) overriding system value values (9001, 'Wzór', 'W1', 20, 2.5);
  insert into ibok.meters (id, factory_no, type_id, owner_kind) overriding system value values (9001, 'A1', 9001, 'utility');
  insert into ibok.meter_installations (id, meter_id, supply_point_id, installed_on, opening_value)
    overriding system value values (9001, 9001, 9001, '2026-01-01', 0);
  insert into ibok.readings (id, installation_id, read_on, value, kind, source, state)
    overriding system value values (9001, 9001, '2026-02-01', 12, 'actual', 'staff', 'received')`;

const PAPERS = `
  insert into ibok.blobs (sha256, bytes) values (sha256('x'), 'x');
  insert into ibok.documents (id, title, category, owner_table, owner_id)
    overriding system value values (9001, 'Umowa', 'contract', 'customers', 9001);
  insert into ibok.document_versions (id, document_id, version_no, sha256, file_name, mime, size)
    overriding system value values (9001, 9001, 1, sha256('x'), 'umowa.pdf', 'application/pdf', 1);
  insert into ibok.rule_values (id, key, value, valid_from, source)
    overriding system value values (9001, 'matrix.rule', '1', '2026-01-01', 'test');
  insert into ibok.holidays (day, name, source) values ('2031-01-01', 'Nowy Rok', 'test') on conflict do nothing;
  insert into ibok.approvals (id, kind, subject, subject_version, reason)
    overriding system value values (9001, 'account.delete', 'accounts:1', '1', 'test')`;

/** The trail itself is written by the triggers above; here the seal over it, and what only functions write. */
const TRAIL = `
  insert into audit.reads (login, application, customer_id, purpose, fields) values ('s_x', 'test', 9001, 'visit', 'card');
  insert into audit.alarms (kind, login, day, detail) values ('card_opens', 's_x', '2026-01-01', 'test');
  insert into audit.seals (first_event, last_event, event_count, previous_hash, hash)
    select 1, last, r.event_count, sha256(''), sha256(sha256('') || r.hash)
      from (select max(id) as last from audit.events) e, lateral audit.range_hash(1, e.last) r;
  insert into audit.anchors (day, last_event, events, head) select '2026-01-01', last_event, event_count, hash from audit.seals;
  insert into ibok.job_runs (job, every_seconds, ended_at, milliseconds) values ('seal', 15, now(), 4);
  insert into ibok.mirror_state (source, synchronised_at) values ('customers', now()) on conflict do nothing;
  insert into audit.seal_mark (last_event, below_xid) select max(id), pg_current_xact_id() from audit.events`;
