import type { Client as Api } from '../support/desk';
import { type Figure, inTurns, measure } from './measure';
import { asClerk, type BenchOffice, DESKS } from './office';

const APPLICATIONS = 100_000;
const CALLS = 200;
const PAGE = 50;
const GOAL = { p95: 30 };
const OPEN = { status: { is: 'oneOf' as const, values: ['new', 'incomplete'] } };
/** What the applications of this part bear, so that a kept office is given them once. */
const MARK = 'Kolejkowski';

/** The queue of applications: 100,000 of them wait, each lacking something, and the first page is asked for. */
export async function registrations(office: BenchOffice, apis: readonly Api[]): Promise<Figure[]> {
  await plantQueue(office);
  const page = (desk: number, key: 'dueTo' | 'receivedOn', filters = {}) =>
    (apis[desk % apis.length] as Api).registrations.list.query({
      question: { filters, sort: { key, descending: false } },
      cursor: null,
      limit: PAGE,
    });
  const bare = await asClerk(office);
  // The columns of the page without what each application lacks, which is worked out row by row.
  const sql = `select r.id, r.first_name, r.last_name, r.channel, r.received_on, r.due_to, r.status, c.customer_no, c.display_name
     from ibok.registrations r left join ibok.customer_search c on c.customer_id = r.customer_id
    where r.status in ('new', 'incomplete') order by r.due_to, r.id limit $1`;
  const figures = await inTurns(CALLS, [
    { what: 'queue of 100,000 applications: first page of 50', call: () => page(0, 'dueTo', OPEN), goal: GOAL },
    { what: 'bare SQL: first page of the queue', call: () => bare.query(sql, [PAGE + 1]) },
  ]);
  await bare.end();
  figures.push(
    await measure('all applications by day received: first page', 1, CALLS, () => page(0, 'receivedOn'), GOAL),
    await measure('queue: first page', DESKS, CALLS, (desk) => page(desk, 'dueTo', OPEN)),
  );
  return figures;
}

/** Writes the queue as the owner; the trigger settles what each lacks and when it is due. */
async function plantQueue({ superuser }: BenchOffice): Promise<void> {
  const { rows } = await superuser.query<{ there: boolean }>(
    'select exists (select from ibok.registrations where last_name = $1) as there',
    [MARK],
  );
  if (rows[0]?.there) return;
  // No audit rows of a queue nobody applied for.
  await superuser.query('set session_replication_role = replica');
  await superuser.query(
    `insert into ibok.registrations (channel, received_on, first_name, last_name, email, relation, customer_id, clauses,
       due_from, due_to, status)
     select (array['web', 'paper', 'post', 'email'])[1 + n % 4], ibok.today() - n % 12, 'Jan', $1,
            'jan.' || n || '@example.com', 'holder', c.ids[1 + n % array_length(c.ids, 1)], '{regulations,privacy,truth}',
            ibok.today() + n % 12 - 8, ibok.today() + n % 12 - 4, 'incomplete'
       from generate_series(1, $2::int) as n, (select array_agg(id) as ids from ibok.customers) as c`,
    [MARK, APPLICATIONS],
  );
  await superuser.query('set session_replication_role = origin');
  await superuser.query('analyze ibok.registrations');
}
