-- What proves the trail from outside, and what the worker last did.

-- The head of the seals once a day. Its copies outside (file, mail) find out whoever rewrites the whole chain.
create table audit.anchors (
  day date constraint anchors_pk primary key,
  last_event bigint not null,
  events bigint not null,
  head bytea not null constraint anchors_head_length check (octet_length(head) = 32),
  anchored_at timestamptz not null default clock_timestamp(),
  stored_at timestamptz,
  mailed_at timestamptz
);

-- One row per job of the worker: its last run. Unaudited, like a lease.
create table ibok.job_runs (
  job text constraint job_runs_pk primary key constraint job_runs_job check (job ~ '^[a-z][a-z-]{1,40}$'),
  every_seconds integer not null,
  ended_at timestamptz not null,
  milliseconds integer not null,
  -- Kind of the failure (an error's name or SQLSTATE), never its text; null when the run went well.
  fault text,
  failures integer not null default 0
);

-- When each source last brought its rows: files by clerks, calls by the billing system. Unaudited: derived.
create table ibok.mirror_state (
  source text constraint mirror_state_pk primary key constraint mirror_state_source check (source ~ '^[a-z_]{1,40}$'),
  synchronised_at timestamptz not null
);
insert into ibok.mirror_state (source, synchronised_at)
select file_kind, max(finished_at) from ibok.imports where state = 'done' and finished_at is not null group by file_kind;

-- The journal is asked by time as well; events come in the order of time, so a block range index serves.
create index events_at on audit.events using brin (at);
