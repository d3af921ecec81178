import type { Client } from 'pg';
import { actAs } from './acting';
import { addVersions, storeFile } from './papers';
import { smallPdf } from './small-pdf';

/** Somebody with one meter, legal for long, and nothing behind it. */
interface Place {
  customer: string;
  point: string;
  meter: string;
  installation: string;
  shown: number;
}

const PLACES = `
  select s.customer_id::text as customer, r.supply_point_id::text as point, r.meter_id::text as meter,
         r.installation_id::text as installation, ceil(last.value)::int as shown
    from ibok.meter_registry r
    join ibok.supplies s on s.supply_point_id = r.supply_point_id and s.valid_to is null and s.valid_from < ibok.today() - 60
    join ibok.customers c on c.id = s.customer_id and c.kind = 'person' and c.deceased_on is null
    cross join lateral ibok.register_on(r.installation_id, ibok.today()) as last
   where r.plan_month > to_char(ibok.today() + 900, 'YYYY-MM') and r.role = 'main' and r.dn <= 20 and r.order_id is null
     and last.read_on < ibok.today() - 12
     and not exists (select from ibok.meter_installations x where x.parent_id = r.installation_id)
   order by r.plan_month, r.round_order, r.meter_id limit 8`;

/** A customer's own meter, as it is brought to be accepted: bought this year. */
const OWN_METER = `
  select api.add_meter(jsonb_build_object('factoryNo', $1::text, 'type', $2::int, 'ownerKind', 'customer',
    'acceptedOn', ibok.today() - 20, 'producedYear', extract(year from ibok.today() - 20)::int,
    'mark', jsonb_build_object('kind', 'm_year', 'raw', 'M' || to_char(ibok.today() - 20, 'YY')))) ->> 'id' as id`;
/** Aquadis+ DN 15 of the catalogue. */
const GARDEN_TYPE = 6;

/**
 * Cases of sub-meters and expertises, one for each step they can wait at and one for each way they end. A small office may
 * have room for none.
 *
 * @param client a superuser's, in the loader's transaction, under all triggers; the demo staff is there.
 */
export async function loadMeterCases(client: Client): Promise<void> {
  const { rows } = await client.query<Place>(PLACES);
  const [applied, ordered, accepted, active, examined, failed, answered, withdrawn] = rows;
  if (!applied || !ordered || !accepted || !active || !examined || !failed || !answered || !withdrawn) return;
  const paper = smallPdf([['Aneks do umowy', 'Papier wzorcowy biura demonstracyjnego.']]);
  const hash = await storeFile(client, paper);
  const cases = new Cases(client);

  await cases.applyForSubMeter(applied, 1);

  const waiting = await cases.applyForSubMeter(ordered, 9);
  await cases.agreePlace(waiting, 'ogród, przy tarasie', 6);
  await cases.send(waiting, 'Odbiór i plomba, klient w domu po 15');

  const unpaid = await cases.applyForSubMeter(accepted, 25);
  await cases.agreePlace(unpaid, 'garaż', 21);
  await cases.accept(unpaid, 'PG 100117', 7);
  await cases.payFee(unpaid, 6);

  const running = await cases.applyForSubMeter(active, 30);
  await cases.agreePlace(running, 'ogród, studzienka', 27);
  await cases.accept(running, 'PG 100093', 18);
  await cases.payFee(running, 17);
  await cases.signAnnex(running, { hash, size: paper.length });
  await cases.act('s_anna', 'select api.activate_sub_meter($1, ibok.today() - 11, null)', [running]);

  const disputed = await cases.demandExpertise(examined, 2, 'Klient twierdzi, że wodomierz zawyża o jedną trzecią.');
  await cases.send(disputed, 'Zdjąć do ekspertyzy, założyć zastępczy');

  await cases.examine(failed, { result: 'fails', daysAgo: 3, no: 'OUM-GD/2026/0411' });
  const settled = await cases.examine(answered, { result: 'meets', daysAgo: 6, no: 'OUM-GD/2026/0398' });
  await cases.act('s_anna', 'select api.answer_expertise($1, ibok.today() - 2, null)', [settled]);

  const given = await cases.applyForSubMeter(withdrawn, 14);
  await cases.act('s_anna', 'select api.cancel_meter_case($1, $2, null)', [given, 'Klient rezygnuje z podlicznika']);
}

