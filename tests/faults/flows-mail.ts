import { randomUUID } from 'node:crypto';
import type { Flow, Office } from './flow';

const LOGIN = 's_anna';
const actsOf = '(select count(*) from ibok.acts where client_request_id = $1)';

/** A message of the clerk in a state; returns its id. */
async function message(office: Office, state: 'new' | 'failed'): Promise<string> {
  const [made] = await office.rows<{ id: string }>(
    `insert into ibok.outbox (key, to_address, template_id, fields, record, created_by, send_after, state)
     select $1, 'jan@example.org', t.id, '{"first_name": "Jan", "last_name": "Żuk"}', 'customers:1', $2, now() + interval '1 day', $3
       from ibok.templates t where t.key = 'account.email_changed' and t.valid_to is null returning id`,
    [`fault.${randomUUID()}`, LOGIN, state],
  );
  return made?.id ?? '';
}

const cancelMail: Flow = {
  name: 'mail.cancel',
  prepare: async (office) => {
    const requestId = randomUUID();
    const id = await message(office, 'new');
    return {
      perform: async (stage) => (await stage.api(LOGIN)).mail.cancel.mutate({ id, requestId }),
      state: () => office.rows(`select state, ${actsOf} as acts from ibok.outbox where id = $2`, [requestId, id]),
    };
  },
};

/** Sent again is one message more, never two. */
const resendMail: Flow = {
  name: 'mail.resend',
  prepare: async (office) => {
    const requestId = randomUUID();
    const id = await message(office, 'failed');
    return {
      perform: async (stage) => (await stage.api(LOGIN)).mail.resend.mutate({ id, requestId, to: null }),
      state: () =>
        office.rows(
          `select (select count(*) from ibok.outbox where resends_id = $2) as copies, state, ${actsOf} as acts
             from ibok.outbox where id = $2`,
          [requestId, id],
        ),
    };
  },
};

let days = 0;

/** The version before it ends in the same moment, so that no day is without a text and none has two. */
const setTemplate: Flow = {
  name: 'templates.set',
  prepare: async (office) => {
    const requestId = randomUUID();
    days += 1;
    const validFrom = `${2031 + Math.floor(days / 28)}-02-${String((days % 28) + 1).padStart(2, '0')}`;
    const key = 'account.unblocked';
    const [newest] = await office.rows<{ id: string }>(
      'select id from ibok.templates where key = $1 order by valid_from desc limit 1',
      [key],
    );
    const input = { requestId, key, subject: 'Odblokowanie', body: `Treść ${requestId}`, validFrom };
    return {
      perform: async (stage) =>
        (await stage.api('s_barbara')).templates.set.mutate({ ...input, expected: newest?.id ?? null }),
      state: () =>
        office.rows(
          `select body = $2 as stands, valid_from, valid_to, ${actsOf} as acts from ibok.templates where key = $3 order by valid_from`,
          [requestId, input.body, key],
        ),
    };
  },
};

/** What people do with the queue of mail and its texts. What the worker does is killed in mail-killed.test.ts. */
export const MAIL_FLOWS: readonly Flow[] = [cancelMail, resendMail, setTemplate];
