-- Versions of the regulations: kept with their PDF, announced to each account one by one in time, accepted anew. A change
-- binds whoever was told of it beforehand and did not leave (facts 1.6.4); hence the notice of rule regulations.notice_days.

-- The first day a version announced today may take effect on.
create or replace function ibok.earliest_effective_on() returns date
language sql stable set search_path = pg_catalog, pg_temp as $$
  select ibok.today() + ibok.rule_number('regulations.notice_days', 14)::int
$$;
revoke execute on function ibok.earliest_effective_on() from public;

-- IB006 for a day too near for everybody to be told in time. Where there is no account, nobody has to be.
create or replace function ibok.check_notice(p_effective_on date) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if p_effective_on < ibok.earliest_effective_on()
     and exists (select from ibok.accounts where status in ('pending', 'active', 'blocked')) then
    raise exception 'too near' using errcode = 'IB006', constraint = 'regulation_versions_notice';
  end if;
end $$;
revoke execute on function ibok.check_notice(date) from public;

-- The version, locked. IB002 without one.
create or replace function ibok.lock_regulations(p_version bigint) returns ibok.regulation_versions
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v ibok.regulation_versions;
begin
  select * into v from ibok.regulation_versions where id = p_version for no key update;
  if not found then raise exception 'no such version' using errcode = 'IB002'; end if;
  return v;
end $$;
revoke execute on function ibok.lock_regulations(bigint) from public;

-- A version with its PDF → {"id"}.
create or replace function api.add_regulation_version(
  p_label text, p_effective_on date, p_summary text, p_upload uuid, p_request uuid default null
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_label, p_effective_on, p_summary, p_upload);
  result jsonb;
  u ibok.uploads;
  version bigint;
  document bigint;
begin
  perform api.demand_role('bok_supervisor', 'bok_admin');
  result := ibok.find_act(p_request, 'regulations.add', input);
  if result is not null then return result; end if;
  if p_effective_on is null then raise exception 'effective_on' using errcode = 'IB004'; end if;
  if nullif(btrim(p_summary), '') is null then raise exception 'summary' using errcode = 'IB004'; end if;
  perform ibok.check_notice(p_effective_on);
  u := ibok.own_upload(p_upload);
  if u.mime <> 'application/pdf' then raise exception 'file' using errcode = 'IB004'; end if;
  insert into ibok.regulation_versions (label, effective_on, summary) values (btrim(p_label), p_effective_on, btrim(p_summary))
  returning id into version;
  insert into ibok.documents (title, category, owner_table, owner_id, personal, retention_class)
  values ('Regulamin IBOK ' || btrim(p_label), 'regulations', 'regulation_versions', version, false, 'permanent')
  returning id into document;
  perform ibok.assemble_upload(u, document);
  update ibok.regulation_versions set document_id = document where id = version;
  return ibok.store_act(p_request, 'regulations.add', input, jsonb_build_object('id', version::text));
end $$;
revoke execute on function api.add_regulation_version(text, date, text, uuid, uuid) from public;
grant execute on function api.add_regulation_version(text, date, text, uuid, uuid) to bok_supervisor, bok_admin;

-- Another day for a version nobody was told of yet, so that a day that came too near, or passed, can be put right.
create or replace function api.move_regulation_version(p_version bigint, p_effective_on date, p_request uuid default null) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_version, p_effective_on);
  result jsonb;
  v ibok.regulation_versions;
begin
  perform api.demand_role('bok_supervisor', 'bok_admin');
  result := ibok.find_act(p_request, 'regulations.move', input);
  if result is not null then return result; end if;
  if p_effective_on is null then raise exception 'effective_on' using errcode = 'IB004'; end if;
  v := ibok.lock_regulations(p_version);
  if v.announced_at is not null or v.effective_on <= ibok.today() and ibok.regulations_bind(v) then
    raise exception 'announced or in force' using errcode = 'IB006', constraint = 'regulation_versions_fixed';
  end if;
  perform ibok.check_notice(p_effective_on);
  update ibok.regulation_versions set effective_on = p_effective_on where id = p_version;
  return ibok.store_act(p_request, 'regulations.move', input, jsonb_build_object('id', p_version::text));
