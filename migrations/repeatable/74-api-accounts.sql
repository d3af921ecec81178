-- What clerks do with an account. Each act once per request id, each in the account's history; reading goes by grants
-- (51-access-accounts.sql), but for what stands in tables nobody reads.

-- How things stand with access: {"missing": what keeps it from being active, "endReason": death | contract_end | null,
-- "activation": {state: none | sent | expired | revoked | used, at, expiresAt}, "emailExpiresAt", "openSessions",
-- "failedSignIns"}. No hash and no token.
create or replace function api.account_state(p_account bigint) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  link ibok.account_tokens;
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  if not exists (select from ibok.accounts where id = p_account) then
    raise exception 'no such account' using errcode = 'IB002';
  end if;
  select * into link from ibok.account_tokens where account_id = p_account and kind = 'activation' order by id desc limit 1;
  return jsonb_build_object(
    'missing', to_jsonb(ibok.account_obstacles(p_account)),
    'endReason', ibok.account_end(p_account),
    'activation', jsonb_build_object(
      'state', case when link.id is null then 'none' when link.used_at is not null then 'used'
                    when link.revoked_at is not null then 'revoked' when link.expires_at <= now() then 'expired' else 'sent' end,
      'at', coalesce(link.used_at, link.issued_at), 'expiresAt', link.expires_at),
    'emailExpiresAt', (select t.expires_at from ibok.account_tokens t
                        where t.account_id = p_account and t.kind = 'email' and t.used_at is null and t.revoked_at is null
                          and t.expires_at > now()),
    'openSessions', (select count(*) from ibok.account_sessions s where s.account_id = p_account and s.ended_at is null),
    'failedSignIns', coalesce((select c.failed_sign_ins from ibok.account_credentials c where c.account_id = p_account), 0));
end $$;
revoke execute on function api.account_state(bigint) from public;
grant execute on function api.account_state(bigint) to bok_clerk, bok_dpo;

create or replace function api.block_account(p_account bigint, p_reason text, p_note text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account, p_reason, p_note);
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'accounts.block', input);
  if result is not null then return result; end if;
  perform ibok.block_account(p_account, p_reason, p_note);
  return ibok.store_act(p_request, 'accounts.block', input, jsonb_build_object('id', p_account::text));
end $$;
revoke execute on function api.block_account(bigint, text, text, uuid) from public;
grant execute on function api.block_account(bigint, text, text, uuid) to bok_clerk;

-- p_note: why it may be used again; demanded, for the timeline says it.
create or replace function api.unblock_account(p_account bigint, p_note text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account, p_note);
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  if char_length(btrim(p_note)) >= 3 is not true then raise exception 'note' using errcode = 'IB004'; end if;
  result := ibok.find_act(p_request, 'accounts.unblock', input);
  if result is not null then return result; end if;
  perform ibok.unblock_account(p_account, p_note);
  return ibok.store_act(p_request, 'accounts.unblock', input, jsonb_build_object('id', p_account::text));
end $$;
revoke execute on function api.unblock_account(bigint, text, uuid) from public;
grant execute on function api.unblock_account(bigint, text, uuid) to bok_clerk;

-- A new link by mail, for who never set a password and for who forgot it. The password of before holds until the link is
-- used; the clerk sees neither.
create or replace function api.renew_activation(p_account bigint, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account);
  account ibok.accounts;
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'accounts.renewActivation', input);
  if result is not null then return result; end if;
  account := ibok.lock_account(p_account, 'pending', 'active');
  perform ibok.send_activation(account, p_account || ':' || coalesce(p_request, gen_random_uuid()));
  return ibok.store_act(p_request, 'accounts.renewActivation', input, jsonb_build_object('id', p_account::text));
end $$;
revoke execute on function api.renew_activation(bigint, uuid) from public;
grant execute on function api.renew_activation(bigint, uuid) to bok_clerk;

-- Another address waits for its holder's confirmation; the address of before is told when it takes effect
-- (portal.confirm_email). p_identity: how the clerk made sure who asks (in_person, phone, letter); it stands as the reason
-- in the history. p_email null: the address that waits is dropped.
create or replace function api.change_account_email(p_account bigint, p_email text, p_identity text, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account, p_email, p_identity);
  account ibok.accounts;
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  if p_identity in ('in_person', 'phone', 'letter') is not true then raise exception 'identity' using errcode = 'IB004'; end if;
  result := ibok.find_act(p_request, 'accounts.changeEmail', input);
  if result is not null then return result; end if;
  account := ibok.lock_account(p_account, 'pending', 'active');
  if lower(p_email) = lower(account.email::text) or (p_email is null and account.new_email is null) then
    raise exception 'email' using errcode = 'IB004';
  end if;
  perform set_config('ibok.reason', 'email_' || p_identity, true);
  update ibok.account_tokens set revoked_at = now()
   where account_id = p_account and kind = 'email' and used_at is null and revoked_at is null;
  update ibok.accounts set new_email = p_email where id = p_account;
  if p_email is not null then
    account.email := p_email;
    perform ibok.tell_account(account, 'account.email_confirmation', p_account || ':' || coalesce(p_request, gen_random_uuid()));
  end if;
  return ibok.store_act(p_request, 'accounts.changeEmail', input, jsonb_build_object('id', p_account::text));
