-- People of the office. The login is the person's PostgreSQL role; rights come from the group role, not from this table.

create table ibok.staff_members (
  id bigint generated always as identity constraint staff_members_pk primary key,
  login text not null constraint staff_members_login unique
    constraint staff_members_login_form check (login ~ '^s_[a-z0-9_]{2,30}$'),
  display_name ibok.line not null,
  phone ibok.phone,
  email ibok.email,
  staff_group text not null constraint staff_members_group
    check (staff_group in ('bok_clerk', 'bok_technician', 'bok_supervisor', 'bok_admin', 'bok_dpo')),
  active boolean not null default true,
  must_change_password boolean not null default true,
  password_reset_at timestamptz not null default now(),
  absent_from date,
  absent_to date,
  substitute_id bigint constraint staff_members_substitute references ibok.staff_members (id),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  constraint staff_members_ended check (active or ended_at is not null),
  constraint staff_members_absence check (absent_to is null or (absent_from is not null and absent_from <= absent_to))
);

-- A person's own choices, and the key that encrypts this person's drafts on the desk.
create table ibok.staff_settings (
  login text default session_user constraint staff_settings_pk primary key,
  language text not null default 'pl' constraint staff_settings_language check (language in ('pl', 'en')),
  theme text not null default 'auto' constraint staff_settings_theme check (theme in ('light', 'dark', 'auto')),
  density text not null default 'normal' constraint staff_settings_density check (density in ('normal', 'compact')),
  workspace jsonb not null default '{}' constraint staff_settings_workspace_size check (pg_column_size(workspace) <= 65536),
  draft_key bytea not null default (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'))
    constraint staff_settings_draft_key_length check (octet_length(draft_key) = 32)
);

-- Who has which record open or in edit. Unaudited and expiring; it never blocks anybody.
create table ibok.presence (
  login text not null default session_user,
  record text not null constraint presence_record check (record ~ '^[a-z_]{1,40}:[0-9]{1,19}$'),
  editing boolean not null default false,
  seen_at timestamptz not null default now(),
  constraint presence_pk primary key (record, login)
);
