import type { Job } from '../../core/jobs';
import { databaseFault } from '../../db/fault';

/** The same job, whose every end is noted for the health page. A failure of the note itself fails the run. */
export function noted(job: Job): Job {
  return {
    ...job,
    run: async (db, until) => {
      const began = performance.now();
      const note = (fault: string | null) =>
        db.rows('select jobs.note_run($1, $2::int, $3::int, $4)', [
          job.name,
          job.everySeconds,
          Math.round(performance.now() - began),
          fault,
        ]);
      try {
        await job.run(db, until);
      } catch (error) {
        await note(databaseFault(error)?.sqlstate || (error instanceof Error ? error.name : 'unknown')).catch(
          () => undefined,
        );
        throw error;
      }
      await note(null);
    },
  };
}
