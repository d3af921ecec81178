-- What holds for an account whoever writes: which states follow which, when it may become active (invariant 4), whose it
-- stays; and the acts that clerks, the worker and the portal share. Rights are asked for by the functions that call these.

-- What is missing before an account may be active: 'regulations' (the version of its application was not accepted),
-- 'clauses' (a mandatory one of the day the application was received is not agreed to), 'identity' (nobody recorded a
-- check), 'activation' (the holder has not set a password by a link). Empty: nothing.
create or replace function ibok.account_obstacles(p_account bigint) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array_remove(array[
    case when not exists (select from ibok.regulation_acceptances x
                           where x.account_id = a.id and x.version_id = r.regulation_version_id) then 'regulations' end,
    case when exists (select from ibok.clauses c
                       where c.mandatory and c.valid_from <= r.received_on
                         and (c.valid_to is null or c.valid_to >= r.received_on) and c.key <> all (r.clauses)) then 'clauses' end,
    case when r.identity_checked_at is null then 'identity' end,
    case when not exists (select from ibok.account_tokens t
                           where t.account_id = a.id and t.kind = 'activation' and t.used_at is not null) then 'activation' end
  ], null)
    from ibok.accounts a join ibok.registrations r on r.id = a.registration_id
   where a.id = p_account
$$;
revoke execute on function ibok.account_obstacles(bigint) from public;

-- Definer, so that it judges alike whoever writes.
create or replace function ibok.guard_account() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ways constant jsonb := '{"pending": ["active", "blocked", "deleting"], "active": ["blocked", "deleting"],
    "blocked": ["pending", "active", "deleting"], "deleting": ["deleted"], "deleted": []}';
  missing text[];
begin
  if tg_op = 'INSERT' then
    if new.status <> 'pending' then raise exception 'an account begins as pending' using errcode = 'IB006'; end if;
    return new;
  end if;
  -- An account is its applicant's until it is erased: an heir, or whoever comes next at a place, gets one of their own.
  if (new.registration_id, new.created_at, new.created_by) is distinct from (old.registration_id, old.created_at, old.created_by)
     or (new.status <> 'deleted'
         and (new.login, new.first_name, new.last_name) is distinct from (old.login, old.first_name, old.last_name)) then
    raise exception 'an account never goes to another person' using errcode = 'IB006';
  end if;
  if new.status = old.status then
    if new.status = 'deleted' and new is distinct from old then
      raise exception 'account is deleted' using errcode = 'IB006';
    end if;
    return new;
  end if;
  if not ways -> old.status ? new.status and not (old.status = 'deleting' and new.status = old.status_before) then
    raise exception 'account cannot go from % to %', old.status, new.status using errcode = 'IB006';
  end if;
  if new.status = 'active' then
    missing := ibok.account_obstacles(new.id);
    if missing <> '{}' then
      raise exception 'account cannot be active without %', array_to_string(missing, ', ') using errcode = 'IB006';
    end if;
  end if;
  if new.status = 'blocked' and not exists (
    select from ibok.account_blocks b
     where b.account_id = new.id and b.unblocked_at is null and b.reason = new.block_reason) then
    raise exception 'account is not blocked without a reason' using errcode = 'IB006';
  end if;
  if new.status in ('pending', 'active') and (new.block_reason is not null or exists (
    select from ibok.account_blocks b where b.account_id = new.id and b.unblocked_at is null)) then
    raise exception 'account is still blocked' using errcode = 'IB006';
  end if;
  return new;
end $$;
revoke execute on function ibok.guard_account() from public;

create or replace trigger accounts_guarded before insert or update on ibok.accounts
  for each row execute function ibok.guard_account();

-- The account, locked, in one of the states named. IB002 without one, IB006 in another state.
create or replace function ibok.lock_account(p_account bigint, variadic p_states text[]) returns ibok.accounts
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  account ibok.accounts;
begin
  select * into account from ibok.accounts where id = p_account for no key update;
  if not found then raise exception 'no such account' using errcode = 'IB002'; end if;
  if account.status <> all (p_states) then raise exception 'account is %', account.status using errcode = 'IB006'; end if;
  return account;
