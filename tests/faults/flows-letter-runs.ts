import { randomUUID } from 'node:crypto';
import { insertCustomer } from '../support/customers';
import { plantMeter } from '../support/sub-meters';
import type { Flow } from './flow';

const LOGIN = 's_anna';
let streets = 0;

/** Letters to many: the PDF, the messages and the receipt are there together, or none of them. */
const letterRun: Flow = {
  name: 'letterRuns.start',
  goesOn: true,
  slow: 'each process starts a thread that draws',
  prepare: async (office) => {
    streets += 1;
    const requestId = randomUUID();
    const ids = await office.asSuperuser(async (client) => {
      const made: string[] = [];
      for (const [at, email] of [null, 'lucja@example.com', null].entries()) {
        const customer = await insertCustomer(client);
        await client.query('update ibok.customers set email = $2 where id = $1', [customer, email]);
        const premise = { street: `Cięta ${streets}`, houseNo: String(at + 1) };
        made.push((await plantMeter(client, { premise, customer })).id);
      }
      return made;
    });
    const input = {
      requestId,
      selection: { is: 'rows' as const, ids },
      channel: 'mail_first' as const,
      again: false,
      confirmed: ids.length,
    };
    return {
      perform: async (stage) => {
        const api = await stage.api(LOGIN);
        const { id } = await api.letterRuns.start.mutate(input);
        for (;;) {
          const { state, drawn, made, mailed } = await api.letterRuns.get.query({ id });
          if (state === 'done') return { made, mailed };
          // Nobody here is at it: a killed program's run.
          if (drawn === null) await api.letterRuns.resume.mutate({ id });
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      },
      // The run itself is begun before: it holds nothing that anybody receives.
      state: () =>
        office.rows(
          `select count(*) filter (where n.outcome = 'made') as made, count(n.outbox_id) as mailed,
              (select count(*) from ibok.outbox o where o.key like 'letter_run:%' and split_part(o.key, ':', 3) = any($1::text[])) as mails,
              (select count(*) from ibok.documents d where d.owner_table = 'letter_runs' and d.owner_id in
                (select run_id from ibok.letter_run_items where meter_id = any($1::text[]::bigint[]))) as documents
             from ibok.letter_run_items n where n.meter_id = any($1::text[]::bigint[])`,
          [ids],
        ),
    };
  },
};

export const LETTER_RUN_FLOWS: readonly Flow[] = [letterRun];
