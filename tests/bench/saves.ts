import { randomUUID } from 'node:crypto';
import type { Client as Api } from '../support/desk';
import { type Figure, inTurns } from './measure';
import { asClerk, type BenchOffice } from './office';

const CALLS = 200;

/** One field saved with audit and request id, through the core and in bare SQL, in turns on customers of their own. */
export async function saves(office: BenchOffice, apis: readonly Api[]): Promise<Figure[]> {
  const bare = await asClerk(office);
  const known = new Map<string, string | null>();
  const change = async (id: string, save: (from: string | null, to: string) => Promise<unknown>) => {
    let from = known.get(id);
    if (from === undefined) {
      const { rows } = await office.superuser.query<{ phone_alt: string | null }>(
        'select phone_alt from ibok.customers where id = $1',
        [id],
      );
      from = rows[0]?.phone_alt ?? null;
    }
    const to = from === '58 100 00 01' ? '58 100 00 02' : '58 100 00 01';
    known.set(id, to);
    return () => save(from, to);
  };
  const customer = (i: number) => String(1 + ((i * 104_729) % office.customers));
  // What is asked beforehand does not count, so the acts wait ready-made.
  const acts: (() => Promise<unknown>)[] = [];
  for (let i = 0; i < 2 * CALLS + 60; i++) {
    const id = customer(i);
    acts.push(
      i % 2 === 0
        ? await change(id, (from, to) => saveThroughCore(apis[0] as Api, id, from, to))
        : await change(id, (from, to) =>
            bare.query('select api.edit_contact($1, $2, $3)', [
              id,
              JSON.stringify({ phone_alt: [from, to] }),
              randomUUID(),
            ]),
          ),
    );
  }
  const next = { core: 0, bare: 1 };
  const take = (of: 'core' | 'bare') => {
    const act = acts[next[of]];
    next[of] += 2;
    return act?.() ?? Promise.reject(new Error('too few acts'));
  };
  const figures = await inTurns(CALLS, [
    { what: 'save of one field, audited, once by request id', call: () => take('core'), goal: { p50: 3, p95: 6 } },
    { what: 'bare SQL: save of one field', call: () => take('bare') },
  ]);
  await bare.end();
  return figures;
}

async function saveThroughCore(api: Api, id: string, from: string | null, to: string): Promise<void> {
  const answer = await api.customers.editContact.mutate({
    id,
    requestId: randomUUID(),
    changes: { phoneAlt: { from, to } },
  });
  if (answer.status !== 'saved') throw new Error('the save met a conflict');
}
