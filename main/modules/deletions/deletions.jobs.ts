import type { Job } from '../../core/jobs';
import type { Reader } from '../../db/statements';
import type { LetterFacts } from '../letters/letters.facts';
import { renderLetter } from '../letters/letters.render';

const PROTOCOL = 'deletion_protocol';

/**
 * Carries out approved deletions, each in one statement and so in one transaction of its own, then makes the protocol of
 * each that has none: two steps, either of which may be cut off and comes again. What stops one stops no other; throws the
 * first fault once all were tried.
 */
export const executeDeletions: Job = {
  name: 'deletions',
  everySeconds: 5,
  run: async (db) => {
    const faults: unknown[] = [];
    const each = async (waiting: { id: string }[], act: (id: string) => Promise<unknown>) => {
      for (const { id } of waiting) await act(id).catch((fault: unknown) => faults.push(fault));
    };
    await each(await db.rows('select id from jobs.due_deletions() as id'), (id) =>
      db.rows('select jobs.execute_deletion($1::bigint)', [id]),
    );
    await each(await db.rows('select id from jobs.deletions_without_protocol() as id'), (id) => keepProtocol(db, id));
    await db.rows('select jobs.clear_confirmations()');
    if (faults.length > 0) throw faults[0];
  },
};

/** Draws the protocol and keeps it as a document of the request; one that is kept already stays. */
async function keepProtocol(db: Reader, id: string): Promise<void> {
  const record = `deletion_requests:${id}`;
  const [row] = await db.rows<{ facts: LetterFacts }>('select jobs.letter_facts($1, $2) as facts', [PROTOCOL, record]);
  if (!row) throw new Error('the database gave no answer');
  const { facts } = row;
  const pdf = await renderLetter(PROTOCOL, facts, facts.letterhead);
  await db.rows('select jobs.store_letter($1, $2, $3, $4)', [
    PROTOCOL,
    record,
    `protokol-usuniecia-${id}.pdf`,
    Buffer.from(pdf),
  ]);
}

/** Raises the alarm of overdue requests, and lets go of what no longer has to prove a deletion. */
export const purgeDeletions: Job = {
  name: 'purge-deletions',
  everySeconds: 3_600,
  run: async (db) => {
    await db.rows('select jobs.watch_deletions()');
    await db.rows('select jobs.purge_deletions()');
  },
};
