import type { Job } from '../../core/jobs';

/** Makes requests void that nobody decided in time; whoever decides one before this runs is told the same. */
export const expireApprovals: Job = {
  name: 'approvals',
  everySeconds: 60,
  run: async (db) => {
    await db.rows('select jobs.expire_approvals()');
  },
};
