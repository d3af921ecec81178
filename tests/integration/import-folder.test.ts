import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { writeSampleExport } from '../../main/demo/sample-export';
import { type FileReport, importFolder } from '../../main/modules/imports/imports.commands';
import type { ImportMode } from '../../shared/contract/imports';
import { exportText, person } from '../support/export-files';
import { testDatabase } from '../support/postgres';

const database = testDatabase();
vi.setConfig({ testTimeout: 120_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibok-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function load(from: string, mode: ImportMode, login = 's_anna') {
  const client: Client = await database().asLogin(login);
  const reports: FileReport[] = [];
  const connection = {
    rows: async <Row extends object>(sql: string, bind: readonly unknown[] = []) =>
      (await client.query<Row>(sql, [...bind])).rows,
    command: async (sql: string) => {
      await client.query(sql);
    },
  };
  const stored = await importFolder(connection, from, mode, (report) => reports.push(report));
  return { stored, reports };
}

async function stored(): Promise<Record<string, number>> {
  const superuser = await database().asSuperuser();
  const { rows } = await superuser.query(`select
    (select count(*)::int from ibok.customers) as customers, (select count(*)::int from ibok.contracts) as contracts,
    (select count(*)::int from ibok.supply_points) as points, (select count(*)::int from ibok.meters) as meters,
    (select count(*)::int from ibok.readings) as readings, (select count(*)::int from ibok.invoices) as invoices`);
  return rows[0];
}

describe('a folder of the export', () => {
  test('with faults and mode all: nothing of the faulty file is stored, and what comes after it is not tried', async () => {
    const export_ = join(folder, 'faulty');
    await writeSampleExport(export_, { customers: 150, today: '2026-11-22', faulty: true });
    const { stored: whole, reports } = await load(export_, 'all');
    expect(whole).toBe(false);
    expect(reports).toMatchObject([{ fileName: 'klienci.csv', stored: false }]);
    expect(await stored()).toMatchObject({ customers: 0, contracts: 0 });
  });

  test('with faults and mode good: exactly the planted faults are refused, each by row, column and code', async () => {
    const export_ = join(folder, 'faulty');
    const { rows, faults } = await writeSampleExport(export_, {
      customers: 150,
      today: '2026-11-22',
      faulty: true,
      encoding: 'windows-1250',
    });
    const { stored: whole, reports } = await load(export_, 'good');
    expect(whole).toBe(true);
    expect(reports.map(({ kind, rows }) => [kind, rows])).toEqual(Object.entries(rows));
    const found = reports.flatMap(({ kind, faults }) =>
      faults.map(({ row, column, code }) => ({ file: kind, row, column, code })),
    );
    expect(faults.length).toBeGreaterThan(50);
    expect(found).toEqual(faults);
  });

  test('stored once, the same export without its faults has nothing to add', async () => {
    const clean = join(folder, 'clean');
    await writeSampleExport(clean, { customers: 150, today: '2026-11-22' });
    const before = await stored();
    const { reports } = await load(clean, 'all');
    for (const { kind, rows, counts, faults } of reports) {
      expect({ kind, counts, faults }).toEqual({
        kind,
        counts: { create: 0, update: 0, same: rows, refused: 0 },
        faults: [],
      });
    }
    expect(await stored()).toEqual(before);
  });

  test('without a single file of the export is refused', async () => {
    await expect(load(tmpdir(), 'all')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('with a broken connection rolls back and says so', async () => {
    const one = await mkdtemp(join(folder, 'one-'));
    await writeFile(
      join(one, 'klienci.csv'),
      exportText(
        'customers',
        Array.from({ length: 3_000 }, (_, n) => person(n)),
      ),
    );
    const before = await stored();
    const running = load(one, 'all');
    const superuser = await database().asSuperuser();
    const killed = async () =>
      (
        await superuser.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where usename = 's_anna' and datname = current_database() and query like '%import_rows%'`)
      ).rowCount ?? 0;
    const [outcome] = await Promise.allSettled([running, expect.poll(killed, { interval: 20 }).toBeGreaterThan(0)]);
    expect(outcome.status).toBe('rejected');
    expect(await stored()).toEqual(before);
  });
});
