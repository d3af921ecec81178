-- Letters to many: begun over meters chosen in a list, drawn by the program, kept as one document. A run is all or nothing:
-- its messages go out and its letters count in the transaction that keeps the PDF, so that a cut or a cancel leaves no half.

-- What a run over these meters would come to: {"letters", "mails", "refused": {reason: number}}.
create or replace function api.preview_letter_run(p_ids bigint[], p_channel text, p_again boolean default false) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  if cardinality(p_ids) between 1 and 5000 is not true then raise exception 'ids' using errcode = 'IB004'; end if;
  return (
    with plan as (
      select channel, error, count(*) as number from ibok.plan_letter_run(p_ids, p_channel, p_again) group by 1, 2
    )
    select jsonb_build_object(
      'letters', coalesce(sum(number) filter (where channel = 'letter'), 0),
      'mails', coalesce(sum(number) filter (where channel = 'mail'), 0),
      'refused', coalesce(jsonb_object_agg(error, number) filter (where error is not null), '{}'))
      from plan);
end $$;
revoke execute on function api.preview_letter_run(bigint[], text, boolean) from public;
grant execute on function api.preview_letter_run(bigint[], text, boolean) to bok_clerk, bok_technician;

-- Begins a run over p_ids → {"runId"}. p_selection says what they were chosen by and makes the run the same run again;
-- p_channel: letter | mail_first.
create or replace function api.begin_letter_run(
  p_selection jsonb, p_ids bigint[], p_channel text, p_request uuid, p_again boolean default false
) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  input jsonb := jsonb_build_array(p_selection, p_channel, p_again);
  result jsonb;
  begun bigint;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  result := ibok.find_act(p_request, 'letterRuns.start', input);
  if result is not null then return result; end if;
  if cardinality(p_ids) between 1 and 5000 is not true then raise exception 'ids' using errcode = 'IB004'; end if;
  perform ibok.hold_letter_runs();
  insert into ibok.letter_runs (kind, channel, selection, total)
  select 'legalization_notice', p_channel, p_selection || jsonb_build_object('again', p_again), count(*)
    from ibok.meters where id = any (p_ids)
  returning id into begun;
  insert into ibok.letter_run_items (run_id, meter_id, place, customer_id, valid_until, channel, outcome, error)
  select begun, p.meter_id, p.place, p.customer_id, p.valid_until, p.channel,
         case when p.error is not null then 'refused' end, p.error
    from ibok.plan_letter_run(p_ids, p_channel, p_again, begun) as p;
  return ibok.store_act(p_request, 'letterRuns.start', input, jsonb_build_object('runId', begun::text));
end $$;
revoke execute on function api.begin_letter_run(jsonb, bigint[], text, uuid, boolean) from public;

