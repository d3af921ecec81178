import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { type Cable, openCable, type Strike } from './cable';
import { openEngine } from './engine';
import { Office } from './flow';
import { FLOWS } from './flows';
import { leftOut, measure, playRound, pointsFor, ROUNDS } from './rounds';
import { openStage, type Stage } from './stage';

const database = testDatabase();
const lines: string[] = [];
let cable: Cable;
let stage: Stage;
let office: Office;

beforeAll(async () => {
  const db = database();
  office = new Office(db);
  cable = await openCable(db);
  const target = { host: '127.0.0.1', port: cable.port, database: db.name, password: TEST_PASSWORD };
  stage = openStage(openEngine(target, (line) => lines.push(line)));
});
afterAll(async () => {
  await stage.close();
  await cable.close();
});

/** By turns: the cable is cut, and the server ends the session. */
const STRIKES: readonly Strike[] = [
  (link) => link.cut(),
  async ({ port }) => {
    await office.rows('select pg_terminate_backend(pid, 5000) from pg_stat_activity where client_port = $1', [port]);
  },
];

test.for(FLOWS)(
  '$name: before or after a lost connection, never between, never twice',
  { timeout: 60_000 + ROUNDS * 5_000 },
  async (flow, { skip }) => {
    const reason = leftOut(flow);
    if (reason) return skip(reason);
    const messages = await measure(flow, office, stage, cable);
    expect(messages).toBeGreaterThan(0);
    const points = pointsFor(messages, ROUNDS);
    let struck = 0;
    for (const [round, point] of points.entries()) {
      const strike = STRIKES[round % STRIKES.length];
      if (strike && (await playRound(flow, office, stage, cable, point, { strike }))) struck += 1;
    }
    // A question for the progress more or less, or a pooled connection to make anew, shifts the points.
    expect(struck, 'rounds in which the fault struck').toBeGreaterThanOrEqual(Math.ceil(ROUNDS * 0.6));
    expect(lines.filter((line) => line.includes('"bug"'))).toEqual([]);
  },
);
