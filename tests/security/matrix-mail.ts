import {
  ALL_STAFF,
  type Call,
  type FunctionRule,
  guarded,
  IMPORTERS,
  readOnly,
  reads,
  type TableRule,
} from './matrix-model';

const MAIL = 'outbox: see, cancel, resend own / all';
const TEXTS = 'templates, recipient groups, regulations versions';
const WORKER = 'section 1: functions of the worker (outbox)';
const SETTERS = ['supervisor', 'admin'] as const;

/**
 * A message of each person that waits (`:import`), and by the same number one that is held (+ 1000), failed (+ 2000) and
 * unsure (+ 3000); `:foreign` is somebody else's. 9301 is being sent, with a file and a link for account 9300. Texts of
 * two keys of our own: one that holds, one that begins in 2031.
 */
export const MAIL_ROWS = `
  insert into ibok.template_keys (key, channel, fields) values ('matrix.text', 'mail', '{name}'), ('matrix.planned', 'mail', '{}');
  insert into ibok.templates (id, key, subject, body, valid_from) overriding system value values
    (9001, 'matrix.text', 'Temat', 'Treść {{name}}', '2026-01-01'), (9002, 'matrix.planned', 'Temat', 'Treść', '2031-01-01');
  insert into ibok.registrations (id, channel, received_on, first_name, last_name, relation, due_from, due_to)
    overriding system value values (9300, 'paper', '2026-01-01', 'Jan', 'Poczta', 'holder', '2026-01-08', '2026-01-12');
  insert into ibok.accounts (id, login, first_name, last_name, email, registration_id)
    overriding system value values (9300, 'jan.poczta', 'Jan', 'Poczta', 'poczta@example.org', 9300);
  insert into ibok.outbox (id, key, to_address, template_id, fields, record, attachment_id, state, lease_until)
    overriding system value
    select 9301, 'matrix.sending', 'poczta@example.org', t.id, '{}', 'accounts:9300', 9001, 'sending', now() + interval '1 hour'
      from ibok.templates t where t.key = 'account.activation'`;

/** The messages of a person, by the number of the person's import and the login. */
export const MAIL_FIXTURE: readonly string[] = [
  `insert into ibok.outbox (id, key, to_address, template_id, fields, record, created_by, send_after, state)
   overriding system value
   select $1 + place * 1000, 'matrix.' || ($1 + place * 1000), 'jan@example.org', 9001, '{"name": "Jan"}', 'customers:9001', $2,
          '2031-01-01', state
     from unnest(array['new', 'held', 'failed', 'unsure']) with ordinality as s (state, ordinal), lateral (select ordinal - 1 as place) p`,
];

export const MAIL_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.template_keys': readOnly('template_keys', TEXTS, 'key channel fields secrets', ALL_STAFF),
  'ibok.templates': readOnly(
    'templates',
    TEXTS,
    'id key subject body valid_from valid_to recorded_by recorded_at',
    ALL_STAFF,
  ),
  'ibok.outbox': {
    act: MAIL,
    columns: `id key to_address template_id fields record attachment_id created_at created_by send_after state attempts
      lease_until message_id last_error sent_at resends_id erased_at`,
    select: [{ to: IMPORTERS }],
    policies: {
      outbox_own: { for: 'select', own: IMPORTERS },
      outbox_machines: { for: 'select', own: ['clerk', 'supervisor'] },
      outbox_all: reads(['supervisor']),
    },
    own: `(created_by = session_user
      or created_by in ('ibok_portal', 'ibok_worker') and pg_has_role(session_user, 'bok_clerk', 'usage'))`,
    scenarios: [
      {
        name: 'sees what the portal and the worker sent',
        sql: `select 1 from ibok.outbox where created_by in ('ibok_portal', 'ibok_worker')`,
        by: ['clerk', 'supervisor'],
        expected: { rows: 'some' },
      },
      {
        name: 'sees own mail',
        sql: 'select 1 from ibok.outbox where created_by = session_user',
        by: IMPORTERS,
        expected: { rows: 'some' },
      },
      {
        name: 'does not see what a colleague sent',
        sql: `select 1 from ibok.outbox where id = :foreign`,
        by: ['clerk', 'technician'],
        expected: { rows: 'none' },
      },
    ],
  },
};

/** An act upon one's own message, on a colleague's and on one that is not there. */
const mailAct = (name: string, act: (id: string) => string, offset: number): FunctionRule => {
  const answers = (id: string) => `select 1 from ${act(id)} as r where r is not null`;
  return guarded(
    MAIL,
    IMPORTERS,
    { name: `${name} a message of its own`, sql: answers(`:import + ${offset}`), may: IMPORTERS },
    {
      name: `${name} a colleague's message`,
      sql: answers(`:foreign + ${offset}`),
      may: ['supervisor'],
      refusal: 'IB002',
    },
    { name: `${name} a message that is not there`, sql: answers('999999'), may: [], refusal: 'IB002' },
  );
};

