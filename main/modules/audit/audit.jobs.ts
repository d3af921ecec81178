import type { Job } from '../../core/jobs';
import type { WorkerPorts } from '../../core/ports';
import { type AnchorText, anchorFile, anchorMail } from './anchor-text';

/** Seals what no running transaction can still add to; two runs after a write at the latest. */
export const sealAuditTrail: Job = {
  name: 'seal',
  everySeconds: 15,
  run: async (db) => {
    await db.rows('select jobs.seal()');
  },
};

/** Forgets who looked at what after the months the office's rule says (12 by default). */
export const purgeReadLog: Job = {
  name: 'purge-reads',
  everySeconds: 86_400,
  run: async (db) => {
    await db.rows('select jobs.purge_reads()');
  },
};

interface DueAnchor extends AnchorText {
  stored: boolean;
  mailed: boolean;
}

/**
 * Carries the head of the seals out of the database once a day: as a file, and by mail to the data protection officer.
 * What could not leave is tried again each quarter of an hour; a way that is blocked blocks neither the other way nor
 * another officer. A mail cut off after its acceptance may come twice, with the same Message-ID. Throws the first fault
 * once everything has been tried.
 */
export function anchorSeals({ mail, archive, log }: WorkerPorts): Job {
  /** Whom this worker has reached: an address that is refused must not bring the others a mail each quarter of an hour. */
  const reached = new Set<string>();

  async function store(anchor: AnchorText): Promise<void> {
    const { name, text } = anchorFile(anchor);
    await archive?.store(name, text);
  }

  async function tell(anchor: AnchorText, officers: readonly string[]): Promise<void> {
    const faults: unknown[] = [];
    for (const [index, to] of officers.entries()) {
      const letter = anchorMail(anchor, index);
      const key = `${to} ${letter.messageId}`;
      if (reached.has(key)) continue;
      await mail?.send({ to, ...letter }).then(
        () => reached.add(key),
        (fault: unknown) => faults.push(fault),
      );
    }
    if (faults.length > 0) throw faults[0];
  }

  return {
    name: 'anchor',
    everySeconds: 900,
    run: async (db) => {
      const due = await db.rows<DueAnchor>(
        `select to_char(day, 'YYYY-MM-DD') as day, last_event as "lastEvent", events, head,
                to_char(anchored_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "anchoredAt", stored, mailed
           from jobs.anchors_due()`,
      );
      const found = await db.rows<{ address: string }>('select address from jobs.officers()');
      const officers = found.map(({ address }) => address);
      const faults: unknown[] = [];
      for (const anchor of due) {
        const leave = async (way: 'stored' | 'mailed', act: Promise<void>) => {
          await act;
          await db.rows('select jobs.note_anchor($1::date, $2)', [anchor.day, way]);
        };
        const blocked = (fault: unknown) => void faults.push(fault);
        if (archive && !anchor.stored) await leave('stored', store(anchor)).catch(blocked);
        if (mail && officers.length > 0 && !anchor.mailed) {
          await leave('mailed', tell(anchor, officers)).catch(blocked);
        }
      }
      if (faults.length > 0) throw faults[0];
      if (due.length > 0) log.info('anchored', { days: due.length, stored: archive !== null, mailed: mail !== null });
    },
  };
}
