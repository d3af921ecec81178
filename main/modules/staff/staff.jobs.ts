import type { Job } from '../../core/jobs';

/**
 * Ends staff sessions that hold a transaction idle, or one statement, for more than a minute, and whatever session of a
 * leaver slipped in while the leave was committed: within five seconds.
 */
export const reapIdleSessions: Job = {
  name: 'reap',
  everySeconds: 5,
  run: async (db) => {
    await db.rows('select jobs.reap()');
  },
};
