import type { Client } from 'pg';

/**
 * Applications that wait in the demo office: every way they come, everything they can lack, due from long ago to next week.
 * Written under all triggers, which find what each lacks and when it is due. `c` is a customer without an account.
 */
const OPEN = `
with people as (
  select row_number() over (order by c.id)::int as n, c.*
    from ibok.customers c
   where c.kind = 'person' and c.id % 4 = 1 and c.deceased_on is null and c.first_name <> '' and exists (
     select from ibok.contracts k where k.customer_id = c.id and k.status = 'active' and k.valid_to is null)
   order by c.id limit 25
), asked as (
  select *, (array['web', 'web', 'paper', 'email', 'post'])[1 + n % 5] as channel, ibok.today() - (n * 13 % 11) as received_on
    from people
)
insert into ibok.registrations (channel, received_on, recorded_at, recorded_by, first_name, last_name, email, phone, relation,
    customer_no_given, customer_id, regulation_version_id, clauses, identity_method, identity_checked_by, identity_checked_at,
    original_place, note, due_from, due_to)
select channel, received_on, (received_on + time '09:10') at time zone 'Europe/Warsaw',
       case channel when 'web' then 'ibok_portal' else 's_anna' end,
       first_name, case when n % 8 = 3 then 'Nowak-' || last_name else last_name end,
       case when channel in ('paper', 'post') and n % 3 = 0 then null else
         split_part(ibok.fold(first_name), ' ', 1) || '.' || replace(ibok.fold(last_name), ' ', '-') || '.w@example.com' end,
       phone, case n % 8 when 3 then 'proxy' when 6 then 'manager' else 'holder' end,
       case when n % 9 = 5 then '999' || n else customer_no end, case when n % 9 = 5 then null else id end,
       case when n % 7 = 4 then null else (select ibok.regulations_on(received_on)) end,
       case when n % 7 = 4 then '{privacy,truth}' when n % 6 = 1 then '{regulations,privacy,truth}'
            else '{regulations,privacy,truth,e_invoice}' end::text[],
       case when n % 4 = 2 and n % 9 <> 5 then 'invoice' end, case when n % 4 = 2 and n % 9 <> 5 then 's_anna' end,
       case when n % 4 = 2 and n % 9 <> 5 then now() end,
       case when channel in ('paper', 'post') and n % 7 <> 5 then 'BOK, segregator „Wnioski”' end,
       case when n % 9 = 5 then 'Klient podał numer, którego nie ma w kartotece.' end, received_on, received_on
  from asked order by received_on, n`;

/** The applications that wait. */
export async function loadApplications(client: Client): Promise<void> {
  await client.query(OPEN);
}