/** The steps, each as the person who takes it; days count back from today. */
class Cases {
  readonly #client: Client;
  #ownMeters = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  async act(login: string, sql: string, values: unknown[]): Promise<string> {
    const [row] = await actAs<{ id?: string }>(this.#client, login, sql, values);
    return row?.id ?? '';
  }

  applyForSubMeter({ customer, point }: Place, daysAgo: number): Promise<string> {
    return this.act(
      's_anna',
      `select api.open_sub_meter_case(jsonb_build_object('customerId', $1::text, 'pointId', $2::text, 'role', 'deduction',
         'openedOn', ibok.today() - $3::int), null) ->> 'id' as id`,
      [customer, point, daysAgo],
    );
  }

  agreePlace(id: string, place: string, daysAgo: number): Promise<string> {
    return this.act('s_anna', 'select api.agree_case_place($1, $2, ibok.today() - $3::int, null)', [
      id,
      place,
      daysAgo,
    ]);
  }

  /** Sends the technician tomorrow. */
  send(id: string, note: string): Promise<string> {
    return this.act(
      's_anna',
      `select api.order_meter_case($1, jsonb_build_object('assignee', 's_tomasz', 'day', ibok.today() + 1,
         'dueOn', ibok.today() + 7, 'note', $2::text), null)`,
      [id, note],
    );
  }

  async accept(id: string, sealNo: string, daysAgo: number): Promise<void> {
    this.#ownMeters += 1;
    const meter = await this.act('s_tomasz', OWN_METER, [`I26EA00${4_100 + this.#ownMeters}X`, GARDEN_TYPE]);
    await this.act(
      's_tomasz',
      `select api.accept_sub_meter($1, jsonb_build_object('meterId', $2::text, 'openingValue', 0,
         'doneOn', ibok.today() - $3::int, 'seals', $4::jsonb), null)`,
      [id, meter, daysAgo, JSON.stringify([{ sealNo, kind: 'plastic', place: 'coupling' }])],
    );
  }

  payFee(id: string, daysAgo: number): Promise<string> {
    return this.act('s_anna', 'select api.record_case_fee($1, 12300, ibok.today() - $2::int, null)', [id, daysAgo]);
  }

  async signAnnex(id: string, paper: { hash: Buffer; size: number }): Promise<void> {
    const { rows } = await this.#client.query<{ id: string }>(
      `insert into ibok.documents (title, category, owner_table, owner_id, created_at, created_by)
       values ('Aneks do umowy', 'contract', 'meter_cases', $1, now(), 's_anna') returning id`,
      [id],
    );
    await addVersions(this.#client, paper.hash, paper.size, 'aneks.pdf');
    await this.act('s_anna', `select api.record_case_annex($1, 'A/12/2026', ibok.today() - 12, $2, null)`, [
      id,
      rows[0]?.id,
    ]);
  }

  demandExpertise({ customer, point, meter }: Place, daysAgo: number, note: string): Promise<string> {
    return this.act(
      's_anna',
      `select api.open_expertise_case(jsonb_build_object('customerId', $1::text, 'pointId', $2::text, 'meterId', $3::text,
         'openedOn', ibok.today() - $4::int, 'note', $5::text), null) ->> 'id' as id`,
      [customer, point, meter, daysAgo, note],
    );
  }

  /** From the demand, three weeks before the certificate, to the certificate. */
  async examine(
    place: Place,
    { result, daysAgo, no }: { result: string; daysAgo: number; no: string },
  ): Promise<string> {
    const id = await this.demandExpertise(place, daysAgo + 21, 'Żądanie klienta: reklamacja ostatniej faktury.');
    await this.act(
      's_tomasz',
      `select api.exchange_meter(jsonb_build_object('kind', 'removal', 'pointId', $1::text, 'oldInstallationId', $2::text,
         'finalValue', $3::int, 'doneOn', ibok.today() - $4::int, 'reason', 'expertise', 'doneBy', 's_tomasz'))`,
      [place.point, place.installation, place.shown + 1, Math.min(daysAgo + 5, 11)],
    );
    await this.act('s_anna', 'select api.send_to_expertise($1, $2, ibok.today() - $3::int, null)', [
      id,
      'Okręgowy Urząd Miar w Gdańsku',
      daysAgo + 3,
    ]);
    await this.act('s_anna', 'select api.record_certificate($1, $2, ibok.today() - $3::int, $4, null)', [
      id,
      no,
      daysAgo,
      result,
    ]);
    return id;
  }
}
