/**
 * The portal's accounts of the demo office, set by set, in the order of their foreign keys. `n` numbers the holders; all
 * that differs between accounts follows from it, so that an office of the same customers and day has the same accounts.
 * Every active account has what invariant 4 asks for, and none belongs to somebody the worker would block at once.
 */

/** A fifth of the persons who have a contract: customer, login, when they applied and what became of it. */
export const HOLDERS = `
create temp table demo_holders on commit drop as
with chosen as (
  select row_number() over (order by c.id)::int as n, c.id as customer_id, c.customer_no, c.first_name, c.last_name, c.phone,
         split_part(ibok.fold(c.first_name), ' ', 1) || '.' || replace(ibok.fold(c.last_name), ' ', '-') as base
    from ibok.customers c
   where c.kind = 'person' and c.id % 4 = 0 and c.deceased_on is null and c.first_name <> '' and exists (
     select from ibok.contracts k where k.customer_id = c.id and k.status = 'active' and k.valid_to is null)
), named as (
  select *, base || coalesce(nullif(row_number() over (partition by base order by n), 1)::text, '') as login from chosen
), dated as (
  select *, date '2024-07-22' + (n::bigint * 7919 % greatest($1::date - date '2024-08-15', 1))::int as received_on from named
), days as (
  select received_on, ibok.add_working_days(received_on, 3) as due_from, ibok.add_working_days(received_on, 7) as due_to
    from (select distinct received_on from dated) as d
)
select h.*, d.due_from, d.due_to, h.login || '@example.com' as email,
       (d.due_from + time '10:20') at time zone 'Europe/Warsaw' as created_at,
       case when h.n % 50 in (7, 31) then 'pending' when h.n % 40 = 9 then 'blocked' else 'active' end as status,
       (array['breach', 'security', 'wish', 'failed_sign_ins'])[1 + h.n / 40 % 4] as block_reason,
       case h.n % 10 when 1 then 'paper' when 4 then 'paper' when 6 then 'post' when 8 then 'email' else 'web' end as channel
  from dated h join days d using (received_on)`;

