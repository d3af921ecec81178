import type { Client as Connection } from 'pg';
import { createStaffLogin } from '../../main/db/staff-login';
import { registerTestKind, requestOf } from '../support/approvals';
import { type Client as Api, openDesk, refusalOf } from '../support/desk';
import { round, type Value } from './measure';
import { type BenchOffice, connectAs, DATABASE } from './office';

const PERSONS = 8;
const REQUESTS = 1_000;

/**
 * A thousand requests, an eighth of them by each of eight persons who then all go through all of them at once, each from
 * another place on. Counted in the database: how often each was decided and done, and by whom.
 */
export async function approvals(office: BenchOffice): Promise<Value[]> {
  const { superuser, server, password } = office;
  await registerTestKind(superuser);
  const logins = Array.from({ length: PERSONS }, (_, place) => `s_benchtwo${place + 1}`);
  for (const login of logins) {
    await createStaffLogin(superuser, {
      login,
      displayName: login,
      group: 'bok_supervisor',
      password,
      mustChange: false,
    });
  }
  const ids = await ask(office, logins);
  const desk = openDesk({ host: server.host, port: server.port, database: DATABASE, embedded: true });
  try {
    const persons = await Promise.all(logins.map((login) => desk.window(login).signIn(login, password)));
    const begun = performance.now();
    const own = await Promise.all(persons.map((api, place) => goThrough(api, ids, (place * REQUESTS) / PERSONS)));
    const seconds = (performance.now() - begun) / 1000;
    const counted = await outcome(superuser, ids);
    const what = `${REQUESTS} approvals by ${PERSONS} persons at once`;
    return [
      { what: `${what}, ${PERSONS * REQUESTS} tries`, value: round(seconds), unit: 's' },
      {
        what: `${what}: not decided and done exactly once`,
        value: REQUESTS - counted.once,
        unit: 'approvals',
        goal: 0,
      },
      { what: `${what}: decided by the requester`, value: counted.own, unit: 'approvals', goal: 0 },
      {
        what: `${what}: own requests not refused`,
        value: REQUESTS - own.reduce((sum, refused) => sum + refused, 0),
        unit: 'tries',
        goal: 0,
      },
    ];
  } finally {
    await desk.close();
  }
}

/** Each person's share of the requests, about premises of the office. */
async function ask(office: BenchOffice, logins: readonly string[]): Promise<string[]> {
  const { rows } = await office.superuser.query<{ id: string }>('select id from ibok.premises order by id limit $1', [
    REQUESTS,
  ]);
  if (rows.length < REQUESTS) throw new Error('the office has too few premises');
  const shares = await Promise.all(
    logins.map(async (login, place) => {
      const connection = await connectAs(office, login);
      const asked: string[] = [];
      for (let at = place; at < REQUESTS; at += PERSONS) asked.push(await requestOf(connection, rows[at]?.id ?? ''));
      await connection.end();
      return asked;
    }),
  );
  return shares.flat();
}

/** Tries to approve every request, from one place on; answers how many were refused as one's own. */
async function goThrough(api: Api, ids: readonly string[], from: number): Promise<number> {
  let refused = 0;
  for (const id of [...ids.slice(from), ...ids.slice(0, from)]) {
    const decision = api.approvals.decide.mutate({ id, requestId: crypto.randomUUID(), approve: true, note: null });
    const why = await decision.then(
      () => null,
      (error: unknown) => refusalOf(Promise.reject(error)),
    );
    if (why && why.code !== 'SECOND_PERSON_REQUIRED') throw new Error(`a decision was refused: ${why.code}`);
    if (why) refused += 1;
  }
  return refused;
}

async function outcome(superuser: Connection, ids: readonly string[]): Promise<{ once: number; own: number }> {
  const { rows } = await superuser.query<{ once: number; own: number }>(
    `select count(*) filter (where a.state = 'executed' and done.times = 1 and decided.times = 1)::int as once,
            count(*) filter (where a.decided_by = a.requested_by)::int as own
       from ibok.approvals a
       cross join lateral (select count(*) as times from ibok.test_acts t where t.approval_id = a.id) as done
       cross join lateral (
         select count(*) as times from audit.events e join audit.event_values v on v.event_id = e.id
          where e.table_name = 'approvals' and e.row_id = a.id::text and v.changes ? 'decided_by' and e.op = 'update') as decided
      where a.id = any ($1)`,
    [ids],
  );
  const [counted] = rows;
  if (!counted) throw new Error('no row came back');
  return counted;
}
