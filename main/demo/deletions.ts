import type { Client } from 'pg';
import { actAs } from './acting';

/** Accounts nobody looks for in the demo office: the last ones of holders with a running contract. */
const ACCOUNTS = `
  select a.id, x.customer_id as customer
    from ibok.accounts a join ibok.account_access x on x.account_id = a.id and x.relation = 'holder'
   where a.status = 'active' and exists (
     select from ibok.contracts c where c.customer_id = x.customer_id and c.status = 'active' and c.valid_to is null)
   order by a.id desc limit 4`;

/**
 * Four requests for deletion as a day in the office has them: one from the portal that nobody has checked, one that waits
 * for a second person, one past its day that a legal hold stops, and one approved, which the worker carries out when it
 * starts. Made by the people and machines who would make them, under all triggers.
 *
 * @param client a superuser's, in the loader's transaction; the demo staff is there.
 */
export async function loadDeletions(client: Client): Promise<void> {
  const { rows: accounts } = await client.query<{ id: string; customer: string }>(ACCOUNTS);
  const [asked, waiting, held, approved] = accounts;
  if (!asked || !waiting || !held || !approved) return;
  await actAs(client, 'ibok_portal', 'select portal.request_deletion($1, $2)', [
    asked.id,
    'Przeprowadzam się, konto nie będzie mi potrzebne.',
  ]);
  await request(client, waiting.id, 1, 'Pismo z podpisem; wzór podpisu w umowie.');
  await request(client, held.id, 40, null);
  await client.query(`insert into ibok.legal_holds (customer_id, reason, placed_by) values ($1, $2, 's_iod')`, [
    held.customer,
    'Reklamacja w sądzie: spór o zużycie wody',
  ]);
  await request(client, approved.id, 3, null);
  // By hand: whoever was made a moment ago decides nothing, and here everybody was.
  await client.query(
    `with decided as (
       update ibok.approvals a set state = 'approved', decided_by = 's_barbara', decided_at = now()
         from ibok.deletion_requests q where q.approval_id = a.id and q.account_id = $1 returning q.id)
     update ibok.deletion_requests set status = 'approved' where id in (select id from decided)`,
    [approved.id],
  );
  // Their holders were told long ago.
  await client.query(
    `update ibok.outbox set state = 'sent', sent_at = now() where state = 'new' and key like 'deletion.received:%'`,
  );
}

/** A letter that came some days ago and was checked and forwarded at once. */
function request(client: Client, account: string, daysAgo: number, note: string | null): Promise<object[]> {
  return actAs(
    client,
    's_anna',
    `select api.request_deletion($1, 'letter', ibok.today() - $2::int, 'signature', $3, null)`,
    [account, daysAgo, note],
  );
}