end $$;
revoke execute on function api.change_account_email(bigint, text, text, uuid) from public;
grant execute on function api.change_account_email(bigint, text, text, uuid) to bok_clerk;

-- A paper of the account, of its application or of the customer, in force; null is none. IB004 for any other.
create or replace function ibok.check_access_document(p_account ibok.accounts, p_customer bigint, p_document bigint) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_document is null then return; end if;
  if not exists (
    select from ibok.documents d
     where d.id = p_document and d.state = 'active' and (d.owner_table, d.owner_id) in
       (('accounts', p_account.id), ('registrations', p_account.registration_id), ('customers', p_customer))) then
    raise exception 'document' using errcode = 'IB004';
  end if;
end $$;
revoke execute on function ibok.check_access_document(ibok.accounts, bigint, bigint) from public;

-- One more customer whose data the account sees, from a day to a day (null: until somebody ends it). A manager or proxy
-- needs the paper that says so, and so does whoever is not the person on the contract, whatever the role is called; a dead
-- customer gets no new holder.
create or replace function api.add_account_access(
  p_account bigint, p_customer bigint, p_relation text, p_document bigint, p_valid_from date, p_valid_to date, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account, p_customer, p_relation, p_document, p_valid_from, p_valid_to);
  account ibok.accounts;
  customer ibok.customers;
  made bigint;
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'accounts.addAccess', input);
  if result is not null then return result; end if;
  account := ibok.lock_account(p_account, 'pending', 'active', 'blocked');
  select * into customer from ibok.customers where id = p_customer;
  if not found then raise exception 'no such customer' using errcode = 'IB002'; end if;
  if customer.deceased_on is not null then raise exception 'customer is dead' using errcode = 'IB006'; end if;
  if p_valid_from is null or p_valid_to < p_valid_from or p_valid_to < ibok.today() then
    raise exception 'validTo' using errcode = 'IB004';
  end if;
  if p_document is null and (p_relation = 'holder' and ibok.is_contract_person(
       account.first_name, account.last_name, customer.kind, customer.first_name, customer.last_name)) is not true then
    raise exception 'document' using errcode = 'IB004';
  end if;
  perform ibok.check_access_document(account, p_customer, p_document);
  insert into ibok.account_access (account_id, customer_id, relation, document_id, valid_from, valid_to)
  values (p_account, p_customer, p_relation, p_document, p_valid_from, p_valid_to)
  returning id into made;
  return ibok.store_act(p_request, 'accounts.addAccess', input, jsonb_build_object('id', made::text));
end $$;
revoke execute on function api.add_account_access(bigint, bigint, text, bigint, date, date, uuid) from public;
grant execute on function api.add_account_access(bigint, bigint, text, bigint, date, date, uuid) to bok_clerk;

-- p_last_day: the last day of access, yesterday for "at once". One that had not begun by then is taken out whole.
create or replace function api.end_account_access(p_access bigint, p_last_day date, p_request uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_access, p_last_day);
  owner bigint;
  access ibok.account_access;
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'accounts.endAccess', input);
  if result is not null then return result; end if;
  -- The account first, as the erasure has it.
  select account_id into owner from ibok.account_access where id = p_access;
  if not found then raise exception 'no such access' using errcode = 'IB002'; end if;
  perform ibok.lock_account(owner, 'pending', 'active', 'blocked');
  select * into access from ibok.account_access where id = p_access for no key update;
  if not found then raise exception 'no such access' using errcode = 'IB002'; end if;
  if p_last_day is null or p_last_day < ibok.today() - 1 then raise exception 'lastDay' using errcode = 'IB004'; end if;
  if access.valid_to < ibok.today() then raise exception 'access has ended' using errcode = 'IB006'; end if;
  if p_last_day < access.valid_from then
    delete from ibok.account_access where id = p_access;
  else
    update ibok.account_access set valid_to = p_last_day where id = p_access;
  end if;
  return ibok.store_act(p_request, 'accounts.endAccess', input, jsonb_build_object('id', p_access::text));
