-- The registry of meters: legalization by the mark, seals, exchanges, service orders, cases, and letters to many.

alter table ibok.meters
  add column produced_year smallint constraint meters_produced_year check (produced_year between 1950 and 2100),
  -- Where it lies while it is not built in: shelf, van.
  add column stock_place ibok.line,
  add column note ibok.note;

-- Why a meter's status changed without being built in or out.
create table ibok.meter_movements (
  id bigint generated always as identity constraint meter_movements_pk primary key,
  meter_id bigint not null constraint meter_movements_meter references ibok.meters (id),
  kind text not null constraint meter_movements_kind check (kind in ('accepted', 'scrapped', 'lost', 'found', 'returned')),
  moved_on date not null,
  reason ibok.line,
  recorded_by text not null default session_user,
  recorded_at timestamptz not null default now()
);
create index meter_movements_of_meter on ibok.meter_movements (meter_id, id desc);

alter table ibok.meter_installations
  -- Where it hangs at the point: cellar, chamber, garden.
  add column place ibok.line,
  -- From when a sub-meter or deduction meter's water is taken off; null until its case is complete.
  add column deducts_from date,
  -- An installation taken back lasted no day: installed_on = removed_on. It stays for the history.
  add column reversed_at timestamptz,
  add constraint meter_installations_reversed check (reversed_at is null or (removed_on = installed_on and final_value = opening_value)),
  add constraint meter_installations_deducts check (deducts_from is null or role <> 'main' and deducts_from >= installed_on);
-- What billing brought was in force there.
update ibok.meter_installations set deducts_from = installed_on where role <> 'main';
create unique index meter_installations_one_open on ibok.meter_installations (meter_id) where removed_on is null;

-- How a mark of each kind is read, by the period it names. A new decree is a new row; ibok.legalization_until and
-- shared/domain/legalization.ts read them alike.
create table ibok.legalization_rules (
  id text constraint legalization_rules_pk primary key constraint legalization_rules_id check (id ~ '^[a-z][a-z0-9_]{2,40}$'),
  mark_kind text not null constraint legalization_rules_mark_kind
    check (mark_kind in ('m_year', 'until_year', 'until_month', 'done_year', 'date')),
  -- First and last day that the period named by the mark may have; null is open.
  marks_from date not null,
  marks_to date,
  -- Term from that period on; 0 where the mark names the end itself.
  months smallint not null constraint legalization_rules_months check (months between 0 and 240),
  -- The day it ends with: 30 November of the year, 31 December of the year, the month's last day, or the same day.
  ends text not null constraint legalization_rules_ends check (ends in ('november_end', 'year_end', 'month_end', 'same_day')),
  -- How many months ahead of the day it is read a mark may lie; 0: not in the future.
  ahead_months smallint not null default 0 constraint legalization_rules_ahead check (ahead_months between 0 and 240),
  source ibok.note not null,
  constraint legalization_rules_period check (marks_to is null or marks_to >= marks_from),
  constraint legalization_rules_no_overlap exclude using gist
    (mark_kind ext.gist_text_ops with =, daterange(marks_from, marks_to, '[]') with &&)
);
insert into ibok.legalization_rules (id, mark_kind, marks_from, marks_to, months, ends, ahead_months, source) values
  ('m_year_60', 'm_year', '2006-01-01', null, 60, 'november_end', 0,
   'Dz.U. 2017 poz. 969 § 26: termin liczony od 1 grudnia roku oznaczenia po ocenie zgodności'),
  ('done_year_60', 'done_year', '1990-01-01', '2017-12-31', 60, 'year_end', 0,
   'Cechy sprzed 2018 r.: rok wykonania, termin liczony od 1 stycznia roku następnego'),
  ('until_year_2017', 'until_year', '2018-01-01', '2024-12-31', 0, 'year_end', 72,
   'Dz.U. 2017 poz. 969; komunikat GUM z 23 stycznia 2018 r.: cecha wskazuje rok ważności'),
  ('until_month_2019', 'until_month', '2019-01-01', null, 0, 'month_end', 60,
   'Dz.U. 2019 poz. 759 i Dz.U. 2022 poz. 1179; GUM z 26 lipca 2019 r.: cecha wskazuje miesiąc i rok ważności'),
  ('to_the_day_60', 'date', '1990-01-01', null, 60, 'same_day', 0,
   'Art. 112 Kodeksu cywilnego: termin liczony co do dnia');