end $$;
revoke execute on function api.move_regulation_version(bigint, date, uuid) from public;
grant execute on function api.move_regulation_version(bigint, date, uuid) to bok_supervisor, bok_admin;

-- Accounts that have to be told of a version and were not.
create or replace function ibok.accounts_to_notify(p_version bigint) returns setof ibok.accounts
language sql stable set search_path = pg_catalog, pg_temp as $$
  select a.* from ibok.accounts a
   where a.status in ('active', 'pending')
     and not exists (select from ibok.regulation_notices n where n.version_id = p_version and n.account_id = a.id)
$$;
revoke execute on function ibok.accounts_to_notify(bigint) from public;

-- Tells the next accounts of a version, each by a mail of its own with the text attached → {"done": told now, "left": to be
-- told}. Called until nothing is left, and again after a crash: version and account together are told once. IB006 when the
-- day has come too near: whoever was not told then is shown as such.
create or replace function api.announce_regulations(p_version bigint, p_limit integer default 500) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v ibok.regulation_versions;
  file bigint;
  account ibok.accounts;
  told int := 0;
begin
  perform api.demand_role('bok_supervisor', 'bok_admin');
  v := ibok.lock_regulations(p_version);
  select max(id) into file from ibok.document_versions where document_id = v.document_id;
  if file is null then raise exception 'no text' using errcode = 'IB006', constraint = 'regulation_versions_text'; end if;
  perform ibok.check_notice(v.effective_on);
  if v.announced_at is null then
    update ibok.regulation_versions set announced_at = now(), announced_by = session_user where id = p_version;
  end if;
  for account in
    select * from ibok.accounts_to_notify(p_version) order by id limit least(greatest(coalesce(p_limit, 500), 1), 1000)
  loop
    insert into ibok.regulation_notices (version_id, account_id, outbox_id)
    values (p_version, account.id, ibok.enqueue_mail(
      format('regulations.announcement:%s:%s', p_version, account.id), account.email::text, 'regulations.announcement',
      jsonb_build_object('first_name', account.first_name, 'last_name', account.last_name, 'label', v.label,
        'effective_on', v.effective_on, 'summary', coalesce(v.summary, '')),
      'accounts:' || account.id, file));
    told := told + 1;
  end loop;
  return jsonb_build_object('done', told, 'left', (select count(*) from ibok.accounts_to_notify(p_version)));
end $$;
revoke execute on function api.announce_regulations(bigint, integer) from public;
grant execute on function api.announce_regulations(bigint, integer) to bok_supervisor, bok_admin;

-- The mail that counts for a notice: the last time it was sent again, if it was.
create or replace function ibok.latest_mail(p_outbox bigint) returns ibok.outbox
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive chain as (
    select o.* from ibok.outbox o where o.id = p_outbox
    union all
    select o.* from chain c join ibok.outbox o on o.resends_id = c.id
  )
  select * from chain order by id desc limit 1
$$;
revoke execute on function ibok.latest_mail(bigint) from public;

