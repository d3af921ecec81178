-- The office's own matters: tasks of the staff, the catalogue of dated rules with the values an office starts with, days
-- off by law, and a person's choices of text size and keys.

create table ibok.follow_ups (
  id bigint generated always as identity constraint follow_ups_pk primary key,
  title ibok.line not null constraint follow_ups_title check (char_length(title) <= 120 and btrim(title) <> ''),
  note ibok.note constraint follow_ups_note check (char_length(note) <= 1000),
  -- The record it is about, by its kind and key; the row may go, the task stays.
  subject text constraint follow_ups_subject check (subject ~ '^(customer|premise|meter|document|import):[1-9][0-9]{0,17}$'),
  due_on date not null constraint follow_ups_due check (due_on between date '2000-01-01' and date '2100-12-31'),
  assignee text not null constraint follow_ups_assignee references ibok.staff_members (login),
  created_by text not null default session_user,
  created_at timestamptz not null default now(),
  state text not null default 'open' constraint follow_ups_state check (state in ('open', 'done', 'cancelled')),
  closed_at timestamptz,
  closed_by text,
  constraint follow_ups_closed check ((state = 'open') = (closed_at is null) and (closed_at is null) = (closed_by is null))
);
create index follow_ups_open on ibok.follow_ups (assignee, due_on, id) where state = 'open';
create index follow_ups_due_on on ibok.follow_ups (due_on, id);
create index follow_ups_created_by on ibok.follow_ups (created_by, due_on, id);
create index follow_ups_subject_open on ibok.follow_ups (subject) where state = 'open';

-- Who stands in for whom is asked with every task shown.
create index staff_members_substitute_id on ibok.staff_members (substitute_id) where substitute_id is not null;

-- Every rule the product asks for: who may set it (kind), what its number counts, and between which bounds it makes sense.
create table ibok.rule_keys (
  key text constraint rule_keys_pk primary key constraint rule_keys_form check (key ~ '^[a-z][a-z_.]{2,60}$'),
  kind text not null constraint rule_keys_kind check (kind in ('deadline', 'threshold', 'retention')),
  unit text not null constraint rule_keys_unit
    check (unit in ('working_days', 'days', 'hours', 'months', 'years', 'count', 'factor', 'cubic_metres')),
  least numeric not null,
  most numeric not null,
  decimals smallint not null default 0 constraint rule_keys_decimals check (decimals between 0 and 3),
  constraint rule_keys_bounds check (least <= most)
);

insert into ibok.rule_keys (key, kind, unit, least, most, decimals) values
  ('registration.due_from_working_days', 'deadline', 'working_days', 0, 30, 0),
  ('registration.due_to_working_days', 'deadline', 'working_days', 1, 60, 0),
  ('deletion.working_days', 'deadline', 'working_days', 1, 60, 0),
  ('complaint.days', 'deadline', 'days', 1, 30, 0),
  ('complaint.escalation_day', 'deadline', 'days', 1, 30, 0),
  ('complaint.expertise_days', 'deadline', 'days', 1, 60, 0),
  ('information.phone_days', 'deadline', 'days', 1, 30, 0),
  ('information.letter_days', 'deadline', 'days', 1, 30, 0),
  ('instalments.days', 'deadline', 'days', 1, 60, 0),
  ('refund.days', 'deadline', 'days', 1, 60, 0),
  ('gdpr.answer_months', 'deadline', 'months', 1, 1, 0),
  ('gdpr.extension_months', 'deadline', 'months', 0, 2, 0),
  ('gdpr.breach_hours', 'deadline', 'hours', 1, 72, 0),
  ('accessibility.days', 'deadline', 'days', 1, 7, 0),
  ('accessibility.longest_months', 'deadline', 'months', 1, 2, 0),
  ('outage.notice_days', 'deadline', 'days', 0, 30, 0),
  ('outage.replacement_point_hours', 'deadline', 'hours', 1, 48, 0),
  ('cutoff.notice_days', 'deadline', 'days', 20, 90, 0),
  ('cutoff.unpaid_periods', 'deadline', 'count', 2, 12, 0),
  ('regulations.notice_days', 'deadline', 'days', 14, 90, 0),
  ('legalization.months', 'deadline', 'months', 1, 120, 0),
  ('retention.invoice_years', 'retention', 'years', 5, 20, 0),
  ('retention.read_log_months', 'retention', 'months', 12, 60, 0),
  ('alarm.cards_per_day', 'threshold', 'count', 20, 1000, 0),
  ('alarm.export_rows_per_day', 'threshold', 'count', 100, 1000000, 0),
  ('files.mib_per_customer', 'threshold', 'count', 20, 10000, 0),
  ('approval.valid_days', 'deadline', 'days', 1, 14, 0),
  ('approval.fresh_login_hours', 'deadline', 'hours', 24, 240, 0),
  ('reading.high_factor', 'threshold', 'factor', 1, 20, 2),
  ('reading.high_least_volume', 'threshold', 'cubic_metres', 0, 1000, 3),
  ('reading.control_factor', 'threshold', 'factor', 1, 20, 2),
  ('reading.low_factor', 'threshold', 'factor', 0, 1, 2),
  ('reading.low_least_volume', 'threshold', 'cubic_metres', 0, 1000, 3),
  ('reading.zero_days', 'threshold', 'days', 1, 366, 0),
  ('reading.estimates_in_a_row', 'threshold', 'count', 1, 24, 0),
  ('reading.months_without_control', 'threshold', 'months', 1, 60, 0);

