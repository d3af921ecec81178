import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ImportJobs } from '../../main/modules/imports/import-jobs';
import { readExport } from '../../main/modules/imports/read-file';
import { exportText, person } from '../support/export-files';

const anna = { caller: 'window-1', login: 's_anna' };
const bytes = new TextEncoder().encode(exportText('customers', [person(1)]));
let jobs: ImportJobs;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  jobs = new ImportJobs();
});
afterEach(() => vi.useRealTimers());

const add = async (owner = anna) => jobs.add(owner, bytes, await readExport('k.csv', bytes, { kind: 'customers' }));
const gone = { code: 'FILE_GONE' };

test('a file is forgotten an hour after its last use, without anybody asking', async () => {
  const job = await add();
  vi.advanceTimersByTime(59 * 60_000);
  expect(jobs.get(anna, job.key)).toBe(job);
  vi.advanceTimersByTime(59 * 60_000);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2 * 60_000);
  // No timer means no job: nothing is held any more.
  expect(vi.getTimerCount()).toBe(0);
  expect(() => jobs.get(anna, job.key)).toThrow(expect.objectContaining(gone));
});

test('a file that is being stored is not forgotten meanwhile', async () => {
  const job = await add();
  job.state = 'running';
  vi.advanceTimersByTime(3 * 60 * 60_000);
  await expect(add()).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  job.state = 'done';
  vi.advanceTimersByTime(61 * 60_000);
  expect(vi.getTimerCount()).toBe(0);
});

test('a window that is told to forget forgets its own files only', async () => {
  const other = { caller: 'window-11', login: 's_anna' };
  const [mine, theirs] = [await add(), await add(other)];
  jobs.forget('window-1');
  expect(() => jobs.get(anna, mine.key)).toThrow(expect.objectContaining(gone));
  expect(jobs.get(other, theirs.key)).toBe(theirs);
  expect(vi.getTimerCount()).toBe(1);
});

test('a file is its own person’s, and the next one takes its place', async () => {
  const first = await add();
  expect(() => jobs.get({ ...anna, login: 's_barbara' }, first.key)).toThrow(expect.objectContaining(gone));
  const second = await add();
  expect(() => jobs.get(anna, first.key)).toThrow(expect.objectContaining(gone));
  expect(jobs.get(anna, second.key)).toBe(second);
});
