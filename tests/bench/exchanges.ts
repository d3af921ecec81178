import type { RecordExchangeInput } from '../../shared/contract/exchanges';
import { type Client as Api, openDesk, refusalOf } from '../support/desk';
import { round, type Value } from './measure';
import { type BenchOffice, DATABASE } from './office';
import { actOf, dueForExchange, type Exchange, technicians } from './technicians';

const PERSONS = 5;
const EXCHANGES = 500;
/** Every so many a second person acts at the same point at the same moment, as when two vans stand before one house. */
const DOUBLED_EVERY = 10;

/**
 * Five technicians work through one neighbourhood at once: the next point is always somebody else's, and at some two come
 * together. Counted in the database: whether each exchange is there once, whole, and as the registry shows it.
 */
export async function exchanges(office: BenchOffice): Promise<Value[]> {
  const { server, password } = office;
  const logins = await technicians(office, PERSONS);
  const due = await dueForExchange(office, EXCHANGES);
  const desk = openDesk({ host: server.host, port: server.port, database: DATABASE, embedded: true });
  try {
    const persons = await Promise.all(logins.map((login) => desk.window(login).signIn(login, password)));
    const begun = performance.now();
    const done = await Promise.all(persons.map((api, place) => goThrough(api, logins[place] ?? '', due, place)));
    const seconds = (performance.now() - begun) / 1000;
    const tries = due.length + Math.ceil(due.length / DOUBLED_EVERY);
    const what = `${EXCHANGES} exchanges by ${PERSONS} persons on neighbouring points`;
    return [
      { what, value: round(seconds), unit: 's' },
      { what: `${what}: one`, value: round((seconds * 1000 * PERSONS) / tries), unit: 'ms' },
      { what: `${what}: errors shown`, value: sum(done.map(({ errors }) => errors)), unit: 'errors', goal: 0 },
      {
        what: `${what}: second persons who did not get the first's result`,
        value: tries - due.length - sum(done.map(({ already }) => already)),
        unit: 'tries',
        goal: 0,
      },
      {
        what: `${what}: not there once and whole`,
        value: EXCHANGES - (await whole(office, due)),
        unit: 'exchanges',
        goal: 0,
      },
      {
        what: `${what}: installations that overlap at a point`,
        value: await overlaps(office, due),
        unit: 'points',
        goal: 0,
      },
    ];
  } finally {
    await desk.close();
  }
}

/** One person's share; where two come together, the neighbour's as well. */
async function goThrough(
  api: Api,
  login: string,
  due: readonly Exchange[],
  place: number,
): Promise<{ errors: number; already: number }> {
  let [errors, already] = [0, 0];
  for (const [at, one] of due.entries()) {
    const own = at % PERSONS === place;
    const doubled = at % DOUBLED_EVERY === 0 && (at + 1) % PERSONS === place;
    if (!own && !doubled) continue;
    const act: RecordExchangeInput = {
      ...actOf(one, login, `BN ${at}`),
      requestId: crypto.randomUUID(),
      finalRollover: false,
      place: null,
      mark: null,
      note: null,
      orderId: null,
    };
    const answer = await api.exchanges.record.mutate(act).catch(async (error: unknown) => {
      console.error(`exchange ${at}: ${(await refusalOf(Promise.reject(error))).code}`);
      return null;
    });
    if (!answer) errors += 1;
    if (answer?.already) already += 1;
  }
  return { errors, already };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** How many points have exactly what their exchange leaves: old meter out, new one in, both readings, seal, registry. */
async function whole({ superuser }: BenchOffice, due: readonly Exchange[]): Promise<number> {
  const { rows } = await superuser.query<{ whole: number }>(
    `select count(*)::int as whole
       from jsonb_to_recordset($1::jsonb) as w (point bigint, installation bigint, meter bigint, "newMeter" bigint, shown int)
       join ibok.exchanges e on e.old_installation_id = w.installation and e.supply_point_id = w.point and e.reversed_at is null
       join ibok.meter_installations o on o.id = w.installation and o.removed_on = e.done_on and o.final_value = w.shown + 1
       join ibok.meter_installations n on n.id = e.new_installation_id and n.meter_id = w."newMeter" and n.supply_point_id = w.point
        and n.removed_on is null and n.installed_on = e.done_on
       join ibok.meters om on om.id = w.meter and om.status = 'removed'
       join ibok.meters nm on nm.id = w."newMeter" and nm.status = 'installed'
       join ibok.meter_registry old_row on old_row.meter_id = w.meter and old_row.installation_id is null
       join ibok.meter_registry new_row on new_row.meter_id = w."newMeter" and new_row.installation_id = n.id
      where (select count(*) from ibok.exchanges x where x.old_installation_id = w.installation) = 1
        and (select count(*) from ibok.readings r where r.installation_id = o.id and r.kind = 'final' and not r.superseded) = 1
        and (select count(*) from ibok.readings r where r.installation_id = n.id and r.kind = 'opening' and not r.superseded) = 1
        and (select count(*) from ibok.seals s where s.installation_id = n.id and s.removed_on is null) = 1
        and not exists (select from ibok.seals s where s.installation_id = o.id and s.removed_on is null)
        and not exists (select from ibok.meter_installations c where c.parent_id = o.id and c.removed_on is null)`,
    [JSON.stringify(due)],
  );
  return rows[0]?.whole ?? 0;
}

/** Points at which more than one main meter is built in. */
async function overlaps({ superuser }: BenchOffice, due: readonly Exchange[]): Promise<number> {
  const { rows } = await superuser.query(
    `select supply_point_id from ibok.meter_installations
      where role = 'main' and removed_on is null and supply_point_id = any ($1) group by 1 having count(*) > 1`,
    [due.map(({ point }) => point)],
  );
  return rows.length;
}
