import type { Job } from '../../core/jobs';

/** Adds up how many meters end per month, so that the chart of the plan reads few rows however much was exchanged. */
export const foldLegalizationCounts: Job = {
  name: 'fold-legalizations',
  everySeconds: 60,
  run: async (db) => {
    await db.rows('select jobs.fold_legalization_counts()');
  },
};
