import type { Client } from 'pg';
import { createStaffLogin } from '../../main/db/staff-login';
import type { BenchOffice } from './office';

/** Makes so many technicians with the bench's password, if they are not there yet; their logins. */
export async function technicians({ superuser, password }: BenchOffice, count: number): Promise<string[]> {
  const logins = Array.from({ length: count }, (_, place) => `s_benchtech${place + 1}`);
  for (const login of logins) {
    await createStaffLogin(superuser, {
      login,
      displayName: login,
      group: 'bok_technician',
      password,
      mustChange: false,
    });
  }
  return logins;
}

/** A main meter that is due, what its register showed last in whole m³, and a new one for its place. */
export interface Exchange {
  point: string;
  installation: string;
  meter: string;
  shown: number;
  newMeter: string;
  /** `YYYY-MM-DD` */
  today: string;
}

/**
 * Meters of one neighbourhood that are due, in the order of the round, each with a new meter in stock. The new ones are
 * written past audit, as the rest of the office was: taking meters into stock is not what is measured.
 *
 * @throws Error when the office has too few.
 */
export async function dueForExchange({ superuser }: BenchOffice, count: number): Promise<Exchange[]> {
  const { rows: due } = await superuser.query<Omit<Exchange, 'newMeter'>>(DUE, [count]);
  if (due.length < count) throw new Error('the office has too few meters that are due');
  const stock = await takeIntoStock(superuser, count);
  return due.map((old, place) => ({ ...old, newMeter: stock[place] ?? '' }));
}

const DUE = `
  select r.supply_point_id::text as point, r.installation_id::text as installation, r.meter_id::text as meter,
         ceil(last.value)::int as shown, ibok.today()::text as today
    from ibok.meter_registry r cross join lateral ibok.register_on(r.installation_id, ibok.today()) as last
   where r.plan_month >= to_char(ibok.today(), 'YYYY-MM') and r.role = 'main' and r.installed_on < ibok.today()
   order by r.plan_month, r.round_order, r.meter_id limit $1`;

async function takeIntoStock(superuser: Client, count: number): Promise<string[]> {
  await superuser.query('set session_replication_role = replica');
  const { rows } = await superuser.query<{ id: string }>(
    `with made as (
       insert into ibok.meters (factory_no, type_id, owner_kind, status, accepted_on, produced_year)
       select 'BENCH' || n, 2, 'utility', 'in_stock', ibok.today(), extract(year from ibok.today())
         from generate_series(1, $1::int) as n returning id
     ), marked as (
       insert into ibok.legalizations (meter_id, mark_kind, raw_mark, read_on, rule_id, computed_until, valid_until)
       select m.id, 'm_year', r.mark, ibok.today(), u.rule_id, u.until, u.until
         from made m cross join (select 'M' || to_char(ibok.today(), 'YY') as mark) as r
        cross join lateral ibok.legalization_until('m_year', r.mark, ibok.today()) as u
     )
     select id::text as id from made order by id`,
    [count],
  );
  await superuser.query('set session_replication_role = origin');
  await superuser.query('select ibok.refresh_meters($1)', [rows.map(({ id }) => id)]);
  return rows.map(({ id }) => id);
}

/** The act that puts the new meter in the old one's place today, as `api.exchange_meter` takes it. */
export function actOf({ point, installation, shown, newMeter, today }: Exchange, doneBy: string, sealNo: string) {
  return {
    kind: 'exchange' as const,
    pointId: point,
    oldInstallationId: installation,
    finalValue: String(shown + 1),
    newMeterId: newMeter,
    openingValue: '0',
    doneOn: today,
    reason: 'legalization' as const,
    doneBy,
    seals: [{ sealNo, kind: 'plastic' as const, place: 'coupling' as const }],
    photos: [],
  };
}