/** `$1` the number of the version, `$2` its paper. */
export const ACCOUNTS: readonly { table: string; sql: string }[] = [
  {
    table: 'registrations',
    sql: `insert into ibok.registrations (id, channel, received_on, recorded_at, recorded_by, first_name, last_name, email, phone,
        relation, customer_no_given, customer_id, regulation_version_id, clauses, identity_method, identity_checked_by,
        identity_checked_at, original_place, due_from, due_to, status, decided_by, decided_at, account_id)
      overriding system value
      select n, channel, received_on, (received_on + time '08:40') at time zone 'Europe/Warsaw',
             case channel when 'web' then 'ibok_portal' else 's_anna' end, first_name, last_name, email, phone, 'holder',
             customer_no, customer_id, $1,
             case when n % 3 = 0 then '{regulations,privacy,truth}' else '{regulations,privacy,truth,e_invoice}' end::text[],
             case when n % 4 = 0 then 'pesel' else 'invoice' end, 's_anna', created_at, case when channel in ('paper', 'post') then 'BOK, szafa 2' end,
             due_from, due_to, 'approved', 's_anna', created_at, n
        from demo_holders`,
  },
  {
    table: 'accounts',
    sql: `insert into ibok.accounts (id, login, first_name, last_name, email, phone, status, registration_id, created_at, created_by,
        activated_at, block_reason)
      overriding system value
      select n, login, first_name, last_name, email, phone, status, n, created_at, 's_anna',
             case status when 'pending' then null else created_at + make_interval(mins => 30 + n * 37 % 4000) end,
             case status when 'blocked' then block_reason end
        from demo_holders`,
  },
  {
    table: 'account_tokens',
    // The last pending ones hold a link that is still good; nobody knows it.
    sql: `insert into ibok.account_tokens (account_id, kind, token_hash, issued_at, expires_at, used_at)
      select a.id, 'activation', sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), g.issued_at,
             g.issued_at + interval '72 hours', a.activated_at
        from ibok.accounts a cross join lateral (
          select case when a.status = 'pending' and a.id % 50 = 7 then now() - interval '5 hours' else a.created_at end as issued_at) g`,
  },
  {
    table: 'account_access',
    // Every 25th stands in for a neighbour of the list too, by a paper.
    sql: `insert into ibok.account_access (account_id, customer_id, relation, document_id, valid_from, valid_to)
      select n, customer_id, 'holder', null::bigint, due_from, null::date from demo_holders
      union all
      select h.n, o.customer_id, 'proxy', d.id, h.due_from + 20, case when h.n % 100 = 0 then h.due_from + 25 end
        from demo_holders h join demo_holders o on o.n = h.n + 1
        join ibok.documents d on d.owner_table = 'accounts' and d.owner_id = h.n
       order by 1, 5`,
  },
  {
    table: 'regulation_acceptances',
    sql: `insert into ibok.regulation_acceptances (account_id, version_id, accepted_at, channel)
      select n, $1, (received_on + time '08:40') at time zone 'Europe/Warsaw', channel from demo_holders`,
  },
  {
    table: 'consents',
    sql: `insert into ibok.consents (account_id, kind, given_at, given_channel, given_by, revoked_at, revoked_channel, revoked_by)
      select n, 'e_invoice', (received_on + time '08:40') at time zone 'Europe/Warsaw', channel, 's_anna',
             case when n % 17 = 1 then created_at + interval '9 days' end, case when n % 17 = 1 then 'web' end,
             case when n % 17 = 1 then 'ibok_portal' end
        from demo_holders where n % 3 <> 0`,
  },
  {
    table: 'account_sign_ins',
    sql: `insert into ibok.account_sign_ins (account_id, at, outcome, address, agent)
      select a.id, a.activated_at + (now() - a.activated_at) * turn / (2 + a.id % 4),
             case when a.block_reason = 'failed_sign_ins' or (a.id + turn) % 9 = 0 then 'wrong_password' else 'ok' end,
             ('203.0.113.' || 1 + a.id % 250)::inet, (array['Firefox 140', 'Chrome 141', 'Edge 141', 'Safari 19'])[1 + a.id % 4]
        from ibok.accounts a cross join lateral generate_series(1, (1 + a.id % 4)::int) as turn
       where a.activated_at is not null
       order by 2, 1`,
  },
  {
    table: 'account_blocks',
    // Those that stand, and some of before with their end.
    sql: `insert into ibok.account_blocks (account_id, reason, note, blocked_at, blocked_by, unblocked_at, unblocked_by, unblock_note)
      select id, block_reason, case block_reason when 'wish' then 'Prośba telefoniczna, tożsamość sprawdzona.' end,
             activated_at + (now() - activated_at) * 0.97,
             case block_reason when 'failed_sign_ins' then 'ibok_portal' else 's_anna' end, null, null, null
        from ibok.accounts where status = 'blocked'
      union all
      select id, 'security', 'Klient zgubił telefon.', activated_at + (now() - activated_at) * 0.3, 's_anna',
             activated_at + (now() - activated_at) * 0.3 + interval '1 day', 's_barbara', 'Klient odzyskał telefon.'
        from ibok.accounts where status = 'active' and id % 60 = 11
       order by 4, 1`,
  },
  {
    table: 'data_change_requests',
    // The newest dozen wait; of one of them the record has changed since.
    sql: `with asked as (
        select h.n, h.customer_id, c.phone, c.postal_city, row_number() over (order by h.n desc) as place
          from demo_holders h join ibok.customers c on c.id = h.customer_id where h.status = 'active' and h.n % 30 = 2)
      insert into ibok.data_change_requests (account_id, customer_id, requested_at, changes, status, accepted, decided_by, decided_at, note)
      select n, customer_id, now() - make_interval(hours => (5 + place * 19)::int),
             jsonb_build_object('phone', jsonb_build_array(case when place = 2 then '600 000 000' else phone end,
               '601 ' || lpad((n % 1000)::text, 3, '0') || ' ' || lpad((n * 7 % 1000)::text, 3, '0')))
             || case when n % 60 = 2 then jsonb_build_object('postal_city', jsonb_build_array(postal_city, 'Żukowo')) else '{}' end,
             case when place <= 12 then 'open' when n % 90 = 2 then 'rejected' else 'accepted' end,
             case when place <= 12 or n % 90 = 2 then '{}' when n % 60 = 2 then '{phone,postal_city}' else '{phone}' end::text[],
             case when place > 12 then 's_anna' end,
             case when place > 12 then now() - make_interval(hours => (place * 19)::int) end,
             case when place > 12 and n % 90 = 2 then 'Numer należy do innej osoby.' end
        from asked order by place desc`,
  },
];

/** Nobody can sign in with these: the passwords behind them were never typed. */
export const CREDENTIALS = `insert into ibok.account_credentials (account_id, password_hash, changed_at, failed_sign_ins)
  select id, '$scrypt$ln=15,r=8,p=1$' || encode(uuid_send(gen_random_uuid()), 'base64') || '$' || encode(uuid_send(gen_random_uuid()), 'base64'),
         activated_at, case block_reason when 'failed_sign_ins' then 10 else 0 end
    from ibok.accounts where activated_at is not null`;
