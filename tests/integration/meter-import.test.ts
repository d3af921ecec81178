import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CheckedImport, ImportProgress } from '../../shared/contract/imports';
import { type Client, type Desk, openDesk } from '../support/desk';
import { recordAct, reverseAct } from '../support/exchange-acts';
import { exportText } from '../support/export-files';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const database = testDatabase();
vi.setConfig({ testTimeout: 120_000 });
let desk: Desk;
let tomasz: Client;

beforeAll(async () => {
  const { host, port, name } = database();
  desk = openDesk({ host, port, database: name, embedded: true });
  tomasz = await desk.window('tomasz').signIn('s_tomasz', TEST_PASSWORD);
  await rows(
    `insert into ibok.premises (id, city, house_no, postal_code) overriding system value values (77, 'Sitno', '8', '83-300')`,
  );
  await rows(`insert into ibok.supply_points (code, premise_id) values ('P-1', 77)`);
});
afterAll(() => desk.close());

async function rows<Row extends object>(sql: string, bind: unknown[] = []): Promise<Row[]> {
  return (await (await database().asSuperuser()).query<Row>(sql, bind)).rows;
}

async function check(text: string): Promise<CheckedImport> {
  const { slot } = desk.core.slots.put({ id: 'tomasz' }, 'wodomierze.csv', new TextEncoder().encode(text));
  return tomasz.imports.check.mutate({ slot });
}

