import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Cable, Point, Strike } from './cable';
import { Refused } from './engine';
import { codeOf, type Flow, type Office } from './flow';
import type { Stage } from './stage';

/** How often each flow meets each fault: 3 in `npm test`, what `npm run faults` says otherwise. */
export const ROUNDS = Number(process.env.IBOK_FAULT_ROUNDS ?? 3);

/** Why this run leaves a flow out; undefined when it does not. */
export const leftOut = ({ slow }: Flow): string | undefined => (ROUNDS > 5 ? undefined : slow);

/** Refusals that a person may meet when the server or the way to it fails. Everything else would be a bug. */
const EXPECTED = ['CONNECTION_LOST', 'SERVER_BUSY', 'SIGN_IN_NO_SERVER', 'SIGN_IN_TIMEOUT'];
const GONE = 'the core is gone';

/** The longest a person waits for the word that something failed. */
const WORD_MS = 5_000;
/** An act in portions shows how far it is, and is called interrupted when it has been silent for 20 s. */
const PORTIONS_MS = 45_000;
/** The longest until the same act can be done again. */
const BACK_MS = 15_000;

/** What strikes, and what must happen before the flow can be tried again. */
export interface Fault {
  strike: Strike;
  /** Mends what was broken; resolves with the stage to go on with. */
  mend?(): Promise<Stage>;
  /** The longest until the person hears of it; 5 s. */
  wordMs?: number;
}

/** How an attempt ended: with an answer, or with the code it was refused with. */
type Outcome = { answer: unknown } | { code: string };

async function attempt(work: Promise<unknown>): Promise<Outcome> {
  try {
    return { answer: await work };
  } catch (error) {
    if (error instanceof Refused) return { code: error.code };
    const code = codeOf(error);
    if (code) return { code };
    if (error instanceof Error && error.message.includes(GONE)) return { code: GONE };
    throw error;
  }
}

/**
 * One round: the act meets the fault at `point`. Afterwards the state is the one before or the one after, never
 * between; the same request again brings it to its end; once more changes nothing and gives the same answer.
 * Returns whether the point was reached.
 */
export async function playRound(
  flow: Flow,
  office: Office,
  stage: Stage,
  cable: Cable,
  point: Point,
  fault: Fault,
): Promise<boolean> {
  const act = await flow.prepare(office);
  const before = await act.state();

  cable.arm(point, fault.strike);
  const started = performance.now();
  const first = await attempt(act.perform(stage));
  const took = performance.now() - started;
  const { struck } = await cable.disarm();
  if ('code' in first) expect([...EXPECTED, GONE], 'what the person is told').toContain(first.code);
  expect(took, 'time until the person is told').toBeLessThan(
    fault.wordMs ?? (flow.inPortions || flow.goesOn ? PORTIONS_MS : WORD_MS),
  );

  const next = struck && fault.mend ? await fault.mend() : stage;
  const between = await act.state();
  const again = await untilAnswered(() => act.perform(next));
  const after = await act.state();
  if (!flow.inPortions) expect([before, after], 'never between').toContainEqual(between);
  if ('answer' in first) expect(between, 'what was answered is stored').toEqual(after);
  if (flow.leavesNothing) expect(after).toEqual(before);
  else expect(after, 'the act has an effect').not.toEqual(before);

  const third = await untilAnswered(() => act.perform(next));
  expect(await act.state(), 'nothing doubled').toEqual(after);
  expect(third, 'the first result again').toEqual(again);
  if ('answer' in first) expect(first.answer).toEqual(again);
  await act.leave?.(next);
  return struck;
}

/** Tries until there is an answer: connections are made anew, and the server's side of a cut one ends in its time. */
async function untilAnswered(perform: () => Promise<unknown>): Promise<unknown> {
  const limit = performance.now() + BACK_MS;
  for (;;) {
    const outcome = await attempt(perform());
    if ('answer' in outcome) return outcome.answer;
    expect([...EXPECTED, 'NOT_SIGNED_IN'], 'what a retry is told').toContain(outcome.code);
    if (performance.now() > limit) throw new Error(`still ${outcome.code} after ${BACK_MS} ms`);
    await wait(100);
  }
}

/** Counts the messages an undisturbed act takes on this stage. */
export async function measure(flow: Flow, office: Office, stage: Stage, cable: Cable): Promise<number> {
  const act = await flow.prepare(office);
  // Once past the sign-in, once for the count.
  await act.perform(stage);
  await act.leave?.(stage);
  const counted = await flow.prepare(office);
  cable.arm({ message: 0, moment: 'before' }, () => undefined);
  await counted.perform(stage);
  const { messages } = await cable.disarm();
  await counted.leave?.(stage);
  return messages;
}

const MOMENTS = ['before', 'within', 'after'] as const;

/**
 * As many points of an act of `messages` messages as rounds, evenly from the first to the last; where there are more
 * rounds than points, every point several times.
 */
export function pointsFor(messages: number, rounds: number): Point[] {
  const all = Array.from({ length: messages }, (_, n) =>
    MOMENTS.map((moment): Point => ({ message: n + 1, moment })),
  ).flat();
  return Array.from({ length: rounds }, (_, round) => {
    const place = rounds < all.length ? Math.round((round * (all.length - 1)) / Math.max(1, rounds - 1)) : round;
    return all[place % all.length] as Point;
  });
}
