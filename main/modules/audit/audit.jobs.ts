import type { Job } from '../../core/jobs';

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
