import type { ReadContext } from '../../core/context';
import { HeldFiles } from './held-files';
import { type ImportJob, ImportJobs, type Owner } from './import-jobs';

/** The files of all windows: checked ones that wait for their run, and unread ones that wait for a mapping. */
export const jobs = new ImportJobs();
export const held = new HeldFiles();

type JobContext = Pick<ReadContext, 'caller' | 'actor'>;

export function ownerOf({ caller, actor }: JobContext): Owner {
  return { caller: caller.id, login: actor.login };
}

/** The checked file of this window. Throws FILE_GONE. */
export function jobOf(ctx: JobContext, key: string): ImportJob {
  return jobs.get(ownerOf(ctx), key);
}
