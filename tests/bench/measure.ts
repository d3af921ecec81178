/** What the issue asks of a figure, in milliseconds. */
export interface Goal {
  p50?: number;
  p95?: number;
}

/** One row of the result: how many calls at how many desks, and their times in milliseconds. */
export interface Figure {
  what: string;
  desks: number;
  calls: number;
  p50: number;
  p95: number;
  max: number;
  goal?: Goal;
}

/** A single value with a goal: seconds, MiB, frames. */
export interface Value {
  what: string;
  value: number;
  unit: string;
  /** The most it may be. */
  goal?: number;
}

/** Something to time; `i` counts up over all desks, so that calls differ. */
export type Call = (desk: number, i: number) => Promise<unknown>;

/** Calls not counted, so that plans, caches and connections are there. */
const WARM_UP = 20;

/** Runs `call(desk, i)` `calls` times at each of `desks` desks at once and reports the spread of single calls. */
export async function measure(what: string, desks: number, calls: number, call: Call, goal?: Goal): Promise<Figure> {
  for (let i = 0; i < WARM_UP; i++) await call(i % desks, i);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: desks }, async (_, desk) => {
      for (let i = 0; i < calls; i++) times.push(await timed(() => call(desk, i + desk * calls)));
    }),
  );
  return figure(what, desks, times, goal);
}

/** Times several ways of the same work in turns, so that whatever else the machine does hits all of them alike. */
export async function inTurns(calls: number, ways: { what: string; call: Call; goal?: Goal }[]): Promise<Figure[]> {
  const times = ways.map((): number[] => []);
  for (let i = 0; i < WARM_UP; i++) for (const { call } of ways) await call(0, i);
  for (let i = 0; i < calls; i++) {
    for (const [place, { call }] of ways.entries()) times[place]?.push(await timed(() => call(0, i)));
  }
  return ways.map(({ what, goal }, place) => figure(what, 1, times[place] ?? [], goal));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function figure(what: string, desks: number, times: number[], goal?: Goal): Figure {
  times.sort((a, b) => a - b);
  const at = (share: number) => round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { what, desks, calls: times.length, p50: at(0.5), p95: at(0.95), max: at(1), ...(goal ? { goal } : {}) };
}

/** Two decimals. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
