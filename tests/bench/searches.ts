import type { Client } from 'pg';
import type { Client as Api } from '../support/desk';
import { type Figure, measure } from './measure';
import { drawSamples } from './samples';

const CALLS = 200;
const GOAL = { p50: 5, p95: 20 };

/** Search while typing: each of fifteen kinds of input, all of them mixed, and six typists at once. */
export async function searches(superuser: Client, apis: readonly Api[]): Promise<Figure[]> {
  const samples = await drawSamples(superuser);
  const search = (desk: number, text: string | undefined) =>
    (apis[desk % apis.length] as Api).customers.search.query({ text: text ?? '' });
  const figures: Figure[] = [];
  for (const [kind, inputs] of Object.entries(samples)) {
    figures.push(await measure(`search: ${kind}`, 1, CALLS, (_, i) => search(0, inputs[i % inputs.length])));
  }
  const all = Object.values(samples).flat();
  // 7 and the number of inputs have no common divisor, so every input comes, and neighbours are of different kinds.
  const mixed = (desk: number, i: number) => search(desk, all[(i * 7 + desk * 31) % all.length]);
  figures.push(await measure('search: all kinds', 1, all.length, mixed, GOAL));
  figures.push(await measure('search: all kinds', 6, CALLS, mixed, { p95: 60 }));
  return figures;
}