end $$;
revoke execute on function ibok.lock_account(bigint, text[]) from public;

-- A one-time token in clear, 64 hexadecimal characters: made in the moment of sending, known to the mail alone. Its
-- SHA-256 stays; earlier ones of the kind that nobody used are revoked. p_kind: activation (the rule
-- account.activation_hours, 72) or email (account.email_hours, 24; for the address that waits).
-- IB004 unknown kind, IB006 when the account is blocked or leaving, or waits for another address.
create or replace function ibok.issue_account_token(p_account bigint, p_kind text, p_email text default null) returns text
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  account ibok.accounts := ibok.lock_account(p_account, 'pending', 'active');
  hours numeric;
  -- Three times 122 random bits of the server, spread evenly over 256.
  token text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
begin
  case p_kind
    when 'activation' then hours := ibok.rule_number('account.activation_hours', 72);
    when 'email' then
      hours := ibok.rule_number('account.email_hours', 24);
      if account.new_email is null or lower(account.new_email::text) <> lower(coalesce(p_email, account.new_email::text)) then
        raise exception 'no such address waits' using errcode = 'IB006';
      end if;
    else raise exception 'kind' using errcode = 'IB004';
  end case;
  update ibok.account_tokens set revoked_at = now()
   where account_id = p_account and kind = p_kind and used_at is null and revoked_at is null;
  insert into ibok.account_tokens (account_id, kind, token_hash, email, expires_at)
  values (p_account, p_kind, sha256(convert_to(token, 'UTF8')), case p_kind when 'email' then account.new_email end,
          now() + make_interval(mins => (hours * 60)::int));
  return token;
end $$;
revoke execute on function ibok.issue_account_token(bigint, text, text) from public;

-- Out at once: sessions of the portal end, links not used are void, mails that would bring a new link are not sent, and an
-- address that waits for its confirmation is dropped.
create or replace function ibok.revoke_account_access(p_account bigint) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update ibok.account_sessions set ended_at = now() where account_id = p_account and ended_at is null;
  update ibok.account_tokens set revoked_at = now() where account_id = p_account and used_at is null and revoked_at is null;
  update ibok.outbox o set state = 'cancelled'
    from ibok.templates t join ibok.template_keys k on k.key = t.key
   where t.id = o.template_id and o.record = 'accounts:' || p_account and o.state in ('new', 'held') and k.secrets <> '{}';
  update ibok.accounts set new_email = null where id = p_account and new_email is not null;
end $$;
revoke execute on function ibok.revoke_account_access(bigint) from public;

-- A mail to an account's holder about what happened to it. p_event makes the key unique: one mail for one event.
create or replace function ibok.tell_account(p_account ibok.accounts, p_template text, p_event text, p_fields jsonb default '{}')
returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.enqueue_mail(p_template || ':' || p_event, p_account.email::text, p_template,
    jsonb_build_object('first_name', p_account.first_name, 'last_name', p_account.last_name) || p_fields,
    'accounts:' || p_account.id);
end $$;
revoke execute on function ibok.tell_account(ibok.accounts, text, text, jsonb) from public;

