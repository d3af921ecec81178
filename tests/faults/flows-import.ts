import { randomInt, randomUUID } from 'node:crypto';
import type { ImportMode } from '../../shared/contract/imports';
import { exportText, person } from '../support/export-files';
import { Refused } from './engine';
import { codeOf, doneOnce, type Flow, type Office } from './flow';
import type { Client, Stage } from './stage';

const ROWS = 120;
const LOGIN = 's_barbara';

/** Checks the file, unless this core still knows it: one that was killed does not. */
async function checkedKey(stage: Stage, api: Client, text: string, known: string | undefined): Promise<string> {
  if (known !== undefined) {
    const kept = await api.imports.progress.query({ importKey: known }).then(
      () => known,
      (error: unknown) => {
        if (codeOf(error) === 'FILE_GONE') return undefined;
        throw error;
      },
    );
    if (kept) return kept;
  }
  const slot = await stage.put(LOGIN, 'klienci.csv', text);
  return (await api.imports.check.mutate({ slot })).importKey;
}

async function ended(api: Client, importKey: string) {
  for (;;) {
    const { state, error, counts } = await api.imports.progress.query({ importKey });
    if (state === 'failed' || state === 'interrupted') throw new Refused(error ?? 'INTERNAL');
    if (state !== 'running') return { state, counts };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** `faulty`: every tenth row has a fault. */
function importing(name: string, mode: ImportMode, faulty: boolean, cancel = false): Flow {
  return {
    name,
    leavesNothing: cancel,
    inPortions: mode === 'good',
    prepare: async (office) => {
      const from = randomInt(1_000_000, 9_000_000) * 10;
      const rows = Array.from({ length: ROWS }, (_, n) =>
        person(from + n, faulty && n % 10 === 3 ? { email: 'x' } : {}),
      );
      const text = exportText('customers', rows);
      const requestId = randomUUID();
      let key: string | undefined;
      return {
        perform: async (stage) => {
          const api = await stage.api(LOGIN);
          key = await checkedKey(stage, api, text, key);
          const run = api.imports.run.mutate({ importKey: key, mode, requestId });
          if (!cancel) {
            await run;
            return ended(api, key);
          }
          // One that was cancelled is no more, whoever asks for it again.
          const opened = await doneOnce<{ importId: string } | null>(run, null, ['NOT_FOUND']);
          if (!opened) return 'cancelled';
          await api.imports.cancel.mutate({ importKey: key });
          return (await ended(api, key)).state;
        },
        state: () => importState(office, from),
      };
    },
  };
}

/** What is seen of an import once it is done: its rows, their trail, and what an undo would need. */
const importState = (office: Office, from: number) =>
  office.rows(
    `select count(*) as customers,
        (select count(*) from audit.events e join ibok.customers c on c.id::text = e.row_id
          where e.table_name = 'customers' and c.customer_no between $1 and $2) as events,
        (select count(*) from ibok.import_rows r join ibok.imports i on i.id = r.import_id
          where i.login = $3 and i.state = 'done') as before_images,
        (select count(*) from ibok.imports where login = $3 and state = 'done') as imports
       from ibok.customers where customer_no between $1 and $2`,
    [number(from), number(from + ROWS - 1), LOGIN],
  );

/** As `person` writes it. */
const number = (n: number) => String(100_000 + n).padStart(8, '0');

/** The import of the billing system's files. */
export const IMPORT_FLOWS: readonly Flow[] = [
  importing('imports.run, every row', 'all', false),
  importing('imports.run, the good rows', 'good', true),
  importing('imports.cancel', 'all', false, true),
];
