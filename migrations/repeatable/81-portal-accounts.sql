-- The portal's way to an account (docs/portal-and-billing.md). The portal checks passwords and keeps its own cookies; here
-- is decided what an account may, by the server's clock. Refusals:
-- IB001 not the portal · IB002 no such thing, or not this account's · IB004 wrong input · IB006 not in this state ·
-- IB011 the link was used · IB012 it has expired · IB013 it was replaced by a newer one or revoked.

-- The account a function of the portal is for, active and locked; what follows stands in the trail as done on its behalf.
create or replace function ibok.portal_account(p_account bigint) returns ibok.accounts
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('ibok.on_behalf_of', 'account:' || p_account, true);
  return ibok.lock_account(p_account, 'active');
end $$;
revoke execute on function ibok.portal_account(bigint) from public;

-- A hash in one of the usual forms ($argon2id$…, $scrypt$…, $2b$…), so that no password is stored by mistake.
create or replace function ibok.check_password_hash(p_hash text) returns void
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  if (p_hash ~ '^\$[a-z0-9-]{1,20}\$[A-Za-z0-9+/=,.$-]+$' and char_length(p_hash) between 20 and 500) is not true then
    raise exception 'password hash' using errcode = 'IB004';
  end if;
end $$;
revoke execute on function ibok.check_password_hash(text) from public;

-- The link's row, locked, with its account. Whoever has the token has 256 bits of it: telling them why it is refused
-- gives nothing away.
create or replace function ibok.lock_account_token(p_token text, p_kind text) returns ibok.account_tokens
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  link ibok.account_tokens;
begin
  select * into link from ibok.account_tokens
   where token_hash = sha256(convert_to(p_token, 'UTF8')) and kind = p_kind;
  if not found then raise exception 'no such link' using errcode = 'IB002'; end if;
  -- Account before token, as everywhere else; then the token as it is now.
  perform ibok.lock_account(link.account_id, 'pending', 'active', 'blocked', 'deleting', 'deleted');
  select * into link from ibok.account_tokens where id = link.id for update;
  if link.used_at is not null then raise exception 'link was used' using errcode = 'IB011'; end if;
  if link.revoked_at is not null then raise exception 'link was revoked' using errcode = 'IB013'; end if;
  if link.expires_at <= now() then raise exception 'link has expired' using errcode = 'IB012'; end if;
  perform set_config('ibok.on_behalf_of', 'account:' || link.account_id, true);
  return link;
end $$;
revoke execute on function ibok.lock_account_token(text, text) from public;