-- Asks for a mail with a new link. The link itself is made when the mail goes out.
create or replace function ibok.send_activation(p_account ibok.accounts, p_event text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform ibok.tell_account(p_account, 'account.activation', p_event, jsonb_build_object(
    'login', p_account.login, 'hours', round(ibok.rule_number('account.activation_hours', 72))::text));
end $$;
revoke execute on function ibok.send_activation(ibok.accounts, text) from public;

-- A block's reason as the mail to the holder says it.
create or replace function ibok.block_reason_words(p_reason text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_reason
    when 'breach' then 'naruszenie Regulaminu IBOK'
    when 'security' then 'względy bezpieczeństwa'
    when 'wish' then 'prośba właściciela konta'
    when 'death' then 'śmierć właściciela konta'
    when 'contract_end' then 'zakończenie umowy'
    when 'failed_sign_ins' then 'zbyt wiele nieudanych prób logowania'
  end
$$;
revoke execute on function ibok.block_reason_words(text) from public;

-- Why an account has to go: 'death' of a customer who is its holder, 'contract_end' when none of its holder's customers
-- has a contract any more (and one had); null while neither is so. A customer without any contract on record has not
-- ended one. A contract without a last day holds by its state, one with a last day until the end of that day.
create or replace function ibok.account_end(p_account bigint) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when bool_or(c.deceased_on <= ibok.today()) then 'death'
              when bool_or(k.had) and not bool_or(k.has) then 'contract_end' end
    from ibok.account_access x
    join ibok.customers c on c.id = x.customer_id
    cross join lateral (
      select count(*) > 0 as had,
             coalesce(bool_or(case when n.valid_to is null then n.status in ('draft', 'active') else n.valid_to >= ibok.today() end),
                      false) as has
        from ibok.contracts n where n.customer_id = x.customer_id) as k
   where x.account_id = p_account and x.relation = 'holder'
     and x.valid_from <= ibok.today() and (x.valid_to is null or x.valid_to >= ibok.today())
$$;
revoke execute on function ibok.account_end(bigint) from public;

-- Blocks a pending or active account. Death and the end of the contract open the deletion as well. Nobody writes to the
-- dead.
create or replace function ibok.block_account(p_account bigint, p_reason text, p_note text default null) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  account ibok.accounts := ibok.lock_account(p_account, 'pending', 'active');
  block bigint;
begin
  if ibok.block_reason_words(p_reason) is null then raise exception 'reason' using errcode = 'IB004'; end if;
  insert into ibok.account_blocks (account_id, reason, note) values (p_account, p_reason, nullif(btrim(p_note), ''))
  returning id into block;
  update ibok.accounts set status = 'blocked', block_reason = p_reason where id = p_account;
  perform ibok.revoke_account_access(p_account);
  if p_reason <> 'death' then
    perform ibok.tell_account(account, 'account.blocked', 'block' || block,
      jsonb_build_object('reason', ibok.block_reason_words(p_reason)));
  end if;
  if p_reason in ('death', 'contract_end') then
    perform ibok.open_deletion(p_account, p_reason, ibok.today(), nullif(btrim(p_note), ''));
  end if;
end $$;
revoke execute on function ibok.block_account(bigint, text, text) from public;

-- Gives a blocked account back: active when nothing is missing, else pending with a new link, for the block took the old one.
-- IB006 while its holder is dead or has no contract: the worker would block it again the same day.
create or replace function ibok.unblock_account(p_account bigint, p_note text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  account ibok.accounts := ibok.lock_account(p_account, 'blocked');
  block bigint;
begin
  if ibok.account_end(p_account) is not null then
    raise exception 'the cause of the block stands' using errcode = 'IB006', constraint = 'accounts_ended';
  end if;
  update ibok.account_blocks set unblocked_at = now(), unblocked_by = session_user, unblock_note = nullif(btrim(p_note), '')
   where account_id = p_account and unblocked_at is null
  returning id into block;
  update ibok.account_credentials set failed_sign_ins = 0 where account_id = p_account and failed_sign_ins > 0;
  update ibok.accounts
     set block_reason = null,
         status = case when activated_at is not null and ibok.account_obstacles(id) = '{}' then 'active' else 'pending' end
   where id = p_account
  returning * into account;
  if account.status = 'active' then
    perform ibok.tell_account(account, 'account.unblocked', 'block' || block, '{"reason": "ustała przyczyna blokady"}');
  else
    perform ibok.send_activation(account, 'block' || block);
  end if;
end $$;
revoke execute on function ibok.unblock_account(bigint, text) from public;