end $$;
revoke execute on function api.end_account_access(bigint, date, uuid) from public;
grant execute on function api.end_account_access(bigint, date, uuid) to bok_clerk;

-- The moment a declaration counts from: now for today, noon of the day on a paper that came later.
create or replace function ibok.declared_at(p_on date) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when p_on = ibok.today() then now() else (p_on + time '12:00') at time zone 'Europe/Warsaw' end
$$;
revoke execute on function ibok.declared_at(date) from public;

-- Gives or revokes a consent. Nothing is overwritten: each giving is a row, with its end beside it. IB006 when it stands so
-- already. A day lies neither ahead nor before what it follows.
create or replace function ibok.set_account_consent(p_account bigint, p_kind text, p_given boolean, p_channel text, p_on date)
returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  moment timestamptz := ibok.declared_at(p_on);
  standing ibok.consents;
  last_end timestamptz;
begin
  if p_given is null or p_on is null or p_on > ibok.today() then raise exception 'on' using errcode = 'IB004'; end if;
  select * into standing from ibok.consents
   where account_id = p_account and kind = p_kind and revoked_at is null for no key update;
  if p_given then
    if found then raise exception 'consent stands' using errcode = 'IB006'; end if;
    select max(revoked_at) into last_end from ibok.consents where account_id = p_account and kind = p_kind;
    if moment < last_end then raise exception 'on' using errcode = 'IB004'; end if;
    insert into ibok.consents (account_id, kind, given_at, given_channel) values (p_account, p_kind, moment, p_channel);
  else
    if not found then raise exception 'no consent stands' using errcode = 'IB006'; end if;
    if moment < standing.given_at then raise exception 'on' using errcode = 'IB004'; end if;
    update ibok.consents set revoked_at = moment, revoked_channel = p_channel, revoked_by = session_user
     where id = standing.id;
  end if;
end $$;
revoke execute on function ibok.set_account_consent(bigint, text, boolean, text, date) from public;

create or replace function api.set_account_consent(
  p_account bigint, p_kind text, p_given boolean, p_channel text, p_on date, p_request uuid
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account, p_kind, p_given, p_channel, p_on);
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'accounts.setConsent', input);
  if result is not null then return result; end if;
  perform ibok.lock_account(p_account, 'pending', 'active', 'blocked');
  perform ibok.set_account_consent(p_account, p_kind, p_given, p_channel, p_on);
  return ibok.store_act(p_request, 'accounts.setConsent', input, jsonb_build_object('id', p_account::text));
end $$;
revoke execute on function api.set_account_consent(bigint, text, boolean, text, date, uuid) from public;
grant execute on function api.set_account_consent(bigint, text, boolean, text, date, uuid) to bok_clerk;

-- A version the holder accepted on paper. Once is enough: again it is refused with IB006. A version can be accepted before
-- it takes effect, once it was announced.
create or replace function ibok.accept_regulations(p_account bigint, p_version bigint, p_channel text, p_on date) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  version ibok.regulation_versions;
begin
  if p_on is null or p_on > ibok.today() then raise exception 'on' using errcode = 'IB004'; end if;
  select * into version from ibok.regulation_versions where id = p_version;
  if not found then raise exception 'no such version' using errcode = 'IB002'; end if;
  if version.announced_at is null and (version.effective_on > ibok.today() or not ibok.regulations_bind(version)) then
    raise exception 'version is not announced' using errcode = 'IB006';
  end if;
  if exists (select from ibok.regulation_acceptances where account_id = p_account and version_id = p_version) then
    raise exception 'version is accepted' using errcode = 'IB006';
  end if;
  insert into ibok.regulation_acceptances (account_id, version_id, accepted_at, channel)
  values (p_account, p_version, ibok.declared_at(p_on), p_channel);
end $$;
revoke execute on function ibok.accept_regulations(bigint, bigint, text, date) from public;

create or replace function api.record_acceptance(p_account bigint, p_version bigint, p_channel text, p_on date, p_request uuid)
returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_account, p_version, p_channel, p_on);
  result jsonb;
begin
  perform api.demand_role('bok_clerk');
  result := ibok.find_act(p_request, 'accounts.recordAcceptance', input);
  if result is not null then return result; end if;
  perform ibok.lock_account(p_account, 'pending', 'active', 'blocked');
  perform ibok.accept_regulations(p_account, p_version, p_channel, p_on);
  return ibok.store_act(p_request, 'accounts.recordAcceptance', input, jsonb_build_object('id', p_account::text));
end $$;
revoke execute on function api.record_acceptance(bigint, bigint, text, date, uuid) from public;
grant execute on function api.record_acceptance(bigint, bigint, text, date, uuid) to bok_clerk;