async function run({ importKey }: CheckedImport, mode: 'all' | 'good' = 'all'): Promise<ImportProgress> {
  await tomasz.imports.run.mutate({ importKey, mode, requestId: randomUUID() });
  for (;;) {
    const progress = await tomasz.imports.progress.query({ importKey });
    if (progress.state !== 'running') return progress;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const load = async (given: Record<string, string>[]) => run(await check(exportText('meters', given)));
const faultsOf = async (given: Record<string, string>[]) =>
  (await check(exportText('meters', given))).faults.map(({ row, column, code }) => [row, column, code]);

const stock = {
  nr_fabryczny: 'AB-1',
  producent: 'Próbny',
  model: 'JS',
  dn: '15',
  q3: '2,5',
  cyfry: '5',
  wlasciciel: 'zakład',
  stan: 'magazyn',
  data_przyjecia: '2026-01-10',
};
const hung = {
  ...stock,
  stan: 'zamontowany',
  kod_punktu: 'P-1',
  rola: 'główny',
  data_montazu: '2026-02-01',
  stan_poczatkowy: '0',
};
const M25 = { rodzaj_cechy: 'M i rok', cecha: 'M25' };
/** What an import of meters writes, but for the keys of new rows. */
const everything = () =>
  rows(`select m.id, m.status, m.produced_year, m.stock_place, i.place, i.deducts_from::text, l.raw_mark, l.stated_until::text,
      l.valid_until::text, l.withdrawn_at is not null as withdrawn, s.seal_no, s.put_on::text, s.place as on_what, s.removed_on::text,
      r.valid_until::text as listed, r.seal_nos
    from ibok.meters m left join ibok.meter_installations i on i.meter_id = m.id left join ibok.legalizations l on l.meter_id = m.id
    left join ibok.seals s on s.meter_id = m.id and s.installation_id is not distinct from i.id
    left join ibok.meter_registry r on r.meter_id = m.id order by m.id, i.id, l.id, s.id`);

describe('an import of meters', () => {
  test('brings mark, papers, seal, place and year with the meter, and the registry shows them', async () => {
    const given = [
      { ...stock, ...M25, id_licznika: '501', rok_produkcji: '2025', miejsce: 'regał 4', nr_plomby: 'f-7' },
      {
        ...hung,
        id_licznika: '502',
        rodzaj_cechy: 'miesiąc ważności',
        cecha: ' 05/2031',
        legalizacja_do: '2031-04-30',
        miejsce: 'piwnica',
        nr_plomby: 'k-9',
      },
      {
        ...hung,
        id_licznika: '503',
        rola: 'podlicznik',
        id_licznika_nadrz: '502',
        wlasciciel: 'odbiorca',
        rodzaj_cechy: 'data legalizacji',
        cecha: '2024-02-29',
      },
    ];
    expect(await load(given)).toMatchObject({ state: 'done', counts: { create: 3, refused: 0 } });
    expect(await everything()).toMatchObject([
      {
        id: '501',
        produced_year: 2025,
        stock_place: 'regał 4',
        place: null,
        raw_mark: 'M25',
        valid_until: '2030-11-30',
        seal_no: 'F-7',
        put_on: '2026-01-10',
        on_what: 'counter',
        listed: '2030-11-30',
      },
      {
        id: '502',
        stock_place: null,
        place: 'piwnica',
        deducts_from: null,
        raw_mark: '05/2031',
        stated_until: '2031-04-30',
        valid_until: '2031-04-30',
        seal_no: 'K-9',
        put_on: '2026-02-01',
        on_what: 'coupling',
        seal_nos: 'K-9',
      },
      // What billing brings is deducted from its first day. 29 February has no year's day five years later.
      { id: '503', deducts_from: '2026-02-01', raw_mark: '2024-02-29', valid_until: '2029-02-28', seal_no: null },
    ]);
    // The same file once more changes nothing.
    expect((await check(exportText('meters', given))).verdicts).toEqual({ create: 0, update: 0, same: 3, refused: 0 });
  });

  test('updates by number: a new mark is added, a column that is empty or missing clears nothing', async () => {
    const before = await everything();
    const known = { ...hung, id_licznika: '502' };
    expect((await check(exportText('meters', [known]))).verdicts).toMatchObject({ same: 1 });
    const old = exportText('meters', [known])
      .split('\r\n')
      .map((line) => line.split(';').slice(0, 21).join(';'))
      .join('\r\n');
    expect((await check(old)).verdicts).toMatchObject({ same: 1, refused: 0 });

    const mark = { rodzaj_cechy: 'miesiąc ważności', cecha: '11/2031', miejsce: 'studnia' };
    const done = await load([{ ...known, ...mark }]);
    expect(done.counts).toMatchObject({ create: 0, update: 1 });
    const [now] = await rows(`select r.valid_until::text, r.place from ibok.meter_registry r where meter_id = 502`);
    expect(now).toEqual({ valid_until: '2031-11-30', place: 'studnia' });
    // An export that has not heard of the new mark does not bring the old one back.
    const stale = {
      ...known,
      rodzaj_cechy: 'miesiąc ważności',
      cecha: '05/2031',
      legalizacja_do: '2031-04-30',
      miejsce: 'studnia',
    };
    expect((await check(exportText('meters', [stale]))).verdicts).toMatchObject({ same: 1 });

    await tomasz.imports.undo.mutate({ importId: done.importId ?? '', requestId: randomUUID() });
    expect(await everything()).toEqual(before);
  });

  test('names the mark that cannot be, and half of one, and stores nothing of that row', async () => {
    const marked = (id: string, kind: string, raw: string, more = {}) => ({
      ...stock,
      id_licznika: id,
      rodzaj_cechy: kind,
      cecha: raw,
      ...more,
    });
    const given = [
      marked('601', 'M i rok', 'M99'),
      marked('602', 'miesiąc ważności', '13/2026'),
      marked('603', 'rok legalizacji', '2027'),
      marked('604', 'rok legalizacji', '2020'),
      marked('605', 'M i rok', 'M05'),
      marked('606', 'M i rok', ''),
      marked('607', '', 'M25'),
      marked('608', '', '', { legalizacja_do: '2027-01-01' }),
      marked('609', 'M i rok', 'M„25"'),
      marked('610', 'M i rok', 'M25', { rok_produkcji: '1900' }),
      marked('611', 'data legalizacji', '2025-02-29'),
      marked('612', 'M i rok', 'm 25'),
    ];
    expect(await faultsOf(given)).toEqual([
      [2, 'cecha', 'MARK_FUTURE'],
      [3, 'cecha', 'MARK_FORM'],
      [4, 'cecha', 'MARK_FUTURE'],
      [5, 'cecha', 'MARK_NOT_OF_ITS_TIME'],
      [6, 'cecha', 'MARK_TOO_OLD'],
      [7, 'cecha', 'GOES_TOGETHER'],
      [8, 'rodzaj_cechy', 'GOES_TOGETHER'],
      [9, 'cecha', 'GOES_TOGETHER'],
      [10, 'cecha', 'MARK_FORM'],
      [11, 'rok_produkcji', 'OUT_OF_RANGE'],
      [12, 'cecha', 'MARK_FORM'],
    ]);
    const done = await run(await check(exportText('meters', given)), 'good');
    expect(done.counts).toMatchObject({ create: 1, refused: 11 });
    expect(await rows('select id from ibok.meters where id between 601 and 620')).toEqual([{ id: '612' }]);
  });

  test('is taken back with its legalizations and seals, unless somebody has gone on with them', async () => {
    const before = await everything();
    const given = [{ ...stock, ...M25, id_licznika: '701', nr_plomby: 'f-1' }];
    const undo = (importId: string | null) =>
      tomasz.imports.undo.mutate({ importId: importId ?? '', requestId: randomUUID() });
    const first = await load(given);
    expect(await undo(first.importId)).toMatchObject({ status: 'undone', removed: 3 });
    expect(await everything()).toEqual(before);

    const second = await load(given);
    await rows(`update ibok.legalizations set lost_on = '2026-06-01', lost_reason = 'seal' where meter_id = 701`);
    const refused = await undo(second.importId);
    expect(refused).toMatchObject({ status: 'refused' });
    expect(
      refused.status === 'refused' && refused.changedSince.map(({ label, field }) => [label, field]),
    ).toContainEqual(['AB-1', 'lost_on']);
  });

  test('takes what other programs call these columns', async () => {
    const header =
      'Nr licznika;Numer fabryczny;Producent;Model;Średnica;Q3;Cyfry;Właściciel;Stan;Rodzaj cechy;Cecha legalizacyjna;Ważna do;Plomba;Rocznik';
    const { slot } = desk.core.slots.put({ id: 'tomasz' }, 'inny.csv', new TextEncoder().encode(`${header}\r\n`));
    const refused = await tomasz.imports.check.mutate({ slot }).catch((error) => error.data.app.details);
    const { columns } = await tomasz.imports.mapping.mutate({ importKey: refused.importKey, kind: 'meters' });
    expect(columns.slice(9).map(({ field }) => field)).toEqual([
      'markKind',
      'rawMark',
      'statedUntil',
      'sealNo',
      'producedYear',
    ]);
  });
});

describe('what was done in Desk', () => {
  /** A point with a main meter, a sub-meter behind it and a meter in stock, all of them brought by billing. */
  async function bring(first: number) {
    const code = `P-${first}`;
    const [point] = await rows<{ id: string }>(
      'insert into ibok.supply_points (code, premise_id) values ($1, 77) returning id',
      [code],
    );
    const [main, sub, next] = [String(first), String(first + 1), String(first + 2)];
    const given = [
      { ...hung, ...M25, id_licznika: main, kod_punktu: code },
      { ...hung, ...M25, id_licznika: sub, kod_punktu: code, rola: 'podlicznik', id_licznika_nadrz: main },
      { ...stock, ...M25, id_licznika: next },
    ];
    expect(await load(given)).toMatchObject({ counts: { create: 3, refused: 0 } });
    return { pointId: point?.id ?? '', code, main, sub, next, given };
  }
  const byHand = () => database().asLogin('s_tomasz');
  const act = {
    reason: 'legalization',
    doneBy: 's_tomasz',
    doneOn: '2026-11-20',
    openingValue: '0',
    seals: [],
    photos: [],
  };
  const installationOf = async (meter: string) =>
    (
      await rows<{ id: string }>('select id from ibok.meter_installations where meter_id = $1 order by id desc', [
        meter,
      ])
    )[0]?.id;
  const standing = (point: string) =>
    rows(
      `select m.id, m.status, i.role, i.installed_on::text as from, i.removed_on::text as to, i.final_value::text as final,
          above.meter_id as behind, r.installation_id is not null as listed
         from ibok.meter_installations i join ibok.meters m on m.id = i.meter_id
         join ibok.meter_registry r on r.meter_id = m.id left join ibok.meter_installations above on above.id = i.parent_id
        where i.supply_point_id = $1 and i.reversed_at is null order by i.id`,
      [point],
    );

  test('an exchange stands, whatever the next files say of its meters', async () => {
    const { pointId, code, main, sub, next, given } = await bring(910);
    const done = await recordAct(await byHand(), {
      ...act,
      kind: 'exchange',
      pointId,
      oldInstallationId: await installationOf(main),
      finalValue: '40',
      newMeterId: next,
    });
    const now = await standing(pointId);
    expect(now).toMatchObject([
      { id: main, status: 'removed', to: '2026-11-20', final: '40.000' },
      { id: sub, status: 'installed', behind: next },
      { id: next, status: 'installed', to: null },
    ]);

    // The export of the next night has not heard of it.
    expect((await check(exportText('meters', given))).verdicts).toEqual({ create: 0, update: 0, same: 3, refused: 0 });
    expect(await load(given)).toMatchObject({ state: 'done', counts: { update: 0, refused: 0 } });
    expect(await standing(pointId)).toEqual(now);

    // That of a later one knows another day, another place, and the new meter.
    const other = await bring(920);
    const [was, behind, came] = given;
    const heard = [
      {
        ...was,
        stan: 'złomowany',
        kod_punktu: other.code,
        rola: 'podlicznik',
        data_demontazu: '2026-11-10',
        stan_koncowy: '39',
      },
      { ...behind, id_licznika_nadrz: next },
      { ...came, ...hung, ...M25, id_licznika: next, kod_punktu: code, data_montazu: '2026-11-20', stan: 'zdjęty' },
    ] as Record<string, string>[];
    expect((await check(exportText('meters', heard))).verdicts).toEqual({ create: 0, update: 0, same: 3, refused: 0 });
    await load(heard);
    expect(await standing(pointId)).toEqual(now);

    // What billing does with the old meter afterwards is its own again.
    const moved = {
      ...hung,
      ...M25,
      id_licznika: main,
      kod_punktu: other.code,
      rola: 'podlicznik',
      id_licznika_nadrz: other.main,
    };
    expect(await load([...given, { ...moved, data_montazu: '2026-11-21', stan_poczatkowy: '40' }])).toMatchObject({
      counts: { create: 1, refused: 0 },
    });
    expect(await rows('select status from ibok.meters where id = $1', [main])).toEqual([{ status: 'installed' }]);
    expect(await standing(pointId)).toMatchObject([{ to: '2026-11-20' }, { behind: next }, { id: next, to: null }]);
    await rows('delete from ibok.meter_installations where meter_id = $1 and installed_on = $2', [main, '2026-11-21']);
    await rows(`update ibok.meters set status = 'removed' where id = $1`, [main]);

    // Taken back, the file is heard again.
    await reverseAct(await byHand(), done.id);
    const ended = { ...was, stan: 'zdjęty', data_demontazu: '2026-11-10', stan_koncowy: '39' } as Record<
      string,
      string
    >;
    expect(await load([ended])).toMatchObject({ counts: { update: 1 } });
    expect((await standing(pointId))[0]).toMatchObject({ id: main, status: 'removed', to: '2026-11-10' });
  });

  test('an installation taken back is none: neither its row nor its readings land on it', async () => {
    const { code, main, next } = await bring(930);
    const [point] = await rows<{ id: string }>(
      `insert into ibok.supply_points (code, premise_id) values ('P-939', 77) returning id`,
    );
    const install = { ...act, kind: 'installation', pointId: point?.id, newMeterId: next };
    const first = await recordAct(await byHand(), install);
    await reverseAct(await byHand(), first.id);
    const at = { ...hung, ...M25, id_licznika: next, kod_punktu: 'P-939', data_montazu: '2026-11-20' };
    const behind = { ...at, id_licznika: '935', rola: 'podlicznik', id_licznika_nadrz: next };
    // Behind a meter that never hung there, nothing hangs.
    expect(await faultsOf([behind])).toEqual([[2, 'id_licznika_nadrz', 'UNKNOWN_REFERENCE']]);

    const second = await recordAct(await byHand(), install);
    expect((await check(exportText('meters', [at]))).verdicts).toMatchObject({ same: 1, refused: 0 });
    expect(await load([behind])).toMatchObject({ counts: { create: 1, refused: 0 } });
    const [found] = await rows(
      `select ibok.import_installation($1, '2026-11-20', 'actual') as begun, ibok.import_installation($1, '2026-11-20', 'final') as ended,
         (select parent_id from ibok.meter_installations where meter_id = 935) as parent`,
      [next],
    );
    const id = second.newInstallationId;
    expect(found).toEqual({ begun: id, ended: id, parent: id });
    expect(await standing(point?.id ?? '')).toHaveLength(2);
    expect([code, main]).toEqual(['P-930', '930']);
  });

  test('a mark read by staff is in force, until a file brings one that ends later', async () => {
    await load([{ ...stock, id_licznika: '941' }]);
    await rows(`select ibok.add_legalization(941, '{"kind": "m_year", "raw": "M25"}', '2026-06-01')`);
    const listed = async () =>
      (await rows(`select raw_mark, valid_until::text from ibok.meter_registry where meter_id = 941`))[0];
    const older = { ...stock, id_licznika: '941', rodzaj_cechy: 'M i rok', cecha: 'M18' };
    expect(await load([older])).toMatchObject({ counts: { update: 0 } });
    expect(await listed()).toEqual({ raw_mark: 'M25', valid_until: '2030-11-30' });
    const newer = { ...stock, id_licznika: '941', rodzaj_cechy: 'miesiąc ważności', cecha: '05/2031' };
    expect(await load([newer])).toMatchObject({ counts: { update: 1 } });
    expect(await load([older])).toMatchObject({ counts: { update: 0 } });
    expect(await listed()).toEqual({ raw_mark: '05/2031', valid_until: '2031-05-31' });
  });
});

test('nobody keeps the registry from the truth: the import alone may put its refresh off', async () => {
  const login = await database().asLogin('s_tomasz');
  await login.query('begin');
  // As the import leaves it behind, within its own transaction as well.
  const { rows: opened } = await login.query(
    `select api.begin_import(null, 'meters', 'good', 'm.csv', repeat('ab', 32), 'utf-8') ->> 'importId' as id`,
  );
  const row = {
    row: 2,
    meter_id: '801',
    factory_no: 'R-1',
    maker: 'Próbny',
    model: 'JS',
    dn: '15',
    q3: '2.5',
    digits: '5',
  };
  await login.query('select * from api.import_rows($1, $2::jsonb)', [
    opened[0].id,
    JSON.stringify([{ ...row, owner_kind: 'utility', status: 'in_stock', accepted_on: '2026-01-10' }]),
  ]);
  for (const number of [1, 2]) {
    await login.query(`select set_config('ibok.registry_held', $1, true)`, [`${number}:`]);
    await login.query(`select api.edit_meter(801, $1::jsonb)`, [
      JSON.stringify({ stock_place: number === 1 ? [null, 'A'] : ['A', 'B'] }),
    ]);
    const { rows: listed } = await login.query('select stock_place from ibok.meter_registry where meter_id = 801');
    expect(listed).toEqual([{ stock_place: number === 1 ? 'A' : 'B' }]);
  }
  await login.query('rollback');
});
