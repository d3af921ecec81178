/** One row of the result: how many calls at how many desks, and their times in milliseconds. */
export interface Figure {
  what: string;
  desks: number;
  calls: number;
  p50: number;
  p95: number;
  max: number;
}

/** Calls not counted, so that plans, caches and connections are there. */
const WARM_UP = 20;

/**
 * Runs `call(desk, i)` `calls` times at each of `desks` desks at once and reports the spread of single calls.
 */
export async function measure(
  what: string,
  desks: number,
  calls: number,
  call: (desk: number, i: number) => Promise<unknown>,
): Promise<Figure> {
  for (let i = 0; i < WARM_UP; i++) await call(i % desks, i);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: desks }, async (_, desk) => {
      for (let i = 0; i < calls; i++) {
        const start = performance.now();
        await call(desk, i + desk * calls);
        times.push(performance.now() - start);
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { what, desks, calls: times.length, p50: round(at(0.5)), p95: round(at(0.95)), max: round(at(1)) };
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100;
}

/** The figures as a Markdown table. */
export function table(figures: Figure[]): string {
  const head = '| what | desks | calls | p50 ms | p95 ms | max ms |\n|---|---:|---:|---:|---:|---:|';
  const rows = figures.map(
    ({ what, desks, calls, p50, p95, max }) => `| ${what} | ${desks} | ${calls} | ${p50} | ${p95} | ${max} |`,
  );
  return [head, ...rows].join('\n');
}
