-- Who reads what of applications, accounts, approvals, deletions and mail. Writes go through functions alone.
-- bok_supervisor is a member of bok_clerk.

do $$
declare
  name text;
begin
  foreach name in array array['registrations', 'accounts', 'account_access', 'account_blocks', 'account_sign_ins',
    'regulation_acceptances', 'regulation_notices', 'consents', 'deletion_requests', 'erasure_parts', 'letters']
  loop
    execute format('grant select on ibok.%I to bok_clerk, bok_dpo', name);
    execute format('create policy %I on ibok.%I for select to bok_clerk, bok_dpo using (true)', name || '_read', name);
  end loop;
  -- What the whole office knows.
  foreach name in array array['regulation_versions', 'clauses', 'approval_kinds', 'template_keys', 'templates', 'letterheads'] loop
    execute format('grant select on ibok.%I to bok_staff', name);
    execute format('create policy %I on ibok.%I for select to bok_staff using (true)', name || '_read', name);
  end loop;
end $$;

-- Wanted contact data come out of api.open_data_change alone, which logs the look.
grant select (id, account_id, customer_id, requested_at, status, accepted, decided_by, decided_at, note)
  on ibok.data_change_requests to bok_clerk, bok_dpo;
create policy data_change_requests_read on ibok.data_change_requests for select to bok_clerk, bok_dpo using (true);

-- Documents: for everybody who works with customers, but the papers of applications, accounts and deletions only for who
-- sees these.
grant select on ibok.documents, ibok.document_versions to bok_clerk, bok_technician, bok_dpo;
create policy documents_read on ibok.documents for select to bok_clerk, bok_dpo using (true);
create policy documents_places on ibok.documents for select to bok_technician
  using (owner_table in ('customers', 'contracts', 'meters', 'regulation_versions', 'exchanges', 'meter_cases', 'letter_runs'));
create policy document_versions_read on ibok.document_versions for select to bok_clerk, bok_dpo using (true);
-- Follows the policy above, which the subquery is under as well.
create policy document_versions_of_visible on ibok.document_versions for select to bok_technician
  using (document_id in (select d.id from ibok.documents d));

-- One's own mail, and for clerks what the portal and the worker sent; supervisors see all. Hashes, tokens, sessions,
-- preferences and what an approved act needs are for nobody.
grant select on ibok.outbox to bok_clerk, bok_technician;
create policy outbox_own on ibok.outbox for select to bok_clerk, bok_technician using (created_by = (select session_user));
create policy outbox_machines on ibok.outbox for select to bok_clerk using (created_by in ('ibok_portal', 'ibok_worker'));
create policy outbox_all on ibok.outbox for select to bok_supervisor using (true);
