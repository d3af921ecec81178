import type { Job } from '../../core/jobs';

/** Supplies begin and end by date, without a write: the lists and the search follow within the hour. */
export const refreshAddresses: Job = {
  name: 'addresses',
  everySeconds: 3_600,
  run: async (db) => {
    await db.rows('select jobs.refresh_addresses()');
  },
};
