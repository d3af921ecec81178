import { CLERKS, closed, type FunctionRule, guarded, OFFICE, type TableRule } from './matrix-model';

const ACT = 'contracts, scans, documents';

export const DOCUMENT_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.uploads': closed(
    `${ACT} (on their way in: the owner's functions)`,
    'id login file_name mime size sha256 begun_at',
  ),
  'ibok.upload_parts': closed(`${ACT} (on their way in: the owner's functions)`, 'upload_id part_no bytes'),
};

/** Everybody of the staff has an upload of one byte on the way; its key follows from the login. */
export const DOCUMENT_ROWS = `
  insert into ibok.uploads (id, login, file_name, mime, size, sha256)
    select md5(login)::uuid, login, 'notatka.txt', 'text/plain', 1, sha256('x') from ibok.staff_members;
  insert into ibok.upload_parts (upload_id, part_no, bytes) select id, 0, 'x' from ibok.uploads`;

const OWN = `md5(session_user)::uuid`;
const FOREIGN = `md5(':target')::uuid`;
const addTo = (table: string, id: number, upload: string) =>
  `select 1 from api.add_document('${table}', ${id}, 'Umowa', 'contract', ${upload}) as r where r ->> 'versionNo' = '1'`;

export const DOCUMENT_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.begin_upload': guarded(
    `${ACT}; an administrator: the regulations, a technician: pictures and protocols`,
    [...CLERKS, 'technician', 'admin'],
    {
      name: 'begins an upload',
      sql: `select 1 where api.begin_upload('a.pdf', 'application/pdf', 9, sha256('x')) is not null`,
      may: [...CLERKS, 'technician', 'admin'],
    },
    {
      name: 'begins an upload of a program',
      sql: `select api.begin_upload('a.exe', 'application/x-msdownload', 9, sha256('x'))`,
      may: [],
      refusal: '23514',
    },
    {
      name: 'begins an upload of a program called a document',
      sql: `select api.begin_upload('a.exe', 'application/pdf', 9, sha256('x'))`,
      may: [],
      refusal: '23514',
    },
    {
      name: 'begins an upload whose name is a path',
      sql: `select api.begin_upload('../a.pdf', 'application/pdf', 9, sha256('x'))`,
      may: [],
      refusal: '23514',
    },
    {
      name: 'begins an upload of more than 20 MiB',
      sql: `select api.begin_upload('a.pdf', 'application/pdf', 20971521, sha256('x'))`,
      may: [],
      refusal: '23514',
    },
  ),
  'api.upload_part': guarded(
    `${ACT}; an administrator: the regulations, a technician: pictures and protocols`,
    [...CLERKS, 'technician', 'admin'],
    {
      name: 'sends a part of the own upload',
      sql: `select api.upload_part(${OWN}, 0, 'x')`,
      may: [...CLERKS, 'technician', 'admin'],
    },
    {
      name: "sends a part of somebody else's upload",
      sql: `select api.upload_part(${FOREIGN}, 0, 'x')`,
      may: [],
      refusal: 'IB002',
    },
  ),
  'api.add_document': guarded(
    ACT,
    CLERKS,
    { name: 'adds a document to a customer', sql: addTo('customers', 9001, OWN), may: CLERKS },
    { name: "attaches somebody else's upload", sql: addTo('customers', 9001, FOREIGN), may: [], refusal: 'IB002' },
    { name: 'adds to a record that is not there', sql: addTo('customers', 77, OWN), may: [], refusal: 'IB002' },
    { name: 'adds to any table', sql: addTo('staff_members', 9001, OWN), may: [], refusal: 'IB004' },
  ),
  'api.add_version': guarded(
    ACT,
    CLERKS,
    {
      name: 'adds a version',
      sql: `select 1 from api.add_version(9001, ${OWN}) as r where r ->> 'versionNo' = '2'`,
      may: CLERKS,
    },
    {
      name: "adds somebody else's upload as a version",
      sql: `select api.add_version(9001, ${FOREIGN})`,
      may: [],
      refusal: 'IB002',
    },
  ),
  'api.restore_version': guarded(ACT, CLERKS, {
    name: 'brings an older version back',
    sql: `select 1 from api.restore_version(9001) as r where r ->> 'versionNo' = '2'`,
    may: CLERKS,
  }),
  'api.edit_document': guarded(
    ACT,
    CLERKS,
    {
      name: 'renames a document',
      sql: `select 1 from api.edit_document(9001, '{"title": ["Umowa", "Aneks"]}') as r where r ->> 'status' = 'saved'`,
      may: CLERKS,
    },
    {
      name: 'moves a document to another customer',
      sql: `select api.edit_document(9001, '{"owner_id": ["9001", "9002"]}')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.set_document_state': guarded(
    ACT,
    CLERKS,
    {
      name: 'withdraws a document',
      sql: `select 1 from api.set_document_state(9001, 'withdrawn', 'zły klient') as r where r ->> 'state' = 'withdrawn'`,
      may: CLERKS,
    },
    {
      name: 'withdraws without a reason',
      sql: `select api.set_document_state(9001, 'withdrawn', '')`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.read_document': guarded(
    `${ACT} (technician and dpo: read)`,
    OFFICE,
    { name: 'reads a document', sql: `select 1 where api.read_document(9001, 0, 1024) = 'x'`, may: OFFICE },
    {
      name: 'reads the paper of an application',
      sql: `select 1 where api.read_document(9051, 0, 1024) = 'x'`,
      may: ['clerk', 'supervisor', 'dpo'],
    },
    { name: 'reads more than a slice', sql: 'select api.read_document(9001, 0, 1048577)', may: [], refusal: 'IB004' },
    { name: 'reads what is not there', sql: 'select api.read_document(77, 0, 1)', may: [], refusal: 'IB002' },
  ),
  'jobs.purge_uploads': guarded('section 1: functions of the worker (retention)', ['worker'], {
    name: 'drops old uploads and no young ones',
    sql: 'select 1 where jobs.purge_uploads() = 0',
    may: ['worker'],
  }),
};

export const DOCUMENT_INTERNAL: readonly string[] = [
  'assemble_upload',
  'check_file_begins',
  'check_file_name',
  'check_document_room',
  'document_customer',
  'insert_version',
  'lock_document',
  'log_document',
  'own_upload',
].map((name) => `ibok.${name}`);