create table ibok.legalizations (
  id bigint generated always as identity constraint legalizations_pk primary key,
  meter_id bigint not null constraint legalizations_meter references ibok.meters (id),
  mark_kind text not null constraint legalizations_mark_kind
    check (mark_kind in ('m_year', 'until_year', 'until_month', 'done_year', 'date')),
  -- As it stands on the meter: 'M21', '2017', '05/2027', '2022-03-15'.
  raw_mark text not null constraint legalizations_raw_mark check (raw_mark ~ '^[0-9A-Z./-]{1,16}$'),
  -- The day the mark was read: marks of its future are impossible.
  read_on date not null,
  -- What the papers or billing say beside the mark.
  stated_until date,
  override_until date,
  override_reason ibok.line,
  override_by text,
  lost_on date,
  lost_reason text constraint legalizations_lost_reason check (lost_reason in ('damage', 'mark', 'seal', 'out_of_requirements', 'repair')),
  lost_note ibok.line,
  source text not null default 'staff' constraint legalizations_source check (source in ('staff', 'import')),
  recorded_by text not null default session_user,
  recorded_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_reason ibok.line,
  -- Set by a trigger: what the mark says by its rule, and the last day that counts, whoever asks: the earlier of mark and
  -- papers, or the override, and in any case the day before an early loss.
  rule_id text not null constraint legalizations_rule references ibok.legalization_rules (id),
  computed_until date not null,
  valid_until date not null,
  conflict boolean not null generated always as
    (stated_until is not null and stated_until <> computed_until and override_until is null) stored,
  constraint legalizations_override check ((override_until is null) = (override_reason is null) and (override_until is null) = (override_by is null)),
  constraint legalizations_lost check ((lost_on is null) = (lost_reason is null)),
  constraint legalizations_withdrawn check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
-- The newest that stands is the one in force.
create index legalizations_of_meter on ibok.legalizations (meter_id, id desc);
create index legalizations_rule_id on ibok.legalizations (rule_id);

-- An act at a supply point: one meter out, another in. A first or repeated installation has no old one, a removal no new one.
create table ibok.exchanges (
  id bigint generated always as identity constraint exchanges_pk primary key,
  kind text not null constraint exchanges_kind check (kind in ('exchange', 'installation', 'removal')),
  supply_point_id bigint not null constraint exchanges_point references ibok.supply_points (id),
  old_installation_id bigint constraint exchanges_old_installation references ibok.meter_installations (id),
  new_installation_id bigint constraint exchanges_new_installation references ibok.meter_installations (id),
  done_on date not null,
  reason text not null constraint exchanges_reason check (reason in
    ('legalization', 'damage', 'frost', 'expertise', 'request', 'theft', 'new_point', 'supply_ended', 'other')),
  note ibok.note,
  -- The technician whose hands did it.
  done_by text not null,
  recorded_by text not null default session_user,
  recorded_at timestamptz not null default now(),
  -- What taking it back must restore: {"newStatus", "children": [installation…], "orderId", …}.
  before jsonb not null default '{}',
  reversed_at timestamptz,
  reversed_by text,
  reversal_reason ibok.line,
  constraint exchanges_ends check (case kind
    when 'exchange' then old_installation_id is not null and new_installation_id is not null
    when 'installation' then old_installation_id is null and new_installation_id is not null
    else old_installation_id is not null and new_installation_id is null end),
  constraint exchanges_reversed check ((reversed_at is null) = (reversed_by is null) and (reversed_at is null) = (reversal_reason is null))
);
create unique index exchanges_one_out on ibok.exchanges (old_installation_id) where reversed_at is null;
create unique index exchanges_one_in on ibok.exchanges (new_installation_id) where new_installation_id is not null;
create index exchanges_of_old on ibok.exchanges (old_installation_id);
create index exchanges_of_point on ibok.exchanges (supply_point_id, id desc);
create index exchanges_done_on on ibok.exchanges (done_on desc, id desc);

create table ibok.seals (
  id bigint generated always as identity constraint seals_pk primary key,
  seal_no ibok.code not null,
  kind text not null constraint seals_kind check (kind in ('plastic', 'lead', 'wire', 'sticker')),
  meter_id bigint not null constraint seals_meter references ibok.meters (id),
  -- Null for a seal of the counter that came with the meter.
  installation_id bigint constraint seals_installation references ibok.meter_installations (id),
  place text not null constraint seals_place check (place in ('counter', 'coupling', 'module')),
  put_on date not null,
  put_by text not null,
  removed_on date,
  removed_by text,
  removed_reason text constraint seals_removed_reason check (removed_reason in ('exchange', 'removal', 'damage', 'inspection', 'other')),
  put_exchange_id bigint constraint seals_put_exchange references ibok.exchanges (id),
  removed_exchange_id bigint constraint seals_removed_exchange references ibok.exchanges (id),
  recorded_by text not null default session_user,
  recorded_at timestamptz not null default now(),
  constraint seals_removed check ((removed_on is null) = (removed_by is null) and (removed_on is null) = (removed_reason is null)),
  constraint seals_period check (removed_on is null or removed_on >= put_on)
);
create index seals_of_meter on ibok.seals (meter_id, id);
create index seals_of_installation on ibok.seals (installation_id) where installation_id is not null;
create index seals_put_exchange_id on ibok.seals (put_exchange_id) where put_exchange_id is not null;
create index seals_removed_exchange_id on ibok.seals (removed_exchange_id) where removed_exchange_id is not null;
create index seals_seal_no on ibok.seals (seal_no);

-- A sub-meter on its way to being deducted, or a meter whose correctness is disputed.
create table ibok.meter_cases (
  id bigint generated always as identity constraint meter_cases_pk primary key,
  kind text not null constraint meter_cases_kind check (kind in ('sub_meter', 'expertise')),
  customer_id bigint not null constraint meter_cases_customer references ibok.customers (id),
  supply_point_id bigint not null constraint meter_cases_point references ibok.supply_points (id),
  meter_id bigint constraint meter_cases_meter references ibok.meters (id),
  installation_id bigint constraint meter_cases_installation references ibok.meter_installations (id),
  opened_on date not null,
  state text not null default 'open' constraint meter_cases_state check (state in ('open', 'done', 'cancelled')),
  note ibok.note,
  -- Sub-meter: each step with its day; it is active once all are there.
  role text constraint meter_cases_role check (role in ('sub', 'deduction')),
  place ibok.line,
  place_agreed_on date,
  accepted_on date,
  sealed_on date,
  -- Grosze.
  fee_amount integer constraint meter_cases_fee check (fee_amount between 0 and 10000000),
  fee_paid_on date,
  annex_no ibok.code,
  annex_on date,
  activated_on date,
  -- Expertise. Who asked for it bears the cost when the meter meets its requirements.
  demanded_by text constraint meter_cases_demanded_by check (demanded_by in ('customer', 'utility')),
  removal_id bigint constraint meter_cases_removal references ibok.exchanges (id),
  office ibok.line,
  sent_on date,
  certificate_no ibok.code,
  certificate_on date,
  result text constraint meter_cases_result check (result in ('meets', 'fails')),
  cost_side text constraint meter_cases_cost_side check (cost_side in ('customer', 'utility')),
  answer_due_on date,
  answered_on date,
  recorded_by text not null default session_user,
  recorded_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by text,
  closing_reason ibok.line,
  constraint meter_cases_closed check ((state = 'open') = (closed_at is null) and (state = 'open') = (closed_by is null)),
  constraint meter_cases_cancelled check ((state = 'cancelled') <= (closing_reason is not null)),
  -- Deduction starts only when all is done.
  constraint meter_cases_activated check (activated_on is null or (kind = 'sub_meter' and installation_id is not null
    and place_agreed_on is not null and accepted_on is not null and sealed_on is not null and fee_paid_on is not null
    and annex_on is not null)),
  constraint meter_cases_of_kind check (case kind
    when 'sub_meter' then role is not null and coalesce(office, certificate_no::text, result, cost_side) is null
      and coalesce(sent_on, certificate_on, answer_due_on, answered_on) is null and removal_id is null and demanded_by is null
    else role is null and meter_id is not null and demanded_by is not null and coalesce(place::text, annex_no::text) is null and fee_amount is null
      and coalesce(place_agreed_on, accepted_on, sealed_on, fee_paid_on, annex_on, activated_on) is null end),
  constraint meter_cases_certificate check ((certificate_on is null) = (result is null) and (certificate_on is null) = (answer_due_on is null)
    and (certificate_on is null) = (cost_side is null) and (certificate_on is null) = (certificate_no is null)),
  constraint meter_cases_answered check (answered_on is null or certificate_on is not null)
);
create unique index meter_cases_one_open on ibok.meter_cases (meter_id, kind) where state = 'open' and meter_id is not null;
create index meter_cases_open on ibok.meter_cases (opened_on, id) where state = 'open';
create index meter_cases_customer_id on ibok.meter_cases (customer_id);
create index meter_cases_supply_point_id on ibok.meter_cases (supply_point_id);
create index meter_cases_meter_id on ibok.meter_cases (meter_id) where meter_id is not null;
create index meter_cases_installation_id on ibok.meter_cases (installation_id) where installation_id is not null;
create index meter_cases_removal_id on ibok.meter_cases (removal_id) where removal_id is not null;

-- What a technician is sent out for.
create table ibok.service_orders (
  id bigint generated always as identity constraint service_orders_pk primary key,
  kind text not null constraint service_orders_kind
    check (kind in ('exchange', 'control_reading', 'sub_meter_acceptance', 'expertise', 'other')),
  supply_point_id bigint not null constraint service_orders_point references ibok.supply_points (id),
  meter_id bigint constraint service_orders_meter references ibok.meters (id),
  case_id bigint constraint service_orders_case references ibok.meter_cases (id),
  assignee text constraint service_orders_assignee references ibok.staff_members (login),
  day date,
  -- Until when it must be done: the end of the legalization, a clock of the office.
  due_on date,
  note ibok.note,
  state text not null default 'open' constraint service_orders_state check (state in ('open', 'done', 'failed', 'cancelled')),
  result text constraint service_orders_result
    check (result in ('done', 'no_access', 'refused', 'not_found', 'not_possible', 'other')),
  result_note ibok.note,
  -- m³ read on the spot.
  result_value numeric(12, 3) constraint service_orders_result_value check (result_value between 0 and 999999999),
  exchange_id bigint constraint service_orders_exchange references ibok.exchanges (id),
  bulk_id bigint constraint service_orders_bulk references ibok.bulk_acts (id),
  made_by text not null default session_user,
  made_at timestamptz not null default now(),
  closed_by text,
  closed_on date,
  closed_at timestamptz,
  constraint service_orders_closed check ((state = 'open') = (closed_at is null) and (state = 'open') = (closed_by is null)),
  constraint service_orders_result_of_state check (case state
    when 'open' then result is null when 'done' then result = 'done' when 'failed' then result is not null and result <> 'done' else true end)
);
create unique index service_orders_one_open on ibok.service_orders (meter_id, kind) where state = 'open' and meter_id is not null;
create index service_orders_open on ibok.service_orders (day, id) where state = 'open';
create index service_orders_mine on ibok.service_orders (assignee, day, id);
create index service_orders_day on ibok.service_orders (day, id);
create index service_orders_meter_id on ibok.service_orders (meter_id) where meter_id is not null;
create index service_orders_supply_point_id on ibok.service_orders (supply_point_id);
create index service_orders_case_id on ibok.service_orders (case_id) where case_id is not null;
create index service_orders_exchange_id on ibok.service_orders (exchange_id) where exchange_id is not null;
create index service_orders_bulk_id on ibok.service_orders (bulk_id) where bulk_id is not null;

-- Letters to many customers at once: one PDF, or a message each.
create table ibok.letter_runs (
  id bigint generated always as identity constraint letter_runs_pk primary key,
  kind text not null constraint letter_runs_kind check (kind in ('legalization_notice')),
  login text not null default session_user,
  -- Letter on paper for all, or mail where the customer has an address of an active account or card.
  channel text not null constraint letter_runs_channel check (channel in ('letter', 'mail_first')),
  selection jsonb not null constraint letter_runs_selection check (pg_column_size(selection) <= 65536),
  total integer not null constraint letter_runs_total check (total between 1 and 20000),
  state text not null default 'running' constraint letter_runs_state check (state in ('running', 'done', 'cancelled', 'failed')),
  document_id bigint constraint letter_runs_document references ibok.documents (id),
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  finished_at timestamptz,
  printed_at timestamptz,
  sent_on date,
  sent_by text,
  constraint letter_runs_finished check ((state = 'running') = (finished_at is null)),
  constraint letter_runs_sent check ((sent_on is null) = (sent_by is null))
);
create index letter_runs_started on ibok.letter_runs (started_at desc, id desc);
create index letter_runs_document_id on ibok.letter_runs (document_id) where document_id is not null;

create table ibok.letter_run_items (
  run_id bigint not null constraint letter_run_items_run references ibok.letter_runs (id),
  meter_id bigint not null constraint letter_run_items_meter references ibok.meters (id),
  -- In the order of the route.
  place integer not null,
  customer_id bigint constraint letter_run_items_customer references ibok.customers (id),
  valid_until date,
  channel text constraint letter_run_items_channel check (channel in ('letter', 'mail')),
  outcome text constraint letter_run_items_outcome check (outcome in ('made', 'mailed', 'refused')),
  error text constraint letter_run_items_error check (error ~ '^[A-Z0-9_]{1,40}$'),
  -- Page of the PDF, from 1.
  page integer,
  outbox_id bigint constraint letter_run_items_outbox references ibok.outbox (id),
  constraint letter_run_items_pk primary key (run_id, meter_id),
  constraint letter_run_items_place unique (run_id, place),
  constraint letter_run_items_refused check ((outcome = 'refused') = (error is not null))
);
create index letter_run_items_of_meter on ibok.letter_run_items (meter_id, run_id desc);
create index letter_run_items_customer_id on ibok.letter_run_items (customer_id) where customer_id is not null;
create index letter_run_items_outbox_id on ibok.letter_run_items (outbox_id) where outbox_id is not null;

-- Derived, one row per meter: what lists and the planner ask for. Kept by triggers, made anew by ibok.refresh_meters.
create table ibok.meter_registry (
  meter_id bigint constraint meter_registry_pk primary key constraint meter_registry_meter references ibok.meters (id) on delete cascade,
  factory_no text not null,
  factory_key text not null,
  maker text not null,
  model text not null,
  dn smallint not null,
  q3 numeric(6, 2) not null,
  r smallint,
  digits smallint not null,
  owner_kind text not null,
  status text not null,
  accepted_on date,
  produced_year smallint,
  radio_id text,
  stock_place text,
  -- Another meter in stock or built in bears the same factory number.
  twin boolean not null default false,
  -- Legalization in force; null where none is known.
  valid_until date,
  mark_kind text,
  raw_mark text,
  conflict boolean not null default false,
  lost boolean not null default false,
  -- Where it is built in now; null while it is not.
  installation_id bigint,
  role text,
  parent_meter_id bigint,
  installed_on date,
  place text,
  supply_point_id bigint,
  point_code text,
  premise_id bigint,
  city text,
  street text,
  house_no text,
  flat_no text,
  district text,
  route text,
  seal_nos text,
  -- Progress: the open order of an exchange with its day, and the last letter about the legalization in force.
  order_id bigint,
  order_day date,
  order_assignee text,
  letter_on date
);

-- Derived: how many installed meters end per month, as differences that the worker adds up; nobody waits for a counter.
create table ibok.legalization_counts (
  id bigint generated always as identity constraint legalization_counts_pk primary key,
  -- First day of the month; null: no legalization is known.
  month date,
  role text not null,
  owner_kind text not null,
  route text not null default '',
  count integer not null
);

alter table ibok.documents
  drop constraint documents_owner_table,
  add constraint documents_owner_table check (owner_table in ('customers', 'contracts', 'meters', 'registrations', 'accounts',
    'regulation_versions', 'deletion_requests', 'exchanges', 'meter_cases', 'letter_runs'));

alter table ibok.letters
  drop constraint letters_kind,
  add constraint letters_kind check (kind in ('activation', 'application_copy', 'refusal', 'deletion_protocol',
    'regulations_confirmation', 'exchange_protocol', 'legalization_notice', 'expertise_result'));

alter table ibok.follow_ups
  drop constraint follow_ups_subject,
  add constraint follow_ups_subject check (subject ~
    '^(customer|premise|meter|document|import|registration|account|deletion_request|meter_case|service_order):[1-9][0-9]{0,17}$');

alter table ibok.bulk_acts
  drop constraint bulk_acts_act,
  add constraint bulk_acts_act check (case act ->> 'list'
    when 'customers' then act ->> 'is' in ('setField', 'addTask')
    when 'meters' then act ->> 'is' = 'planOrders'
    when 'orders' then act ->> 'is' = 'assignOrders'
    else false end);

insert into ibok.rule_keys (key, kind, unit, least, most, decimals) values
  ('meters.sub_meter_fee_grosze', 'threshold', 'count', 0, 1000000, 0),
  ('meters.notice_months', 'threshold', 'months', 1, 24, 0);
insert into ibok.rule_values (key, value, valid_from, source, approved_by)
select s.key, s.value::jsonb, '2024-07-17', s.source, 'ibok_owner'
  from (values
    ('meters.sub_meter_fee_grosze', '0', 'Opłata za odbiór i plombowanie podlicznika w groszach; do uzupełnienia przez KPWiK'),
    ('meters.notice_months', '3', 'Wartość domyślna: ile miesięcy przed końcem legalizacji ostrzegać i zawiadamiać')
  ) as s (key, value, source)
 where not exists (select from ibok.rule_values known where known.key = s.key);
