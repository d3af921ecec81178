-- The worker's half of the queue. A message is leased, handed to the mail server, and its end noted. Where the worker
-- died in between nobody knows whether the server took it (RFC 1047): such a message is `unsure` and waits for a person.

-- Leases due messages for five minutes and returns what they are made of, each to one worker. Leases that ran out first
-- become unsure: their worker did not come back.
create or replace function jobs.take_mails(p_limit integer)
returns table (id bigint, to_address text, subject text, body text, fields jsonb, secrets text[], message_id uuid, attachment_id bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
begin
  perform api.demand_role('ibok_worker');
  update ibok.outbox set state = 'unsure', lease_until = null, last_error = 'LEASE_RAN_OUT'
   where state = 'sending' and lease_until < clock_timestamp();
  return query
    with due as (
      select o.id from ibok.outbox o
       where o.state = 'new' and o.send_after <= clock_timestamp()
       order by o.send_after, o.id limit least(greatest(p_limit, 0), 200)
         for no key update skip locked
    ), taken as (
      update ibok.outbox o
         set state = 'sending', lease_until = clock_timestamp() + interval '5 minutes', attempts = o.attempts + 1
        from due where o.id = due.id
      returning o.id, o.to_address, o.template_id, o.fields, o.message_id, o.attachment_id, o.send_after
    )
    select t.id, t.to_address::text, m.subject::text, m.body::text, t.fields, k.secrets, t.message_id, t.attachment_id
      from taken t join ibok.templates m on m.id = t.template_id join ibok.template_keys k on k.key = m.key
     order by t.send_after, t.id;
end $$;
revoke execute on function jobs.take_mails(integer) from public;
grant execute on function jobs.take_mails(integer) to ibok_worker;

-- A lease is the worker's own note of what it is about to do, and no change of the message (schema.md, invariant 2): what
-- the trail keeps is what became of it. In place of the trigger of 20-audit.sql, with one argument more.
create or replace trigger audit_record after update or delete on ibok.outbox
  for each row execute function audit.record('id', 'record:record', '', 'attempts,lease_until', 'sending');

-- The token a leased message's link carries, made in the moment of sending, so that no table keeps it in clear. Only to
-- the address the account has at that moment: IB006 when it changed, or the account no longer waits for such a link.
create or replace function jobs.mail_secret(p_id bigint) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  mail record;
  holder ibok.accounts;
begin
  perform api.demand_role('ibok_worker');
  select o.to_address::text as address, substring(o.record from '^accounts:([0-9]+)$')::bigint as account, k.secrets[1] as secret
    into mail
    from ibok.outbox o join ibok.templates t on t.id = o.template_id join ibok.template_keys k on k.key = t.key
   where o.id = p_id and o.state = 'sending';
  if not found or mail.secret is null then raise exception 'no such message' using errcode = 'IB002'; end if;
  select * into holder from ibok.accounts where id = mail.account for update;
  if mail.secret = 'activation_link' and lower(holder.email::text) = lower(mail.address) then
    return ibok.issue_account_token(holder.id, 'activation');
  elsif mail.secret = 'confirmation_link' and lower(holder.new_email::text) = lower(mail.address) then
    return ibok.issue_account_token(holder.id, 'email', mail.address);
  end if;
  raise exception 'address has changed' using errcode = 'IB006';
end $$;
revoke execute on function jobs.mail_secret(bigint) from public;
grant execute on function jobs.mail_secret(bigint) to ibok_worker;

-- The file that goes with a leased message.
create or replace function jobs.mail_attachment(p_id bigint) returns table (file_name text, mime text, bytes bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  return query
    select v.file_name::text, v.mime, b.bytes
      from ibok.outbox o join ibok.document_versions v on v.id = o.attachment_id join ibok.blobs b on b.sha256 = v.sha256
     where o.id = p_id and o.state = 'sending';
end $$;
revoke execute on function jobs.mail_attachment(bigint) from public;
grant execute on function jobs.mail_attachment(bigint) to ibok_worker;

-- What stands under every message: the office as it is called today.
create or replace function jobs.mail_letterhead() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  return (select jsonb_build_object('name', name, 'lines', lines, 'phone', phone, 'email', email, 'website', website,
                   'registerLine', register_line)
            from ibok.letterheads where valid_from <= ibok.today() order by valid_from desc limit 1);
end $$;
revoke execute on function jobs.mail_letterhead() from public;
grant execute on function jobs.mail_letterhead() to ibok_worker;

-- The server accepted them. Also of a message that became unsure while its worker still waited for the answer.
create or replace function jobs.mail_sent(p_ids bigint[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('ibok_worker');
  update ibok.outbox set state = 'sent', sent_at = clock_timestamp(), lease_until = null, last_error = null
   where id = any (p_ids) and state in ('sending', 'unsure');
end $$;
revoke execute on function jobs.mail_sent(bigint[]) from public;
grant execute on function jobs.mail_sent(bigint[]) to ibok_worker;

-- It was not accepted, or nobody knows. p_outcome: refused (for good) | later (tried again after 1, 2, 4 … minutes, up
-- to 6 hours, as often as rule mail.attempts says) | down (the server could not be reached: costs no attempt) | unsure.
create or replace function jobs.mail_failed(p_id bigint, p_code text, p_outcome text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  most int := ibok.rule_number('mail.attempts', 8)::int;
begin
  perform api.demand_role('ibok_worker');
  if p_outcome in ('refused', 'later', 'down', 'unsure') is not true then raise exception 'outcome' using errcode = 'IB004'; end if;
  update ibok.outbox
     set state = case when p_outcome = 'unsure' then 'unsure'
                      when p_outcome = 'refused' or (p_outcome = 'later' and attempts >= most) then 'failed'
                      else 'new' end,
         attempts = case when p_outcome = 'down' then attempts - 1 else attempts end,
         send_after = case when p_outcome = 'later'
           then clock_timestamp() + least(interval '6 hours', interval '1 minute' * 2 ^ least(attempts - 1, 10))
           else send_after end,
         lease_until = null, last_error = p_code
   where id = p_id and state = 'sending';
end $$;
revoke execute on function jobs.mail_failed(bigint, text, text) from public;
grant execute on function jobs.mail_failed(bigint, text, text) to ibok_worker;
