import { randomUUID } from 'node:crypto';
import { insertCustomer } from '../support/customers';
import { pngFile } from '../support/sample-files';
import type { Flow, Office } from './flow';

const LOGIN = 's_anna';

const actsOf = '(select count(*) from ibok.acts where client_request_id = $1)';

const createTask: Flow = {
  name: 'tasks.create',
  prepare: async (office) => {
    const requestId = randomUUID();
    const title = `Zadanie ${requestId}`;
    const input = { requestId, title, note: null, subject: null, dueOn: '2030-01-15', assignee: null };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).tasks.create.mutate(input),
      state: () =>
        office.rows(`select (select count(*) from ibok.follow_ups where title = $2) as tasks, ${actsOf} as acts`, [
          requestId,
          title,
        ]),
    };
  },
};

const completeTask: Flow = {
  name: 'tasks.complete',
  prepare: async (office) => {
    const requestId = randomUUID();
    const [task] = await office.rows<{ id: string }>(
      `insert into ibok.follow_ups (title, due_on, assignee, created_by) values ('Zadanie', '2030-01-15', $1, $1) returning id`,
      [LOGIN],
    );
    const id = task?.id ?? '';
    return {
      perform: async (stage) => (await stage.api(LOGIN)).tasks.complete.mutate({ id, requestId }),
      state: () =>
        office.rows(
          `select state, closed_at,
              (select count(*) from audit.events where table_name = 'follow_ups' and row_id = $2) as events, ${actsOf} as acts
             from ibok.follow_ups where id = $2::bigint`,
          [requestId, id],
        ),
    };
  },
};

const saveView: Flow = {
  name: 'lists.saveView',
  prepare: async (office) => {
    const requestId = randomUUID();
    const name = `Widok ${requestId}`;
    const state = { columns: [], question: { filters: {}, sort: { key: 'name', descending: false } } };
    const input = { requestId, id: null, list: 'customers' as const, name, state, shared: false };
    return {
      perform: async (stage) => (await stage.api(LOGIN)).lists.saveView.mutate(input),
      state: () => office.rows('select count(*) as views from ibok.saved_views where name = $1', [name]),
    };
  },
};

let days = 0;

/** Julys have no day off by law. */
function anotherDay(): string {
  days += 1;
  return `${2031 + Math.floor(days / 31)}-07-${String((days % 31) + 1).padStart(2, '0')}`;
}

const addHoliday: Flow = {
  name: 'holidays.add',
  prepare: async (office) => {
    const requestId = randomUUID();
    const day = anotherDay();
    const input = { requestId, day, name: 'Dzień próbny', source: 'Zarządzenie 1/2026' };
    return {
      perform: async (stage) => (await stage.api('s_admin')).holidays.add.mutate(input),
      state: () =>
        office.rows(
          `select (select count(*) from ibok.holidays where day = $2) as days, ${actsOf} as acts,
              (select count(*) from audit.events where table_name = 'holidays') as events`,
          [requestId, day],
        ),
    };
  },
};

const undoEdit: Flow = {
  name: 'undo.run of an edit',
  prepare: async (office) => {
    const requestId = randomUUID();
    const customer = await office.asSuperuser((client) => insertCustomer(client, { phone: '601 000 100' }));
    const clerk = await office.database.asLogin(LOGIN);
    await clerk.query(`select api.edit_contact($1, '{"phone": ["601 000 100", "602 000 200"]}', $2)`, [
      customer,
      randomUUID(),
    ]);
    await clerk.end();
    const [step] = await office.rows<{ id: string }>(
      `select id from ibok.undo_steps where subject = 'customer:' || $1 order by id desc limit 1`,
      [customer],
    );
    const id = step?.id ?? '';
    return {
      perform: async (stage) => (await stage.api(LOGIN)).undo.run.mutate({ id, requestId }),
      state: () =>
        office.rows(
          `select phone, (select state from ibok.undo_steps where id = $3::bigint) as step, ${actsOf} as acts,
              (select count(*) from audit.events where table_name = 'customers' and row_id = $2) as events
             from ibok.customers where id = $2::bigint`,
          [requestId, customer, id],
        ),
    };
  },
};

/** A file comes in two acts: it is staged, part by part, and then becomes a document. Nothing is seen of the first alone. */
const addDocument: Flow = {
  name: 'documents.add',
  prepare: async (office) => {
    const requestId = randomUUID();
    const customer = await office.asSuperuser((client) => insertCustomer(client));
    const owner = { table: 'customers' as const, id: customer };
    let upload: string | undefined;
    return {
      perform: async (stage) => {
        const api = await stage.api(LOGIN);
        if (upload === undefined) {
          const slot = await stage.put(LOGIN, 'zdjecie.png', new Uint8Array(pngFile()));
          upload = (await api.documents.stage.mutate({ slot })).upload;
        }
        return api.documents.add.mutate({ owner, title: 'Zdjęcie', category: 'photo', upload, requestId });
      },
      state: () => documentState(office, customer, requestId),
    };
  },
};

const documentState = (office: Office, customer: string, requestId: string) =>
  office.rows(
    `select (select count(*) from ibok.documents d where d.owner_table = 'customers' and d.owner_id = $2::bigint) as documents,
        (select count(*) from ibok.document_versions v join ibok.documents d on d.id = v.document_id
          where d.owner_table = 'customers' and d.owner_id = $2::bigint) as versions, ${actsOf} as acts`,
    [requestId, customer],
  );

/** Works in portions that are each whole: what was cut off is gone on with, and no row is changed twice. */
const bulkSetField: Flow = {
  name: 'bulk.start',
  inPortions: true,
  slow: 'an act on many rows is called interrupted after 20 s; npm run faults waits for it',
  prepare: async (office) => {
    const requestId = randomUUID();
    const ids = await office.asSuperuser(async (client) => {
      const made: string[] = [];
      for (let n = 0; n < 12; n++) made.push(await insertCustomer(client));
      return made;
    });
    const act = { is: 'setField' as const, list: 'customers' as const, field: 'officeNote' as const, to: requestId };
    const input = { requestId, selection: { is: 'rows' as const, ids }, act, confirmed: ids.length };
    return {
      perform: async (stage) => {
        const api = await stage.api(LOGIN);
        const { id: bulkId } = await api.bulk.start.mutate(input);
        for (;;) {
          const { state, counts } = await api.bulk.progress.query({ bulkId });
          if (state === 'interrupted') await api.bulk.resume.mutate({ bulkId });
          else if (state !== 'running') return { state, counts };
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      },
      state: () =>
        office.rows(
          `select (select count(*) from ibok.customers where office_note = $1::uuid::text) as changed, ${actsOf} as acts,
              (select count(*) from audit.events where table_name = 'customers' and row_id = any($2::text[])) as events,
              (select count(*) from ibok.bulk_rows r join ibok.customers c on c.id = r.record_id where c.id = any($2::text[]::bigint[])) as receipt`,
          [requestId, ids],
        ),
    };
  },
};

/** The clerk's tools: tasks, views, days off, undo, documents, acts on many rows. */
export const DESK_FLOWS: readonly Flow[] = [
  createTask,
  completeTask,
  saveView,
  addHoliday,
  undoEdit,
  addDocument,
  bulkSetField,
];
