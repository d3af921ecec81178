import { randomUUID } from 'node:crypto';
import type { Slot } from '../../../shared/bridge';
import type { ExportProgress } from '../../../shared/contract/lists';
import type { ErrorCode } from '../../../shared/errors';
import { AppError } from '../../core/errors';

/** A window and the person signed in there. */
export interface ExportOwner {
  caller: string;
  login: string;
}

/** One export of one window, and how far it is. */
export interface ExportJob {
  readonly id: string;
  readonly owner: ExportOwner;
  state: ExportProgress['state'];
  /** Rows written so far. */
  rows: number;
  /** Rows there are; null until they are counted. */
  total: number | null;
  file: Slot | null;
  error: ErrorCode | null;
  /** Asked to stop: by the person, by the lock or by signing out. */
  stopped: boolean;
}

const LIFE_MS = 15 * 60_000;

/** The exports of all windows; each window has one at a time, forgotten a quarter of an hour after its end. */
export class ExportJobs {
  private readonly jobs = new Map<string, ExportJob>();

  /** Takes a new one in. Throws SERVER_BUSY while one of this window runs. */
  add(owner: ExportOwner): ExportJob {
    for (const job of this.jobs.values()) {
      if (job.owner.caller === owner.caller && job.state === 'running') throw new AppError('SERVER_BUSY');
    }
    const job: ExportJob = {
      id: randomUUID(),
      owner,
      state: 'running',
      rows: 0,
      total: null,
      file: null,
      error: null,
      stopped: false,
    };
    this.jobs.set(job.id, job);
    return job;
  }

  /** The export of this window and person. Throws FILE_GONE. */
  get(owner: ExportOwner, id: string): ExportJob {
    const job = this.jobs.get(id);
    if (job?.owner.caller !== owner.caller || job.owner.login !== owner.login) throw new AppError('FILE_GONE');
    return job;
  }

  /** Stops what runs for a window; it ends at its next page. */
  stop(caller: string): void {
    for (const job of this.jobs.values()) if (job.owner.caller === caller) job.stopped = true;
  }

  /** Keeps the result of an ended one for a while. */
  ended({ id }: ExportJob): void {
    setTimeout(() => this.jobs.delete(id), LIFE_MS).unref();
  }
}

/** What the screen asks for again and again. */
export function progressOf({ state, rows, total, file, error }: ExportJob): ExportProgress {
  return { state, rows, total, file, error };
}
