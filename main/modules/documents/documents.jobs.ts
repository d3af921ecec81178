import type { Job } from '../../core/jobs';

/** Drops files that came in and were never attached to anything, a day after they began. */
export const purgeUploads: Job = {
  name: 'purge-uploads',
  everySeconds: 3_600,
  run: async (db) => {
    await db.rows('select jobs.purge_uploads()');
  },
};