-- Takes a run up that was cut off: nothing of it is kept or sent yet, so who gets a letter is decided anew.
create or replace function api.resume_letter_run(p_run bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  run ibok.letter_runs;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  perform ibok.hold_letter_runs();
  run := ibok.own_letter_run(p_run);
  if run.state <> 'running' then return jsonb_build_object('state', run.state); end if;
  update ibok.letter_run_items n
     set customer_id = p.customer_id, valid_until = p.valid_until, channel = p.channel,
         outcome = case when p.error is not null then 'refused' end, error = p.error
    from ibok.plan_letter_run(array(select meter_id from ibok.letter_run_items where run_id = p_run),
           run.channel, (run.selection ->> 'again')::boolean, p_run) as p
   where n.run_id = p_run and n.meter_id = p.meter_id;
  update ibok.letter_runs set seen_at = clock_timestamp() where id = p_run;
  return jsonb_build_object('state', 'running');
end $$;
revoke execute on function api.resume_letter_run(bigint) from public;

-- The next letters to draw, from place p_after on → {"state", "facts": what all share, "rows": [{"place", "meterId", "address",
-- "fields"}]}. Names and addresses of many: each call is written to the read log.
create or replace function api.letter_run_rows(p_run bigint, p_after integer, p_limit integer default 250) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  run ibok.letter_runs;
  reference text;
  text ibok.templates;
  rows jsonb;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  run := ibok.own_letter_run(p_run);
  if run.state <> 'running' then return jsonb_build_object('state', run.state, 'rows', '[]'::jsonb); end if;
  reference := format('IBOK/L-%s/%s', lpad(p_run::text, greatest(6, char_length(p_run::text)), '0'),
    extract(year from run.started_at at time zone 'Europe/Warsaw'));
  text := ibok.letter_template(run.kind);
  select coalesce(jsonb_agg(jsonb_build_object('place', n.place, 'meterId', n.meter_id::text,
           'address', ibok.notice_address(n.meter_id, n.customer_id),
           'fields', ibok.notice_fields(n.meter_id, n.customer_id, n.valid_until)) order by n.place), '[]') into rows
    from (select * from ibok.letter_run_items
           where run_id = p_run and channel = 'letter' and outcome is null and place > coalesce(p_after, 0)
           order by place limit least(greatest(coalesce(p_limit, 250), 1), 500)) as n;
  if rows <> '[]' then
    -- As ibok.log_read: a look whose transaction is rolled back leaves this line.
    raise log 'ibok letters: login=% run=% rows=%', session_user, p_run, jsonb_array_length(rows);
    perform ibok.log_many('letter_run', 'letter_run: ' || p_run, jsonb_array_length(rows));
  end if;
  update ibok.letter_runs set seen_at = clock_timestamp() where id = p_run;
  return jsonb_build_object('state', run.state, 'rows', rows, 'facts', jsonb_build_object(
    'reference', reference, 'today', ibok.today(),
    'madeAt', to_char(run.started_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'template', jsonb_build_object('subject', text.subject, 'body', text.body),
    'letterhead', ibok.letterhead_on(ibok.today())));
end $$;
revoke execute on function api.letter_run_rows(bigint, integer, integer) from public;

-- Keeps the drawn PDF and sends the messages → {"state"}. p_placed: [{"meterId", "page"} or {"meterId", "error"}], one for
-- every letter of the run; others than those were drawn is IB003. Without a letter there is no file. A run that has ended
-- meanwhile keeps nothing of this.
create or replace function api.finish_letter_run(p_run bigint, p_placed jsonb, p_upload uuid) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  run ibok.letter_runs;
  u ibok.uploads;
  document bigint;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  run := ibok.own_letter_run(p_run);
  if run.state <> 'running' then
    delete from ibok.uploads where id = p_upload and login = session_user;
    return jsonb_build_object('state', run.state);
  end if;
  if exists (
    select from (select meter_id from ibok.letter_run_items where run_id = p_run and channel = 'letter' and outcome is null) as wanted
      full join (select (d ->> 'meterId')::bigint as meter_id from jsonb_array_elements(p_placed) as d) as drawn using (meter_id)
     where wanted.meter_id is null or drawn.meter_id is null) then
    raise exception 'not the letters of this run' using errcode = 'IB003';
  end if;
  if exists (select from jsonb_array_elements(p_placed) as d where d ? 'page') <> (p_upload is not null) then
    raise exception 'file' using errcode = 'IB004';
  end if;
  -- All meters at once in the order of their ids: each of the updates would lock its own share of them.
  perform from ibok.meters m
    where m.id in (select meter_id from ibok.letter_run_items where run_id = p_run) order by m.id for no key update;
  perform ibok.mail_letter_run(p_run);
  update ibok.letter_run_items n
     set page = (d ->> 'page')::integer, outcome = case when d ? 'page' then 'made' else 'refused' end, error = d ->> 'error',
         channel = case when d ? 'page' then 'letter' end
    from jsonb_array_elements(p_placed) as d
   where n.run_id = p_run and n.meter_id = (d ->> 'meterId')::bigint;
  if p_upload is not null then
    u := ibok.own_upload(p_upload);
    if u.mime <> 'application/pdf' then raise exception 'file' using errcode = 'IB004'; end if;
    insert into ibok.documents (title, category, owner_table, owner_id, personal, retention_class)
    values ('Pisma o legalizacji nr ' || p_run, 'letter', 'letter_runs', p_run, true, 'contract') returning id into document;
    perform ibok.assemble_upload(u, document);
  end if;
  update ibok.letter_runs set state = 'done', finished_at = now(), document_id = document where id = p_run;
  return jsonb_build_object('state', 'done');
end $$;
revoke execute on function api.finish_letter_run(bigint, jsonb, uuid) from public;

-- Ends a run of which nothing is kept yet, so nothing was sent either. One that has ended stays as it is.
create or replace function api.cancel_letter_run(p_run bigint) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  run ibok.letter_runs;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  run := ibok.own_letter_run(p_run);
  if run.state = 'running' then
    update ibok.letter_runs set state = 'cancelled', finished_at = now() where id = p_run returning * into run;
  end if;
  return jsonb_build_object('state', run.state);
end $$;
revoke execute on function api.cancel_letter_run(bigint) from public;

-- The day the paper letters of a run were posted, null where that was said by mistake. Not before the run, not to come.
create or replace function api.mark_letter_run(p_run bigint, p_sent_on date) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  run ibok.letter_runs;
begin
  perform api.demand_role('bok_clerk', 'bok_technician');
  select * into run from ibok.letter_runs where id = p_run for no key update;
  if not found then raise exception 'no such run' using errcode = 'IB002'; end if;
  if run.document_id is null then raise exception 'no letters on paper' using errcode = 'IB006'; end if;
  if p_sent_on < (run.started_at at time zone 'Europe/Warsaw')::date or p_sent_on > ibok.today() then
    raise exception 'sent_on' using errcode = 'IB004', constraint = 'letter_runs_sent_on';
  end if;
  update ibok.letter_runs
     set sent_on = p_sent_on, sent_by = case when p_sent_on is not null then session_user end,
         printed_at = case when p_sent_on is not null then coalesce(printed_at, now()) else printed_at end
   where id = p_run;
end $$;
revoke execute on function api.mark_letter_run(bigint, date) from public;

grant execute on function
  api.begin_letter_run(jsonb, bigint[], text, uuid, boolean), api.resume_letter_run(bigint),
  api.letter_run_rows(bigint, integer, integer), api.finish_letter_run(bigint, jsonb, uuid),
  api.cancel_letter_run(bigint), api.mark_letter_run(bigint, date) to bok_clerk, bok_technician;
