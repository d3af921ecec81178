import { randomBytes } from 'node:crypto';
import type { ImportCounts, ImportProgress } from '../../../shared/contract/imports';
import { MAX_FAULTS_SHOWN } from '../../../shared/contract/imports';
import type { ImportFault } from '../../../shared/domain/import-faults';
import type { ErrorCode } from '../../../shared/errors';
import { AppError } from '../../core/errors';
import type { ReadFile } from './read-file';
import type { ChunkResult } from './store-rows';

/** A checked file of one window, and how far its run is. */
export interface ImportJob {
  readonly key: string;
  readonly owner: Owner;
  /** Kept so that the person may have it read as another kind or encoding. */
  readonly bytes: Uint8Array;
  readonly read: ReadFile;
  state: ImportProgress['state'];
  importId: string | null;
  /** Of the last run, or of the dry run while there was none. */
  counts: ImportCounts;
  databaseFaults: ImportFault[];
  done: number;
  error: ErrorCode | null;
  cancelled: boolean;
  /** Forgets the job; begins anew with each use. */
  readonly expiry: NodeJS.Timeout;
}

/** A window and the person signed in there: after a change of person the files of the one before are nobody's. */
export interface Owner {
  caller: string;
  login: string;
}

/** Whether two files are the same person's at the same window. */
export function sameOwner(one: Owner, other: Owner): boolean {
  return one.caller === other.caller && one.login === other.login;
}

const LIFE_MS = 60 * 60_000;

/**
 * The checked files that wait for their run, one for each window: they hold personal data and are forgotten when the
 * person signs out, an hour after their last use, with the next file, or with the process.
 */
export class ImportJobs {
  private readonly jobs = new Map<string, ImportJob>();

  /** Takes a job in; the one this window had before goes. Throws SERVER_BUSY while that one runs. */
  add(owner: Owner, bytes: Uint8Array, read: ReadFile): ImportJob {
    this.refuseWhileRunning(owner);
    for (const job of this.jobs.values()) if (sameOwner(job.owner, owner)) this.drop(job);
    const counts = { create: 0, update: 0, same: 0, refused: read.checker.refused.size };
    const key = randomBytes(24).toString('base64url');
    const job: ImportJob = {
      key,
      owner,
      bytes,
      read,
      state: 'checked',
      importId: null,
      counts,
      databaseFaults: [],
      done: 0,
      error: null,
      cancelled: false,
      // The process need not live on for it.
      expiry: setTimeout(() => this.expire(key), LIFE_MS).unref(),
    };
    this.jobs.set(key, job);
    return job;
  }

  /** The job of this window. Throws FILE_GONE. */
  get(owner: Owner, key: string): ImportJob {
    const job = this.find(owner, key);
    if (!job) throw new AppError('FILE_GONE');
    return job;
  }

  find(owner: Owner, key: string): ImportJob | null {
    const job = this.jobs.get(key);
    if (!job || !sameOwner(job.owner, owner)) return null;
    job.expiry.refresh();
    return job;
  }

  /** Whether some window of this process works on an import. */
  runs(importId: string): boolean {
    return [...this.jobs.values()].some((job) => job.importId === importId && job.state === 'running');
  }

  refuseWhileRunning(owner: Owner): void {
    for (const job of this.jobs.values()) {
      if (sameOwner(job.owner, owner) && job.state === 'running') throw new AppError('SERVER_BUSY');
    }
  }

  /** Forgets what a window has here. A run that goes on ends by itself, and its bytes with it. */
  forget(caller: string): void {
    for (const job of this.jobs.values()) if (job.owner.caller === caller) this.drop(job);
  }

  private expire(key: string): void {
    const job = this.jobs.get(key);
    if (job?.state === 'running') job.expiry.refresh();
    else if (job) this.drop(job);
  }

  private drop(job: ImportJob): void {
    clearTimeout(job.expiry);
    this.jobs.delete(job.key);
  }
}

/** All faults of a job, of the file and of the database, by line. */
export function faultsOf(job: ImportJob): ImportFault[] {
  return [...job.read.checker.faults, ...job.databaseFaults].sort((a, b) => a.row - b.row);
}

/** Starts the counting anew: for a run after the dry run. */
export function resetCounts(job: ImportJob): void {
  job.counts = { create: 0, update: 0, same: 0, refused: job.read.checker.refused.size };
  job.databaseFaults = [];
  job.done = 0;
}

/** Adds what a chunk came to. */
export function addChunk(job: ImportJob, { counts, faults }: ChunkResult): void {
  for (const verdict of ['create', 'update', 'same', 'refused'] as const) job.counts[verdict] += counts[verdict];
  job.done += counts.create + counts.update + counts.same + counts.refused;
  job.databaseFaults.push(...faults);
}

/** What the screen asks for again and again. */
export function progressOf(job: ImportJob): ImportProgress {
  const faults = faultsOf(job);
  return {
    state: job.state,
    importId: job.importId,
    done: job.done,
    total: job.read.checker.good.length,
    counts: job.counts,
    error: job.error,
    faults: faults.slice(0, MAX_FAULTS_SHOWN),
    faultCount: faults.length,
  };
}