-- The values an office starts with. Where the source is practice and not law, it says so.
insert into ibok.rule_values (key, value, valid_from, source, approved_by)
select s.key, s.value::jsonb, s.valid_from::date, s.source, 'ibok_owner'
  from (values
    ('registration.due_from_working_days', '3', '2024-07-17', 'Zasady rejestracji IBOK (kpwik.kartuzy.pl), pkt 4'),
    ('registration.due_to_working_days', '7', '2024-07-17', 'Zasady rejestracji IBOK (kpwik.kartuzy.pl), pkt 4'),
    ('deletion.working_days', '7', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('complaint.days', '14', '2023-01-01', 'Ustawa o prawach konsumenta, art. 7a'),
    ('complaint.escalation_day', '10', '2023-01-01', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('complaint.expertise_days', '7', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('information.phone_days', '3', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('information.letter_days', '14', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('instalments.days', '14', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('refund.days', '14', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('gdpr.answer_months', '1', '2018-05-25', 'RODO, art. 12 ust. 3'),
    ('gdpr.extension_months', '2', '2018-05-25', 'RODO, art. 12 ust. 3'),
    ('gdpr.breach_hours', '72', '2018-05-25', 'RODO, art. 33 ust. 1'),
    ('accessibility.days', '7', '2019-09-20', 'Ustawa o zapewnianiu dostępności osobom ze szczególnymi potrzebami'),
    ('accessibility.longest_months', '2', '2019-09-20', 'Ustawa o zapewnianiu dostępności osobom ze szczególnymi potrzebami'),
    ('outage.notice_days', '7', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('outage.replacement_point_hours', '8', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('cutoff.notice_days', '20', '2018-01-01', 'Ustawa o zbiorowym zaopatrzeniu w wodę, art. 8 ust. 2'),
    ('cutoff.unpaid_periods', '2', '2018-01-01', 'Ustawa o zbiorowym zaopatrzeniu w wodę, art. 8 ust. 1'),
    ('regulations.notice_days', '14', '2024-07-17', 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK'),
    ('legalization.months', '60', '2019-05-01', 'Dz.U. 2019 poz. 759 i Dz.U. 2022 poz. 1179'),
    ('retention.invoice_years', '6', '2018-05-25', 'Ordynacja podatkowa, art. 70 § 1: 31 grudnia roku faktury + 6 lat'),
    ('retention.read_log_months', '12', '2024-07-17', 'Rejestr wglądów: 12 miesięcy'),
    ('alarm.cards_per_day', '300', '2024-07-17', 'Próg alarmu dla IOD: otwarte karty klientów na osobę i dzień'),
    ('alarm.export_rows_per_day', '20000', '2024-07-17', 'Próg alarmu dla IOD: wyeksportowane wiersze na osobę i dzień (praktyka)'),
    ('files.mib_per_customer', '200', '2024-07-17', 'Miejsce na pliki jednego klienta (praktyka)'),
    ('approval.valid_days', '14', '2024-07-17', 'Zasada dwóch osób: wniosek wygasa'),
    ('approval.fresh_login_hours', '24', '2024-07-17', 'Zasada dwóch osób: świeże konto nie zatwierdza'),
    ('reading.high_factor', '2', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK'),
    ('reading.high_least_volume', '10', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK'),
    ('reading.control_factor', '4', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK'),
    ('reading.low_factor', '0.4', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK'),
    ('reading.low_least_volume', '5', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK'),
    ('reading.zero_days', '30', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK'),
    ('reading.estimates_in_a_row', '2', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK'),
    ('reading.months_without_control', '6', '2024-07-17', 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK')
  ) as s (key, value, valid_from, source)
 -- An office that has set a rule before keeps its own.
 where not exists (select from ibok.rule_values known where known.key = s.key);

-- Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher; J. Meeus, Astronomical Algorithms, ch. 8).
create function ibok.easter(p_year int) returns date
  language plpgsql immutable strict parallel safe as $$
declare
  golden int := p_year % 19;
  century int := p_year / 100;
  of_century int := p_year % 100;
  correction int := (8 * century + 13) / 25;
  epact int := (19 * golden + century - century / 4 - correction + 15) % 30;
  weekday int := (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
  late int := (golden + 11 * epact + 22 * weekday) / 451;
  counted int := epact + weekday - 7 * late + 114;
begin
  return make_date(p_year, counted / 31, counted % 31 + 1);
end $$;

-- Days off by the act of 18 January 1951: thirteen, and fourteen since Christmas Eve became one in 2025.
create function ibok.statutory_holidays(p_year int) returns table (day date, name text, source text)
  language sql immutable strict parallel safe
  begin atomic
    select make_date(p_year, f.month, f.day), f.name, 'Ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1'
      from (values (1, 1, 'Nowy Rok'), (1, 6, 'Trzech Króli'), (5, 1, 'Święto Państwowe'),
        (5, 3, 'Święto Narodowe Trzeciego Maja'), (8, 15, 'Wniebowzięcie Najświętszej Maryi Panny'),
        (11, 1, 'Wszystkich Świętych'), (11, 11, 'Narodowe Święto Niepodległości'),
        (12, 25, 'Boże Narodzenie (pierwszy dzień)'), (12, 26, 'Boże Narodzenie (drugi dzień)')) as f (month, day, name)
    union all
    select ibok.easter(p_year) + m.after, m.name, 'Ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1'
      from (values (0, 'Wielkanoc (pierwszy dzień)'), (1, 'Poniedziałek Wielkanocny'), (49, 'Zielone Świątki'),
        (60, 'Boże Ciało')) as m (after, name)
    union all
    select make_date(p_year, 12, 24), 'Wigilia Bożego Narodzenia',
           'Ustawa z 18 stycznia 1951 r. o dniach wolnych od pracy, art. 1 (od 2025 r.)'
     where p_year >= 2025;
  end;

-- The key gives a day a history of its own; a day by law is never taken out.
alter table ibok.holidays
  add column id bigint generated always as identity constraint holidays_id unique,
  add column statutory boolean not null default false,
  add column recorded_by text not null default session_user,
  add column recorded_at timestamptz not null default now();

insert into ibok.holidays (day, name, source, statutory, recorded_by)
select h.day, h.name, h.source, true, 'ibok_owner'
  from generate_series(2018, 2050) as year, ibok.statutory_holidays(year) as h
on conflict (day) do update set statutory = true;

alter table ibok.staff_settings
  add column text_size smallint not null default 100
    constraint staff_settings_text_size check (text_size in (100, 112, 125, 150, 175, 200)),
  add column single_keys boolean not null default true;