-- The holder sets a password by the link of the activation mail → {"account", "login"}. The first time this makes the
-- account active; later it is the way back after a forgotten password, and ends every session.
create or replace function portal.activate(p_token text, p_password_hash text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  link ibok.account_tokens;
  account ibok.accounts;
begin
  perform api.demand_role('ibok_portal');
  perform ibok.check_password_hash(p_password_hash);
  link := ibok.lock_account_token(p_token, 'activation');
  account := ibok.lock_account(link.account_id, 'pending', 'active');
  update ibok.account_tokens set used_at = now() where id = link.id;
  insert into ibok.account_credentials (account_id, password_hash) values (account.id, p_password_hash)
  on conflict (account_id) do update
    set password_hash = excluded.password_hash, changed_at = now(), failed_sign_ins = 0;
  update ibok.account_sessions set ended_at = now() where account_id = account.id and ended_at is null;
  update ibok.accounts set status = 'active', activated_at = coalesce(activated_at, now())
   where id = account.id and status = 'pending';
  return jsonb_build_object('account', account.id, 'login', account.login);
end $$;
revoke execute on function portal.activate(text, text) from public;
grant execute on function portal.activate(text, text) to ibok_portal;

-- The holder confirms a new address by the link sent to it → {"account", "email"}. The address of before is told.
create or replace function portal.confirm_email(p_token text) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  link ibok.account_tokens;
  account ibok.accounts;
begin
  perform api.demand_role('ibok_portal');
  link := ibok.lock_account_token(p_token, 'email');
  account := ibok.lock_account(link.account_id, 'pending', 'active');
  if link.email is distinct from account.new_email then
    raise exception 'another address waits' using errcode = 'IB013';
  end if;
  update ibok.account_tokens set used_at = now() where id = link.id;
  update ibok.accounts set email = link.email, new_email = null where id = account.id;
  perform ibok.tell_account(account, 'account.email_changed', 'link' || link.id);
  return jsonb_build_object('account', account.id, 'email', link.email);
end $$;
revoke execute on function portal.confirm_email(text) from public;
grant execute on function portal.confirm_email(text) to ibok_portal;

-- What the portal compares a typed password with → {"account", "passwordHash"}, both null for a login that is unknown,
-- not yet active, blocked or leaving: one answer, so that nobody learns which logins exist. The portal then compares with
-- a hash of its own, to take as long.
create or replace function portal.credentials(p_login text) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  known record;
begin
  perform api.demand_role('ibok_portal');
  select a.id, c.password_hash into known
    from ibok.accounts a join ibok.account_credentials c on c.account_id = a.id
   where a.login = lower(btrim(p_login)) and a.status = 'active';
  return jsonb_build_object('account', known.id, 'passwordHash', known.password_hash);
end $$;
revoke execute on function portal.credentials(text) from public;
grant execute on function portal.credentials(text) to ibok_portal;

-- Notes a sign-in → {"signedIn"}. p_outcome: ok (p_session is the portal's new session), wrong_password, refused (the
-- portal's own reason). As many wrong passwords in a row as the rule account.failed_sign_ins says block the account; the
-- answer does not tell.
create or replace function portal.record_sign_in(
  p_account bigint, p_outcome text, p_address inet default null, p_agent text default null, p_session uuid default null
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  account ibok.accounts;
  failed int;
begin
  perform api.demand_role('ibok_portal');
  perform set_config('ibok.on_behalf_of', 'account:' || p_account, true);
  if p_outcome in ('ok', 'wrong_password', 'refused') is not true or (p_outcome = 'ok' and p_session is null) then
    raise exception 'outcome' using errcode = 'IB004';
  end if;
  account := ibok.lock_account(p_account, 'pending', 'active', 'blocked', 'deleting');
  -- Blocked between the look at the hash and now: it is no sign-in any more.
  insert into ibok.account_sign_ins (account_id, outcome, address, agent)
  values (p_account, case when p_outcome = 'ok' and account.status <> 'active' then 'refused' else p_outcome end,
          p_address, left(regexp_replace(p_agent, '[^ -~]', '', 'g'), 200));
  if account.status <> 'active' or p_outcome = 'refused' then return '{"signedIn": false}'; end if;
  if p_outcome = 'ok' then
    update ibok.account_credentials set failed_sign_ins = 0 where account_id = p_account and failed_sign_ins > 0;
    insert into ibok.account_sessions (id, account_id) values (p_session, p_account);
    return '{"signedIn": true}';
  end if;
  update ibok.account_credentials set failed_sign_ins = failed_sign_ins + 1
   where account_id = p_account returning failed_sign_ins into failed;
  if failed >= ibok.rule_number('account.failed_sign_ins', 10) then
    perform ibok.block_account(p_account, 'failed_sign_ins');
  end if;
  return '{"signedIn": false}';
end $$;
revoke execute on function portal.record_sign_in(bigint, text, inet, text, uuid) from public;
grant execute on function portal.record_sign_in(bigint, text, inet, text, uuid) to ibok_portal;

-- Whether a session still holds; asked with every request of the customer. A block, a new password and a deletion end it.
create or replace function portal.keep_session(p_account bigint, p_session uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_portal');
  update ibok.account_sessions s set seen_at = now()
    from ibok.accounts a
   where s.id = p_session and s.account_id = p_account and s.ended_at is null and a.id = s.account_id and a.status = 'active';
  return found;
end $$;
revoke execute on function portal.keep_session(bigint, uuid) from public;
grant execute on function portal.keep_session(bigint, uuid) to ibok_portal;

create or replace function portal.sign_out(p_account bigint, p_session uuid) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_portal');
  perform ibok.portal_account(p_account);
  update ibok.account_sessions set ended_at = now() where id = p_session and account_id = p_account and ended_at is null;
end $$;
revoke execute on function portal.sign_out(bigint, uuid) from public;
grant execute on function portal.sign_out(bigint, uuid) to ibok_portal;

-- Another password; the portal has compared the old one. Every session ends but p_session.
create or replace function portal.change_password(p_account bigint, p_password_hash text, p_session uuid default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_portal');
  perform ibok.portal_account(p_account);
  perform ibok.check_password_hash(p_password_hash);
  update ibok.account_credentials set password_hash = p_password_hash, changed_at = now(), failed_sign_ins = 0
   where account_id = p_account;
  update ibok.account_sessions set ended_at = now()
   where account_id = p_account and ended_at is null and id is distinct from p_session;
end $$;
revoke execute on function portal.change_password(bigint, text, uuid) from public;
grant execute on function portal.change_password(bigint, text, uuid) to ibok_portal;

-- Accepting twice is one acceptance.
create or replace function portal.accept_regulations(p_account bigint, p_version bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_portal');
  perform ibok.portal_account(p_account);
  if exists (select from ibok.regulation_acceptances where account_id = p_account and version_id = p_version) then return; end if;
  perform ibok.accept_regulations(p_account, p_version, 'web', ibok.today());
end $$;
revoke execute on function portal.accept_regulations(bigint, bigint) from public;
grant execute on function portal.accept_regulations(bigint, bigint) to ibok_portal;

-- Gives or revokes a consent; asking for what stands already changes nothing.
create or replace function portal.set_consent(p_account bigint, p_kind text, p_given boolean) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_portal');
  perform ibok.portal_account(p_account);
  if p_kind in ('e_invoice') is not true or p_given is null then raise exception 'kind' using errcode = 'IB004'; end if;
  if p_given <> exists (select from ibok.consents where account_id = p_account and kind = p_kind and revoked_at is null) then
    perform ibok.set_account_consent(p_account, p_kind, p_given, 'web', ibok.today());
  end if;
end $$;
revoke execute on function portal.set_consent(bigint, text, boolean) from public;
grant execute on function portal.set_consent(bigint, text, boolean) to ibok_portal;

-- Asks for other contact data of a customer the account sees today: p_changes {column: wanted value or null} of phone,
-- phone_alt, email, email_alt and the postal address → {"request": id}. What stands as wanted is left out; IB004 when
-- nothing remains or a value is none, IB006 when five requests of the account wait already.
create or replace function portal.request_data_change(p_account bigint, p_customer bigint, p_changes jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  stored jsonb;
  wanted jsonb := '{}';
  field record;
  made bigint;
begin
  perform api.demand_role('ibok_portal');
  perform ibok.portal_account(p_account);
  perform ibok.demand_portal_customer(p_account, p_customer);
  if jsonb_typeof(p_changes) is distinct from 'object' then raise exception 'changes' using errcode = 'IB004'; end if;
  if (select count(*) from ibok.data_change_requests where account_id = p_account and status = 'open') >= 5 then
    raise exception 'five requests wait' using errcode = 'IB006';
  end if;
  select to_jsonb(c) into stored from ibok.customers c where c.id = p_customer;
  for field in select key, value, nullif(btrim(value #>> '{}'), '') as mine from jsonb_each(p_changes) loop
    if field.key <> all (ibok.data_change_columns()) or jsonb_typeof(field.value) not in ('string', 'null') then
      raise exception 'changes' using errcode = 'IB004';
    end if;
    perform ibok.demand_contact_value(field.key, field.mine);
    if stored ->> field.key is distinct from field.mine then
      wanted := wanted || jsonb_build_object(field.key, jsonb_build_array(stored -> field.key, field.mine));
    end if;
  end loop;
  if wanted = '{}' then raise exception 'nothing to change' using errcode = 'IB004'; end if;
  insert into ibok.data_change_requests (account_id, customer_id, changes) values (p_account, p_customer, wanted)
  returning id into made;
  return jsonb_build_object('request', made);
end $$;
revoke execute on function portal.request_data_change(bigint, bigint, jsonb) from public;
grant execute on function portal.request_data_change(bigint, bigint, jsonb) to ibok_portal;

-- A customer the account sees today; IB002 for any other, whether it exists or not.
create or replace function ibok.demand_portal_customer(p_account bigint, p_customer bigint) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (
    select from ibok.account_access x
     where x.account_id = p_account and x.customer_id = p_customer
       and x.valid_from <= ibok.today() and (x.valid_to is null or x.valid_to >= ibok.today())) then
    raise exception 'no such customer' using errcode = 'IB002';
  end if;
end $$;
revoke execute on function ibok.demand_portal_customer(bigint, bigint) from public;

-- All an account shows its holder of itself: {login, firstName, lastName, email, newEmail, phone, customers: [{id,
-- customerNo, name, relation, from, to, contact}], regulations: {current, accepted, mustAccept}, consents, dataChanges}.
create or replace function portal.my_profile(p_account bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  account ibok.accounts;
  version ibok.regulation_versions;
begin
  perform api.demand_role('ibok_portal');
  select * into account from ibok.accounts where id = p_account and status = 'active';
  if not found then raise exception 'no such account' using errcode = 'IB002'; end if;
  select * into version from ibok.regulation_versions where id = ibok.regulations_on(ibok.today());
  return jsonb_build_object(
    'login', account.login, 'firstName', account.first_name, 'lastName', account.last_name,
    'email', account.email, 'newEmail', account.new_email, 'phone', account.phone,
    'customers', coalesce((
      select jsonb_agg(jsonb_build_object('id', c.id, 'customerNo', c.customer_no,
               'name', case c.kind when 'person' then btrim(c.first_name || ' ' || c.last_name) else c.company_name end,
               'relation', x.relation, 'from', x.valid_from, 'to', x.valid_to,
               'contact', (select jsonb_object_agg(key, to_jsonb(c) -> key) from unnest(ibok.data_change_columns()) as key))
               order by c.customer_no)
        from ibok.account_access x join ibok.customers c on c.id = x.customer_id
       where x.account_id = p_account and x.valid_from <= ibok.today() and (x.valid_to is null or x.valid_to >= ibok.today())), '[]'),
    'regulations', jsonb_build_object(
      'current', jsonb_build_object('id', version.id, 'label', version.label, 'effectiveOn', version.effective_on),
      'mustAccept', version.id is not null and not exists (
        select from ibok.regulation_acceptances x where x.account_id = p_account and x.version_id = version.id),
      'accepted', coalesce((
        select jsonb_agg(jsonb_build_object('id', v.id, 'label', v.label, 'at', x.accepted_at) order by x.accepted_at)
          from ibok.regulation_acceptances x join ibok.regulation_versions v on v.id = x.version_id
         where x.account_id = p_account), '[]')),
    'consents', coalesce((
      select jsonb_object_agg(k.kind, exists (
               select from ibok.consents x where x.account_id = p_account and x.kind = k.kind and x.revoked_at is null))
        from (values ('e_invoice')) as k (kind)), '{}'),
    'dataChanges', coalesce((
      select jsonb_agg(jsonb_build_object('request', d.id, 'customer', d.customer_id, 'at', d.requested_at,
               'status', d.status, 'accepted', to_jsonb(d.accepted), 'note', d.note) order by d.id desc)
        from (select * from ibok.data_change_requests where account_id = p_account order by id desc limit 20) as d), '[]'));
end $$;
revoke execute on function portal.my_profile(bigint) from public;
grant execute on function portal.my_profile(bigint) to ibok_portal;
