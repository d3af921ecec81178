import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { type Cut, openCut } from '../support/proxy';
import { type Cable, openCable } from './cable';
import { openEngine } from './engine';
import { Office } from './flow';
import { FLOWS } from './flows';
import { measure, playRound, pointsFor, ROUNDS } from './rounds';
import { openStage, type Stage } from './stage';

/** Slow in `npm test`, as slow as security.md R4 says in `npm run faults`: an answer then takes ten seconds. */
const LATE_MS = ROUNDS > 5 ? 5_000 : 250;

const database = testDatabase();
let network: Cut;
let cable: Cable;
let stage: Stage;
let office: Office;

beforeAll(async () => {
  const db = database();
  office = new Office(db);
  network = await openCut(db);
  cable = await openCable({ host: '127.0.0.1', port: network.port });
  const target = { host: '127.0.0.1', port: cable.port, database: db.name, password: TEST_PASSWORD };
  stage = openStage(openEngine(target));
});
afterAll(async () => {
  await network.mend();
  await stage.close();
  await cable.close();
  await network.close();
});

const someFlows = FLOWS.filter(({ name }) => ROUNDS > 5 || /editContact|every row/.test(name));

test.each(someFlows)(
  '$name on a line that is half open, and then brings everything at once',
  {
    timeout: 120_000,
  },
  async (flow) => {
    const messages = await measure(flow, office, stage, cable);
    const [point] = pointsFor(messages, 3).slice(1);
    if (!point) throw new Error('no point');
    const struck = await playRound(
      flow,
      office,
      stage,
      cable,
      { ...point, moment: 'before' },
      {
        strike: () => network.hold(),
        mend: async () => {
          await network.mend();
          return stage;
        },
        wordMs: 10_000,
      },
    );
    expect(struck).toBe(true);
  },
);

test.each(someFlows)('$name on a slow line', { timeout: 300_000 }, async (flow) => {
  await measure(flow, office, stage, cable);
  const struck = await playRound(
    flow,
    office,
    stage,
    cable,
    { message: 1, moment: 'before' },
    {
      strike: () => network.delay(LATE_MS),
      mend: async () => {
        network.delay(0);
        return stage;
      },
      wordMs: 60 * LATE_MS,
    },
  );
  expect(struck).toBe(true);
});
