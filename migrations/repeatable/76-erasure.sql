-- The registry of what an account consists of, the plan of its erasure, and the opening of a case. The functions named
-- here stand in 76-erasure-parts.sql.

-- In the order of execution: `account` after everything that asks who the holder is, `trail` after everything that writes.
insert into ibok.erasure_parts as known (part, position, action, basis, counts, erases) values
  ('sessions', 10, 'delete', null, 'count_sessions', 'erase_sessions'),
  ('credentials', 20, 'delete', null, 'count_credentials', 'erase_credentials'),
  ('tokens', 30, 'delete', null, 'count_tokens', 'erase_tokens'),
  ('sign_ins', 40, 'delete', null, 'count_sign_ins', 'erase_sign_ins'),
  ('preferences', 50, 'delete', null, 'count_preferences', 'erase_preferences'),
  ('change_requests', 60, 'delete', null, 'count_change_requests', 'erase_change_requests'),
  ('blocks', 70, 'delete', null, 'count_blocks', 'erase_blocks'),
  ('tasks', 80, 'delete', null, 'count_tasks', 'erase_tasks'),
  ('mails', 90, 'clear', null, 'count_mails', 'erase_mails'),
  ('documents', 100, 'delete', null, 'count_documents', 'erase_documents'),
  ('access', 110, 'clear', null, 'count_access', 'erase_access'),
  ('registrations', 120, 'clear', null, 'count_registrations', 'erase_registrations'),
  ('remarks', 130, 'clear', null, 'count_remarks', 'erase_remarks'),
  ('account', 900, 'clear', null, 'count_account', 'erase_account'),
  ('trail', 1000, 'clear', null, 'count_trail', 'erase_trail'),
  ('acceptances', 2010, 'keep', 'accountability', 'count_acceptances', null),
  ('notices', 2020, 'keep', 'accountability', 'count_notices', null),
  ('consents', 2030, 'keep', 'accountability', 'count_consents', null),
  ('requests', 2040, 'keep', 'accountability', 'count_requests', null),
  ('customers', 2100, 'keep', 'contract', 'count_customers', null),
  ('contracts', 2110, 'keep', 'contract', 'count_contracts', null),
  ('invoices', 2120, 'keep', 'tax', 'count_invoices', null)
on conflict (part) do update
  set position = excluded.position, action = excluded.action, basis = excluded.basis, counts = excluded.counts,
      erases = excluded.erases
  where (known.position, known.action, known.basis, known.counts, known.erases)
    is distinct from (excluded.position, excluded.action, excluded.basis, excluded.counts, excluded.erases);

-- [{part, action, basis, count, until?, days?}] in the order of execution, kept parts last.
create or replace function ibok.erasure_plan(p_account bigint) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  part ibok.erasure_parts;
  counted jsonb;
  plan jsonb := '[]';
begin
  for part in select * from ibok.erasure_parts order by position loop
    execute format('select ibok.%I($1)', part.counts) into counted using p_account;
    plan := plan || (jsonb_build_object('part', part.part, 'action', part.action, 'basis', part.basis) || counted);
  end loop;
  return plan;
end $$;
revoke execute on function ibok.erasure_plan(bigint) from public;

-- Keeps the erasure of an account out until the end of the transaction: whoever adds something to what an account consists
-- of asks for this first, and looks afterwards whether the record is still there. In the erasure's order: the request, the
-- account, the application. Other records need none.
create or replace function ibok.hold_record(p_table text, p_id bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  account bigint := case p_table when 'accounts' then p_id end;
begin
  if p_table = 'deletion_requests' then
    select account_id into account from ibok.deletion_requests where id = p_id for share;
  end if;
  perform from ibok.accounts where id = account for share;
  if p_table = 'registrations' then perform from ibok.registrations where id = p_id for share; end if;
end $$;
revoke execute on function ibok.hold_record(text, bigint) from public;

-- Nothing is added to what is erased, but the protocol of the erasure itself. Definer, so that it judges alike whoever writes.
create or replace function ibok.refuse_erased_owner() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.hold_record(new.owner_table, new.owner_id);
  if new.owner_table = 'accounts' and exists (select from ibok.accounts where id = new.owner_id and status = 'deleted')
     or new.owner_table = 'registrations' and exists (select from ibok.registrations where id = new.owner_id and erased_at is not null)
     or new.owner_table = 'deletion_requests' and (new.category, new.retention_class) <> ('protocol', 'permanent')
        and exists (select from ibok.deletion_requests where id = new.owner_id and status = 'executed') then
    raise exception 'its owner is erased' using errcode = 'IB006';
  end if;
  return new;
end $$;
revoke execute on function ibok.refuse_erased_owner() from public;
create or replace trigger documents_not_erased before insert on ibok.documents
  for each row execute function ibok.refuse_erased_owner();

-- Claims, tax and police matters of any customer of the account that hold today.
create or replace function ibok.holds_of_account(p_account bigint) returns setof ibok.legal_holds
language sql stable set search_path = pg_catalog, pg_temp as $$
  select h.* from ibok.legal_holds h
   where h.customer_id in (select ibok.customers_of_account(p_account)) and h.released_at is null
     and h.valid_from <= ibok.today() and (h.valid_to is null or h.valid_to >= ibok.today())
$$;
revoke execute on function ibok.holds_of_account(bigint) from public;

-- Opens the case and blocks the account in the same moment; one case for an account at a time, so that asking again gets
-- the open one. p_via: portal | letter | in_person | contract_end | death. Throws IB002, IB006 for an erased account.
create or replace function ibok.open_deletion(p_account bigint, p_via text, p_asked_on date, p_note text) returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  account ibok.accounts;
  request bigint;
  due date;
begin
  select * into account from ibok.accounts where id = p_account for update;
  if not found then raise exception 'no such account' using errcode = 'IB002'; end if;
  if account.status = 'deleted' then raise exception 'account is deleted' using errcode = 'IB006'; end if;
  select id into request from ibok.deletion_requests
   where account_id = p_account and status in ('open', 'forwarded', 'approved');
  if found then return request; end if;

  due := ibok.add_working_days(p_asked_on, ibok.rule_number('deletion.working_days', 7)::int);
  insert into ibok.deletion_requests (account_id, asked_via, asked_on, note, due_on)
  values (p_account, p_via, p_asked_on, nullif(btrim(p_note), ''), due) returning id into request;
  update ibok.accounts set status = 'deleting', status_before = account.status where id = p_account;
  perform ibok.revoke_account_access(p_account);
  -- It answers a wish; of a block by the office the holder has been told.
  if p_via in ('portal', 'letter', 'in_person') then
    perform ibok.tell_account(account, 'deletion.received', request::text,
      jsonb_build_object('due_on', to_char(due, 'DD.MM.YYYY')));
  end if;
  return request;
end $$;
revoke execute on function ibok.open_deletion(bigint, text, date, text) from public;
