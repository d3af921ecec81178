-- The holder asks in the portal for the deletion of the account. Part of the portal's contract (docs/portal-and-billing.md).

-- Blocks the account at once and opens the case that a clerk verifies; asked again it answers with the open one.
-- → {"number", "dueOn"}. IB002 no such account, IB004 a note over 1,000 characters, IB006 already erased.
create or replace function portal.request_deletion(p_account bigint, p_note text default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  made bigint;
begin
  perform api.demand_role('ibok_portal');
  if char_length(p_note) > 1000 then raise exception 'note' using errcode = 'IB004'; end if;
  perform set_config('ibok.on_behalf_of', 'account:' || p_account, true);
  made := ibok.open_deletion(p_account, 'portal', ibok.today(), p_note);
  return (select jsonb_build_object('number', ibok.deletion_number(id), 'dueOn', due_on) from ibok.deletion_requests where id = made);
end $$;
revoke execute on function portal.request_deletion(bigint, text) from public;
grant execute on function portal.request_deletion(bigint, text) to ibok_portal;
