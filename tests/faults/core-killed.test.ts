import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';
import { type Cable, openCable } from './cable';
import { Office } from './flow';
import { FLOWS } from './flows';
import { type Killable, startKillable } from './killable';
import { leftOut, measure, playRound, pointsFor, ROUNDS } from './rounds';
import { openStage, type Stage } from './stage';

/** Starting a core costs most of a round: one kill for each flow in `npm test`, the more the more rounds there are. */
const KILLS = Math.ceil(ROUNDS / 5);

const database = testDatabase();
let cable: Cable;
let office: Office;
let present: { core: Killable; stage: Stage };
/** Starts while the present one works. */
let spare: Promise<Killable>;

beforeAll(async () => {
  const db = database();
  office = new Office(db);
  cable = await openCable(db);
  await next();
}, 60_000);
afterAll(async () => {
  await Promise.all([present.core.close(), spare.then((core) => core.close())]);
  await cable.close();
});

const start = () =>
  startKillable({ host: '127.0.0.1', port: cable.port, database: database().name, password: TEST_PASSWORD });

async function next(): Promise<Stage> {
  const core = await (spare ?? start());
  present = { core, stage: openStage(core) };
  spare = start();
  return present.stage;
}

// Another place of each flow, so that all of them together have been through all moments.
test.for(FLOWS.map((flow, place) => ({ ...flow, flow, place })))(
  '$name: before or after a killed core',
  {
    timeout: 60_000 + KILLS * 20_000,
  },
  async ({ flow, place }, { skip }) => {
    const reason = leftOut(flow);
    if (reason) return skip(reason);
    const messages = await measure(flow, office, present.stage, cable);
    const points = pointsFor(messages, Math.max(KILLS, FLOWS.length));
    for (let round = 0; round < KILLS; round++) {
      let at = (place + round * FLOWS.length) % points.length;
      let struck = false;
      // A process that has been asked before says less than the measured one: then an earlier moment is taken.
      for (; !struck && at >= 0; at = at === 0 ? -1 : Math.floor(at / 2)) {
        const point = points[at];
        if (!point) throw new Error('no point');
        struck = await playRound(flow, office, present.stage, cable, point, {
          strike: () => present.core.kill(),
          mend: next,
        });
      }
      expect(struck).toBe(true);
    }
  },
);
