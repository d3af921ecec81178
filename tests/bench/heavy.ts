import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ListQuestion } from '../../shared/contract/lists';
import { exportText, person } from '../support/export-files';
import type { Host, HostWindow } from './host';
import { round, type Value } from './measure';
import { type BenchOffice, SUPERVISOR } from './office';

const POLL_MS = 20;

/** Work on thousands of rows, in the built program and over HTTP: import with its undo, bulk change with its undo, export. */
export async function heavyWork(host: Host, { customers, password }: BenchOffice): Promise<Value[]> {
  const desk = await host.window();
  await signIn(desk, SUPERVISOR, password);
  return [
    ...(await importAndUndo(desk)),
    ...(await bulkChange(desk, customers)),
    ...(await exportRows(host, desk, customers)),
  ];
}

/** Signs a window of the host in. */
export async function signIn({ api }: HostWindow, login: string, password: string): Promise<void> {
  await api.session.signIn.mutate({ server: 'main', login, password });
}

const IMPORTED = 10_000;

async function importAndUndo({ api, put }: HostWindow): Promise<Value[]> {
  // Numbers nobody has: a kept office is imported into at every run.
  const first = 20_000_000 + randomInt(60_000_000);
  const rows = Array.from({ length: IMPORTED }, (_, n) => person(first + n));
  const { slot } = await put('customers.csv', new TextEncoder().encode(exportText('customers', rows)));
  const checked = await timed(() => api.imports.check.mutate({ slot }));
  const { importKey } = checked.result;
  const ran = await timed(async () => {
    await api.imports.run.mutate({ importKey, mode: 'all', requestId: randomUUID() });
    await until(async () => {
      const { state } = await api.imports.progress.query({ importKey });
      if (state === 'failed' || state === 'cancelled') throw new Error(`the import ${state}`);
      return state === 'done';
    });
  });
  const values = [
    seconds(`dry run of an import of ${IMPORTED} customers`, checked.ms),
    seconds(`import of ${IMPORTED} customers after the dry run`, ran.ms, 3),
  ];
  const undone = await undoNewest(api, 'import');
  return undone === null ? values : [...values, seconds(`undo of an import of ${IMPORTED} customers`, undone, 5)];
}

/** Takes the newest act of a kind back; null when this program offers no undo of it. */
async function undoNewest(api: HostWindow['api'], kind: 'import' | 'bulk'): Promise<number | null> {
  const { steps } = await api.undo.stack.query();
  const step = steps.find((one) => one.kind === kind && one.state === 'open');
  if (!step) return null;
  const { ms, result } = await timed(() => api.undo.run.mutate({ id: step.id, requestId: randomUUID() }));
  if (result.status !== 'undone') throw new Error(`the undo of ${kind} was refused`);
  return ms;
}

/** All customers whose number begins so; numbers have at least six digits and count up from 1. */
const numbersFrom = (begin: string): Pick<ListQuestion, 'filters'> => ({
  filters: begin === '' ? {} : { customerNo: { is: 'text', how: 'begins', text: begin } },
});

async function bulkChange({ api }: HostWindow, customers: number): Promise<Value[]> {
  const selection = {
    is: 'matching' as const,
    question: numbersFrom(customers > 10_000 ? '00' : ''),
    except: [],
  };
  const { count } = await api.bulk.count.query({ list: 'customers', selection });
  const act = { is: 'setField' as const, list: 'customers' as const, field: 'officeNote' as const };
  const { ms } = await timed(async () => {
    const { id: bulkId } = await api.bulk.start.mutate({
      requestId: randomUUID(),
      selection,
      act: { ...act, to: `pomiar ${randomUUID().slice(0, 8)}` },
      confirmed: count,
    });
    await until(async () => (await api.bulk.progress.query({ bulkId })).state === 'done');
  });
  const undone = await undoNewest(api, 'bulk');
  const values = [seconds(`bulk change of ${count} customers, with history`, ms, 10)];
  return undone === null ? values : [...values, seconds(`undo of a bulk change of ${count} customers`, undone)];
}

async function exportRows(host: Host, { api }: HostWindow, customers: number): Promise<Value[]> {
  const question = {
    ...numbersFrom(customers > 100_000 ? '0' : ''),
    sort: { key: 'customerNo', descending: false },
  };
  const values: Value[] = [];
  for (const format of ['csv', 'xlsx'] as const) {
    let rows = 0;
    const { ms } = await timed(async () => {
      const { exportId } = await api.lists.startExport.mutate({
        list: 'customers',
        question,
        selection: null,
        columns: COLUMNS.map((key) => ({ key, heading: key })),
        format,
        title: 'pomiar',
      });
      await until(async () => {
        const progress = await api.lists.exportProgress.query({ exportId });
        if (progress.state === 'failed') throw new Error(`the export failed: ${progress.error}`);
        rows = progress.rows;
        return progress.state === 'done';
      });
    });
    values.push(seconds(`export of ${rows} rows as ${format}`, ms, 10));
  }
  const memory = await host.memory();
  return memory
    ? [
        ...values,
        {
          what: 'most memory of the main process, imports and exports included',
          value: memory.peak,
          unit: 'MiB',
          goal: 300,
        },
      ]
    : values;
}

const COLUMNS = ['customerNo', 'name', 'address', 'city', 'postalCode', 'points', 'customerSince'];

async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await pause(POLL_MS);
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

function seconds(what: string, ms: number, goal?: number): Value {
  return { what, value: round(ms / 1000), unit: 's', ...(goal === undefined ? {} : { goal }) };
}
