import { randomInt, randomUUID } from 'node:crypto';
import type { ListQuestion } from '../../shared/contract/lists';
import { person } from '../support/export-files';
import { importFile, seconds, signIn, timed, undoNewest, until } from './desk-work';
import type { Host, HostWindow } from './host';
import type { Value } from './measure';
import { type BenchOffice, SUPERVISOR } from './office';

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

const IMPORTED = 10_000;

async function importAndUndo(desk: HostWindow): Promise<Value[]> {
  // Numbers nobody has: a kept office is imported into at every run.
  const first = 20_000_000 + randomInt(60_000_000);
  const rows = Array.from({ length: IMPORTED }, (_, n) => person(first + n));
  const { checked, ran } = await importFile(desk, 'customers', rows);
  const values = [
    seconds(`dry run of an import of ${IMPORTED} customers`, checked),
    seconds(`import of ${IMPORTED} customers after the dry run`, ran, 3),
  ];
  const undone = await undoNewest(desk.api, 'import');
  return undone === null ? values : [...values, seconds(`undo of an import of ${IMPORTED} customers`, undone, 5)];
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
