-- The two-person rule for any act, and its first use: the deletion of an account.

-- What can be asked for: which function tells the subject's version, counts what would be touched, runs on approval, and
-- tidies up when it is not approved; who may ask and who may decide. Each module registers its own kinds.
create table ibok.approval_kinds (
  kind text constraint approval_kinds_pk primary key constraint approval_kinds_form check (kind ~ '^[a-z][a-z_.]{2,40}$'),
  subject_table text not null,
  -- Functions of schema ibok: version (bigint) → text, impact (bigint) → jsonb, approved and dropped (ibok.approvals) → void.
  version_function text not null,
  impact_function text not null,
  approved_function text not null,
  dropped_function text,
  requesters text[] not null constraint approval_kinds_requesters check (cardinality(requesters) > 0),
  deciders text[] not null constraint approval_kinds_deciders check (cardinality(deciders) > 0)
);

alter table ibok.approvals
  add column executed_at timestamptz,
  -- Why it is void: the subject changed, it was withdrawn, or nobody decided in time.
  add column void_reason text constraint approvals_void_reason check (void_reason in ('changed', 'withdrawn', 'expired')),
  add column voided_at timestamptz,
  add constraint approvals_kind_known foreign key (kind) references ibok.approval_kinds (kind),
  add constraint approvals_void check ((state = 'void') = (void_reason is not null) and (state = 'void') = (voided_at is not null)),
  add constraint approvals_executed check ((state = 'executed') = (executed_at is not null));
create index approvals_open on ibok.approvals (requested_at, id) where state = 'open';
create index approvals_requested_at on ibok.approvals (requested_at, id);
create index approvals_subject_id on ibok.approvals (subject);

-- What an approved act needs besides its subject, such as a new person's verifier. No role of the staff reads it.
create table ibok.approval_payloads (
  approval_id bigint constraint approval_payloads_pk primary key constraint approval_payloads_approval references ibok.approvals (id),
  payload jsonb not null
);

-- Tasks about applications, accounts and deletions as well.
alter table ibok.follow_ups
  drop constraint follow_ups_subject,
  add constraint follow_ups_subject
    check (subject ~ '^(customer|premise|meter|document|import|registration|account|deletion_request):[1-9][0-9]{0,17}$');

-- One line for each part of the data an account consists of, registered by the module that keeps it: what happens to it,
-- in which order, and on what ground it stays. `counts` and `erases` name functions of schema ibok that take the account.
create table ibok.erasure_parts (
  part text constraint erasure_parts_pk primary key constraint erasure_parts_form check (part ~ '^[a-z][a-z_]{2,60}$'),
  position integer not null constraint erasure_parts_position unique,
  action text not null constraint erasure_parts_action check (action in ('delete', 'clear', 'keep')),
  -- Key of the sentence on screen and in the protocol that names the legal ground; null where nothing is kept.
  basis text,
  counts text not null,
  erases text,
  constraint erasure_parts_erases check ((action = 'keep') = (erases is null) and (action = 'keep') = (basis is not null))
);

create table ibok.deletion_requests (
  id bigint generated always as identity constraint deletion_requests_pk primary key,
  account_id bigint not null constraint deletion_requests_account references ibok.accounts (id),
  asked_via text not null constraint deletion_requests_asked_via
    check (asked_via in ('portal', 'letter', 'in_person', 'contract_end', 'death')),
  asked_on date not null,
  recorded_at timestamptz not null default now(),
  recorded_by text not null default session_user,
  identity_method text constraint deletion_requests_identity_method
    check (identity_method in ('portal', 'signature', 'identity_card', 'pesel', 'nip', 'death_notice', 'contract')),
  identity_checked_by text,
  identity_checked_at timestamptz,
  note ibok.note,
  due_on date not null,
  -- Who verified it and sent it on counts as the requester of the approval.
  forwarded_by text,
  forwarded_at timestamptz,
  approval_id bigint constraint deletion_requests_approval references ibok.approvals (id),
  status text not null default 'open' constraint deletion_requests_status
    check (status in ('open', 'forwarded', 'approved', 'rejected', 'withdrawn', 'executed')),
  closed_at timestamptz,
  executed_at timestamptz,
  -- What was erased and kept: counts by part, grounds and days. No value of the person.
  protocol jsonb,
  protocol_document_id bigint constraint deletion_requests_protocol_document references ibok.documents (id),
  constraint deletion_requests_identity
    check ((identity_method is null) = (identity_checked_by is null) and (identity_method is null) = (identity_checked_at is null)),
  constraint deletion_requests_forwarded check ((forwarded_by is null) = (forwarded_at is null)
    and (status in ('forwarded', 'approved', 'executed')) <= (forwarded_by is not null and identity_method is not null)),
  constraint deletion_requests_executed
    check ((status = 'executed') = (executed_at is not null) and (status = 'executed') = (protocol is not null)),
  constraint deletion_requests_closed check ((status in ('rejected', 'withdrawn', 'executed')) = (closed_at is not null))
);
create unique index deletion_requests_one_open on ibok.deletion_requests (account_id)
  where status in ('open', 'forwarded', 'approved');
create index deletion_requests_due_on on ibok.deletion_requests (due_on, id);
create index deletion_requests_account_id on ibok.deletion_requests (account_id);
create index deletion_requests_approval_id on ibok.deletion_requests (approval_id);
create index deletion_requests_protocol_document_id on ibok.deletion_requests (protocol_document_id)
  where protocol_document_id is not null;
create index deletion_requests_without_protocol on ibok.deletion_requests (id)
  where status = 'executed' and protocol_document_id is null;
