import type { Job } from '../../core/jobs';

/** Forgets the values of acts that can no longer be taken back, and ends bulk acts that were cut off and left. */
export const purgeUndo: Job = {
  name: 'purge-undo',
  everySeconds: 3_600,
  run: async (db) => {
    await db.rows('select jobs.purge_undo()');
  },
};