const inAnotherState = (name: string, sql: string): Call => ({ name, sql, may: [], refusal: 'IB006' });
const again = (id: string, to = 'null') => `api.resend_mail(${id}, ${to}, null)`;

export const MAIL_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.cancel_mail': mailAct('cancels', (id) => `api.cancel_mail(${id}, null)`, 0),
  'api.hold_mail': mailAct('holds', (id) => `api.hold_mail(${id}, null)`, 0),
  'api.release_mail': mailAct('releases', (id) => `api.release_mail(${id}, null)`, 1000),
  'api.confirm_mail': mailAct('confirms', (id) => `api.confirm_mail(${id}, null)`, 3000),
  'api.resend_mail': {
    ...mailAct('sends again', (id) => again(id), 2000),
    calls: [
      ...mailAct('sends again', (id) => again(id), 2000).calls,
      inAnotherState('sends again what still waits', `select ${again(':import')}`),
      {
        name: 'sends a copy to another address',
        sql: `select 1 from ${again(':import + 2000', `'inny@example.org'`)} as r where r ->> 'id' is not null`,
        may: IMPORTERS,
      },
      {
        name: 'sends a copy to two addresses',
        sql: `select ${again(':import + 2000', `'a@example.org,b@example.org'`)}`,
        may: [],
        refusal: '23514',
      },
    ],
  },
  'api.mail_abilities': mailAct('learns what may be done with', (id) => `api.mail_abilities(${id})`, 0),
  'api.mail_queue': guarded('outbox: see health', ['admin', 'supervisor', 'dpo'], {
    name: 'sees how long the queue is',
    sql: `select 1 from api.mail_queue() as q where (q ->> 'waiting')::int > 0 and q ->> 'unsure' is not null`,
    may: ['admin', 'supervisor', 'dpo'],
  }),
  'api.set_template': guarded(
    TEXTS,
    SETTERS,
    {
      name: 'sets a text',
      sql: `select 1 from api.set_template('matrix.text', 'Temat', 'Dla {{name}}', '2031-02-01', 9001, null) as r
        where r ->> 'id' is not null`,
      may: SETTERS,
    },
    {
      name: 'names a field the key does not know',
      sql: `select api.set_template('matrix.text', 'Temat', '{{pesel}}', '2031-02-01', 9001, null)`,
      may: [],
      refusal: 'IB004',
    },
    {
      name: 'sets what somebody set meanwhile',
      sql: `select api.set_template('matrix.text', 'Temat', 'Treść', '2031-02-01', 1, null)`,
      may: [],
      refusal: 'IB003',
    },
  ),
  'api.withdraw_template': guarded(
    TEXTS,
    SETTERS,
    {
      name: 'takes a planned text back',
      sql: `select 1 from api.withdraw_template(9002, null) as r where r ->> 'id' = '9002'`,
      may: SETTERS,
    },
    {
      name: 'takes back a text that holds',
      sql: 'select api.withdraw_template(9001, null)',
      may: [],
      refusal: 'IB006',
    },
  ),
  'jobs.take_mails': guarded(WORKER, ['worker'], {
    name: 'asks for what is due',
    sql: 'select 1 from (select count(*) from jobs.take_mails(1)) as d',
    may: ['worker'],
  }),
  'jobs.mail_secret': guarded(
    WORKER,
    ['worker'],
    {
      name: "makes the link's token",
      sql: `select 1 where jobs.mail_secret(9301) ~ '^[0-9a-f]{64}$'`,
      may: ['worker'],
    },
    {
      name: 'makes a token for a message that is not being sent',
      sql: 'select jobs.mail_secret(:import)',
      may: [],
      refusal: 'IB002',
    },
  ),
  'jobs.mail_attachment': guarded(WORKER, ['worker'], {
    name: 'reads the file that goes with a message',
    sql: `select 1 from jobs.mail_attachment(9301) where file_name = 'umowa.pdf'`,
    may: ['worker'],
  }),
  'jobs.mail_letterhead': guarded(WORKER, ['worker'], {
    name: 'reads what stands under a message',
    sql: `select 1 from jobs.mail_letterhead() as l where l ->> 'name' <> ''`,
    may: ['worker'],
  }),
  'jobs.mail_sent': guarded(WORKER, ['worker'], {
    name: 'notes that a message was accepted',
    sql: `select 1 from (select jobs.mail_sent('{9301}')) as d`,
    may: ['worker'],
  }),
  'jobs.mail_failed': guarded(
    WORKER,
    ['worker'],
    {
      name: 'notes a refusal',
      sql: `select 1 from (select jobs.mail_failed(9301, 'SMTP_451', 'later')) as d`,
      may: ['worker'],
    },
    { name: 'notes another end', sql: `select jobs.mail_failed(9301, 'X', 'lost')`, may: [], refusal: 'IB004' },
  ),
};

export const MAIL_INTERNAL: readonly string[] =
  `cancel_mails_of check_mail_fields check_template_text demand_mail enqueue_mail
  is_person may_redirect_mail settle_mail`
    .split(/\s+/)
    .map((name) => `ibok.${name}`);
