import { randomInt } from 'node:crypto';
import { importFile, seconds, signIn, undoNewest } from './desk-work';
import type { Host } from './host';
import type { Value } from './measure';
import { type BenchOffice, SUPERVISOR } from './office';

const IMPORTED = 10_000;
const GOAL_S = 5;

/** New meters with marks and seals, brought in by file; then all of them changed by another file, and both taken back. */
export async function meterImports(host: Host, { password }: BenchOffice): Promise<Value[]> {
  const desk = await host.window();
  await signIn(desk, SUPERVISOR, password);
  // Numbers nobody has: a kept office is imported into at every run.
  const first = 20_000_000 + randomInt(60_000_000);
  const file = (more: Record<string, string>) =>
    Array.from({ length: IMPORTED }, (_, n) => ({ ...meter(first + n), ...more }));
  const made = await importFile(desk, 'meters', file({}));
  const changed = await importFile(desk, 'meters', file({ miejsce: 'regał C1', data_zmiany: '2026-11-02' }));
  const values = [
    seconds(`dry run of an import of ${IMPORTED} meters with mark and seal`, made.checked),
    seconds(`import of ${IMPORTED} meters with mark and seal after the dry run`, made.ran, GOAL_S),
    seconds(`import that changes ${IMPORTED} meters, after the dry run`, changed.ran, GOAL_S),
  ];
  for (const what of ['changes', 'brought']) {
    const undone = await undoNewest(desk.api, 'import');
    if (undone !== null) values.push(seconds(`undo of an import that ${what} ${IMPORTED} meters`, undone));
  }
  return values;
}

/** A meter in stock with number `n`, as billing writes it. */
function meter(n: number): Record<string, string> {
  return {
    id_licznika: String(n),
    nr_fabryczny: `B${n}`,
    producent: 'Apator Powogaz',
    model: 'JS 2,5-02 Smart C+',
    dn: '20',
    q3: '2,5',
    r: '160',
    cyfry: '5',
    wlasciciel: 'zakład',
    stan: 'magazyn',
    data_przyjecia: '2026-10-01',
    data_zmiany: '2026-11-01',
    rok_produkcji: '2026',
    miejsce: 'regał B1',
    rodzaj_cechy: 'M i rok',
    cecha: 'M26',
    nr_plomby: `P${n}`,
  };
}