-- All versions, newest first, with what the office asks of each: {id, label, effectiveOn, summary, recordedAt,
-- recordedByName, announcedAt, announcedByName, file {versionId, fileName, size} | null, inForce, binds (from its day on),
-- accounts (in use), accepted (of those), told, waiting, undelivered, left}. Numbers only: whom they mean, api.regulation_accounts says.
create or replace function api.list_regulations() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  answer jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  select jsonb_build_object('today', ibok.today(), 'earliest', ibok.earliest_effective_on(), 'versions',
      coalesce(jsonb_agg(row.version order by row.effective_on desc), '[]'))
    into answer
    from (
      select v.effective_on, jsonb_build_object(
        'id', v.id::text, 'label', v.label, 'effectiveOn', v.effective_on, 'summary', v.summary,
        'recordedAt', v.recorded_at,
        'recordedByName', (select display_name from ibok.staff_members where login = v.recorded_by),
        'announcedAt', v.announced_at,
        'announcedByName', (select display_name from ibok.staff_members where login = v.announced_by),
        'file', (select jsonb_build_object('versionId', f.id::text, 'fileName', f.file_name, 'size', f.size)
                   from ibok.document_versions f where f.document_id = v.document_id order by f.version_no desc limit 1),
        'inForce', v.id is not distinct from ibok.regulations_on(ibok.today()), 'binds', ibok.regulations_bind(v),
        'accounts', (select count(*) from ibok.accounts where status in ('pending', 'active', 'blocked')),
        'accepted', (select count(*) from ibok.regulation_acceptances x join ibok.accounts a on a.id = x.account_id
                      where x.version_id = v.id and a.status in ('pending', 'active', 'blocked')),
        'told', told.sent, 'waiting', told.waiting, 'undelivered', told.undelivered,
        'left', case when v.effective_on > ibok.today() then (select count(*) from ibok.accounts_to_notify(v.id)) else 0 end
      ) as version
      from ibok.regulation_versions v
      cross join lateral (
        select count(*) filter (where m.state = 'sent') as sent,
               count(*) filter (where m.state in ('new', 'held', 'sending')) as waiting,
               count(*) filter (where m.state in ('failed', 'unsure', 'cancelled') and a.status in ('pending', 'active', 'blocked'))
                 as undelivered
          from ibok.regulation_notices n join ibok.accounts a on a.id = n.account_id
          cross join lateral ibok.latest_mail(n.outbox_id) as m
         where n.version_id = v.id) as told
    ) as row;
  return answer;
end $$;
revoke execute on function api.list_regulations() from public;
grant execute on function api.list_regulations() to bok_clerk, bok_technician, bok_admin, bok_dpo;

-- The accounts behind a number, at most 1,000: p_which 'undelivered' (told, but the mail did not arrive: `state` is the
-- mail's, `mailId` what to send again), 'left' (not told yet) or 'missing' (not accepted).
create or replace function api.regulation_accounts(p_version bigint, p_which text)
returns table (account_id bigint, login text, name text, status text, mail_state text, mail_id bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform api.demand_role('bok_clerk', 'bok_dpo');
  if p_which in ('undelivered', 'left', 'missing') is not true then raise exception 'which' using errcode = 'IB004'; end if;
  if not exists (select from ibok.regulation_versions where id = p_version) then
    raise exception 'no such version' using errcode = 'IB002';
  end if;
  return query
    select a.id, a.login, concat_ws(' ', a.last_name, a.first_name), a.status, m.state, m.id
      from ibok.accounts a
      left join ibok.regulation_notices n on n.version_id = p_version and n.account_id = a.id
      left join lateral ibok.latest_mail(n.outbox_id) as m on n.outbox_id is not null
     where a.status in ('pending', 'active', 'blocked')
       and case p_which
         when 'undelivered' then m.state in ('failed', 'unsure', 'cancelled')
         when 'left' then n.account_id is null and a.status <> 'blocked'
         else not exists (select from ibok.regulation_acceptances x where x.version_id = p_version and x.account_id = a.id) end
     order by a.last_name collate "pl-PL-x-icu", a.first_name collate "pl-PL-x-icu", a.id
     limit 1000;
end $$;
revoke execute on function api.regulation_accounts(bigint, text) from public;
grant execute on function api.regulation_accounts(bigint, text) to bok_clerk, bok_dpo;

-- A slice of a version's PDF, as api.read_document; a text that everybody in the office, and every customer, may read.
create or replace function api.read_regulations(p_version bigint, p_offset integer, p_length integer) returns bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  slice bytea;
begin
  perform api.demand_role('bok_clerk', 'bok_technician', 'bok_admin', 'bok_dpo');
  if p_offset is null or p_offset < 0 or p_length is null or p_length not between 1 and 1048576 then
    raise exception 'slice' using errcode = 'IB004';
  end if;
  select substring(b.bytes from p_offset + 1 for p_length) into slice
    from ibok.regulation_versions r
    join ibok.document_versions f on f.document_id = r.document_id
    join ibok.blobs b on b.sha256 = f.sha256
   where r.id = p_version order by f.version_no desc limit 1;
  if not found then raise exception 'no such text' using errcode = 'IB002'; end if;
  return slice;
end $$;
revoke execute on function api.read_regulations(bigint, integer, integer) from public;
grant execute on function api.read_regulations(bigint, integer, integer) to bok_clerk, bok_technician, bok_admin, bok_dpo;
