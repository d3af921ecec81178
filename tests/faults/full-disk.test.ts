import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, TEST_PASSWORD, type TestDatabase } from '../support/postgres';
import { openEngine, Refused } from './engine';
import { codeOf, Office } from './flow';
import { FLOWS } from './flows';
import { openStage, type Stage } from './stage';

const run = promisify(execFile);
const SIZE_MIB = 96;

let folder: string;
let problem: string | undefined;
let database: TestDatabase;
let outside: TestDatabase;
let office: Office;
let stage: Stage;

/** A disk of its own for one database: the server's log of changes stays where there is room, as on a real server. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibok-disk-'));
  problem = await mount();
  if (problem) return;
  [database, outside] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  office = new Office(database);
  const [row] = await office.rows<{ data: string }>(`select current_setting('data_directory') as data`);
  const { uid, gid } = await stat(row?.data ?? '');
  const place = join(folder, 'space');
  await mkdir(place, { mode: 0o700 });
  await chown(place, uid, gid);
  await run('chmod', ['755', folder]);
  await fromOutside(`create tablespace small location '${place}'`);
  await fromOutside(`alter database ${database.name} set tablespace small`);
  const { host, port, name } = database;
  stage = openStage(openEngine({ host, port, database: name, password: TEST_PASSWORD }));
}, 120_000);

afterAll(async () => {
  if (!problem) {
    await stage.close();
    await database.drop();
    await fromOutside('drop tablespace small');
    await outside.drop();
    await run('umount', [folder]);
  }
  await rm(folder, { recursive: true, force: true });
});

async function mount(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a small disk';
  return run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m`, 'tmpfs', folder]).then(
    () => undefined,
    () => 'this machine does not let a small disk be mounted',
  );
}

/** A statement about the database itself, from another one: nobody may be connected to it. */
async function fromOutside(statement: string): Promise<void> {
  await database.disconnect();
  await (await outside.asSuperuser()).query(statement);
}

/** Takes every free byte of the small disk. */
async function fill(): Promise<void> {
  await using file = await open(join(folder, 'filler'), 'w');
  const { bavail, bsize } = await statfs(folder);
  const block = Buffer.alloc(1 << 20);
  for (let left = bavail * bsize; left > 0; left -= block.length) {
    await file.write(block.subarray(0, Math.min(block.length, left)));
  }
}

const free = () => rm(join(folder, 'filler'), { force: true });

const imports = FLOWS.filter(({ name }) => name.startsWith('imports.run'));

test.for(imports)(
  '$name: nothing of it when the disk is full, all of it when there is room',
  { timeout: 120_000 },
  async (flow, { skip }) => {
    if (problem) return skip(problem);
    // The pages that are there have some room; a few times over, the database has to grow.
    const planted = await Promise.all(Array.from({ length: 12 }, () => flow.prepare(office)));
    await fill();
    let refused = 0;
    for (const act of planted) {
      const before = await act.state();
      const fault = await act.perform(stage).then(() => undefined, codeOfRun);
      if (fault) {
        expect(fault).toBe('SERVER_BUSY');
        expect(await act.state()).toEqual(before);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
    await free();
    for (const act of planted) {
      await act.perform(stage);
      const after = await act.state();
      await act.perform(stage);
      expect(await act.state()).toEqual(after);
    }
  },
);

const codeOfRun = (error: unknown) => (error instanceof Refused ? error.code : codeOf(error));
