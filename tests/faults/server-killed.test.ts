import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { discardEmbedded, type EmbeddedServer, startEmbedded } from '../../main/db/embedded';
import { buildTemplate, createTestDatabase, TEST_PASSWORD, type TestDatabase } from '../support/postgres';
import { isAlive } from '../support/processes';
import { type Cable, openCable } from './cable';
import { openEngine } from './engine';
import { Office } from './flow';
import { FLOWS } from './flows';
import { leftOut, measure, playRound, pointsFor, ROUNDS } from './rounds';
import { openStage, type Stage } from './stage';

/** Those that a round can be spent on. */
const PLAYED = FLOWS.filter((flow) => !leftOut(flow));

let folder: string;
let server: EmbeddedServer;
let database: TestDatabase;
let office: Office;
let cable: Cable;
let stage: Stage;

/**
 * `synchronous_commit` stays on: the server keeps its word. Without `fsync` it does so too, because the bytes are with
 * the operating system, which is not killed; recovery would otherwise take seconds.
 */
const SETTINGS = { max_connections: '60', fsync: 'off' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibok-faults-'));
  server = await startEmbedded({ folder, settings: SETTINGS });
  const { host, port, superuser } = server;
  const address = { host, port, password: superuser.password };
  await buildTemplate(address);
  database = await createTestDatabase(address);
  office = new Office(database);
  // The copy of a template inherits how far its sequences were logged there, and until the next checkpoint logs less
  // than a recovery needs. A database of its own, as a real office has, is not concerned.
  await office.rows('checkpoint');
  cable = await openCable(database);
  stage = openStage(openEngine({ host, port: cable.port, database: database.name, password: TEST_PASSWORD }));
}, 120_000);
afterAll(async () => {
  await stage.close();
  await cable.close();
  await server.stop();
  await discardEmbedded(folder);
  await rm(folder, { recursive: true, force: true });
});

/** `kill -9` of the postmaster; what it had under way ends with it. */
async function kill(): Promise<void> {
  const [row] = await office.rows<{ pid: string }>(
    `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
  );
  const pid = Number(row?.pid);
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await wait(10);
}

/** Starts it again on the same port; refused while processes of the killed one still hold its memory. */
async function restart(): Promise<Stage> {
  const limit = performance.now() + 20_000;
  for (;;) {
    try {
      server = await startEmbedded({ folder, port: database.port, settings: SETTINGS });
      break;
    } catch (error) {
      if (performance.now() > limit) throw error;
      await wait(200);
    }
  }
  expect(server.port).toBe(database.port);
  return stage;
}

test.each(
  Array.from({ length: ROUNDS }, (_, round) => ({ round: round + 1, flow: PLAYED[(round * 3) % PLAYED.length] })),
)('round $round: $flow.name before or after a killed server', { timeout: 90_000 }, async ({ round, flow }) => {
  if (!flow) throw new Error('no flow');
  const messages = await measure(flow, office, stage, cable);
  const points = pointsFor(messages, Math.max(5, Math.ceil(ROUNDS / PLAYED.length)));
  // From the last point on: where the commit is.
  const point = points.at(-1 - (Math.floor(round / PLAYED.length) % points.length));
  if (!point) throw new Error('no point');
  // Connections of the round before that are still being made anew shift the points: then it is played again.
  const play = () => playRound(flow, office, stage, cable, point, { strike: kill, mend: restart });
  expect((await play()) || (await play()) || (await play())).toBe(true);
});
