import { type FunctionRule, guarded, IMPORTERS, OFFICE, readOnly, type TableRule } from './matrix-model';

const ACT = 'service orders / letters (dpo: section 2, "reads")';

/**
 * Two sub-meters with a legalization at the place of meter 9001. Run 9600 has made its letter; about 9601 there is a run of
 * everybody's own under way, see below.
 */
export const LETTER_RUN_ROWS = `
  insert into ibok.meters (id, factory_no, type_id, owner_kind, status) overriding system value
    select n, 'P-' || n, 9001, 'customer', 'installed' from generate_series(9601, 9602) as n;
  insert into ibok.meter_installations (id, meter_id, supply_point_id, role, parent_id, installed_on, opening_value)
    overriding system value select n, n, 9001, 'sub', 9001, '2026-01-01', 0 from generate_series(9601, 9602) as n;
  insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on)
    select n, 'until_month', '12/2026', '2026-01-02' from generate_series(9601, 9602) as n;
  insert into ibok.letter_runs (id, login, kind, channel, selection, total) overriding system value
    values (9600, 's_x', 'legalization_notice', 'letter', '{"again": false}', 1);
  insert into ibok.letter_run_items (run_id, meter_id, place, valid_until, channel, outcome, page)
    values (9600, 9602, 1, '2021-12-31', 'letter', 'made', 1);
  insert into ibok.documents (id, title, category, owner_table, owner_id) overriding system value
    values (9600, 'Pisma', 'letter', 'letter_runs', 9600);
  insert into ibok.document_versions (id, document_id, version_no, sha256, file_name, mime, size) overriding system value
    values (9600, 9600, 1, sha256('x'), 'pisma.pdf', 'application/pdf', 1);
  update ibok.letter_runs set state = 'done', finished_at = now(), document_id = 9600 where id = 9600`;

/** For `login`, 700 on from the number `id`: a run that is under way, with one letter to draw. */
export const LETTER_RUN_FIXTURE: readonly string[] = [
  `with begun as (
     insert into ibok.letter_runs (id, login, kind, channel, selection, total) overriding system value
       values ($1::bigint + 700, $2, 'legalization_notice', 'letter', '{"again": false}', 1) returning id)
   insert into ibok.letter_run_items (run_id, meter_id, place, customer_id, valid_until, channel)
     select id, 9601, 1, 9001, '2026-12-31', 'letter' from begun`,
];

export const LETTER_RUN_TABLES: Readonly<Record<string, TableRule>> = {
  'ibok.letter_runs': readOnly(
    'letter_runs',
    ACT,
    `id kind login channel selection total state document_id started_at seen_at finished_at printed_at sent_on sent_by`,
    OFFICE,
  ),
  'ibok.letter_run_items': readOnly(
    'letter_run_items',
    ACT,
    'run_id meter_id place customer_id valid_until channel outcome error page outbox_id',
    OFFICE,
  ),
};

const PDF = `md5('pdf' || session_user)::uuid`;
/** What an own run may be told, and a foreign one by a supervisor alone. */
const ofRun = (name: string, sql: (run: string) => string) =>
  [
    { name: `${name} of the own run`, sql: sql(':import + 700'), may: IMPORTERS },
    { name: `${name} of somebody else's run`, sql: sql(':foreign + 700'), may: ['supervisor'], refusal: 'IB002' },
  ] as const;

export const LETTER_RUN_FUNCTIONS: Readonly<Record<string, FunctionRule>> = {
  'api.preview_letter_run': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'asks what letters about a sub-meter would come to',
      sql: `select 1 from api.preview_letter_run('{9602}', 'letter') as r where r ->> 'letters' = '1'`,
      may: IMPORTERS,
    },
    { name: 'asks about nothing', sql: `select api.preview_letter_run('{}', 'letter')`, may: [], refusal: 'IB004' },
  ),
  'api.begin_letter_run': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'begins letters',
      sql: `select 1 from api.begin_letter_run('{}', '{9602}', 'letter', null) as r where r ->> 'runId' is not null`,
      may: IMPORTERS,
    },
    {
      name: 'begins letters about nothing',
      sql: `select api.begin_letter_run('{}', '{}', 'letter', null)`,
      may: [],
      refusal: 'IB004',
    },
  ),
  'api.resume_letter_run': guarded(
    ACT,
    IMPORTERS,
    ...ofRun('takes up', (run) => `select 1 from api.resume_letter_run(${run}) as r where r ->> 'state' = 'running'`),
  ),
  'api.letter_run_rows': guarded(
    ACT,
    IMPORTERS,
    ...ofRun(
      'reads the letters',
      (run) => `select 1 from api.letter_run_rows(${run}, 0) as r where r #>> '{rows,0,meterId}' = '9601'`,
    ),
  ),
  'api.finish_letter_run': guarded(
    ACT,
    IMPORTERS,
    ...ofRun(
      'keeps the letters',
      (run) => `select 1 from api.finish_letter_run(${run}, '[{"meterId": "9601", "page": 1}]', ${PDF}) as r
        where r ->> 'state' = 'done'`,
    ),
    {
      name: 'keeps letters that are not those of the run',
      sql: `select api.finish_letter_run(:import + 700, '[{"meterId": "9602", "page": 1}]', ${PDF})`,
      may: [],
      refusal: 'IB003',
    },
  ),
  'api.cancel_letter_run': guarded(
    ACT,
    IMPORTERS,
    ...ofRun('ends', (run) => `select 1 from api.cancel_letter_run(${run}) as r where r ->> 'state' = 'cancelled'`),
  ),
  'api.mark_letter_run': guarded(
    ACT,
    IMPORTERS,
    {
      name: 'says that the letters were not posted after all',
      sql: 'select 1 from (select api.mark_letter_run(9600, null)) as done',
      may: IMPORTERS,
    },
    {
      name: 'says that they were posted in the future',
      sql: `select api.mark_letter_run(9600, '2041-01-01')`,
      may: [],
      refusal: 'IB004',
    },
  ),
};

/** Called by the functions above alone. */
export const LETTER_RUN_INTERNAL: readonly string[] =
  'customer_mail enqueue_mails hold_letter_runs log_many mail_letter_run notice_address notice_fields own_letter_run plan_letter_run'
    .split(' ')
    .map((name) => `ibok.${name}`);
