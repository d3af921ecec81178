import { readFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Figure, type Goal, round, type Value } from './measure';

/** The machine, and how busy it is with other things: one minute's load divided by its cores. */
export function machine() {
  const [load = 0] = loadavg();
  const cores = cpus().length;
  return {
    cores,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    load: round(load),
    loadPerCore: round(load / cores),
  };
}

/** The figures as a Markdown table; a goal that was missed is marked. */
export function figureTable(figures: Figure[]): string {
  const head = '| what | desks | p50 ms | goal | p95 ms | goal | max ms |\n|---|---:|---:|---:|---:|---:|---:|';
  const rows = figures.map(
    ({ what, desks, p50, p95, max, goal }) =>
      `| ${what} | ${desks} | ${marked(p50, goal?.p50)} | ${marked(p95, goal?.p95)} | ${max} |`,
  );
  return [head, ...rows].join('\n');
}

/** Single values as a Markdown table. */
export function valueTable(values: Value[]): string {
  const rows = values.map(({ what, value, unit, goal }) => `| ${what} | ${marked(value, goal)} | ${unit} |`);
  return ['| what | value | goal | unit |\n|---|---:|---:|---|', ...rows].join('\n');
}

function marked(value: number, most: number | undefined): string {
  if (most === undefined) return `${value} | `;
  return value <= most ? `${value} | ≤ ${most}` : `**${value}** | ≤ ${most}`;
}

/** What the core adds to bare SQL, and how the p95s grew since a smaller office. */
export function derived(figures: Figure[], smaller: Figure[] | null): Value[] {
  const find = (list: Figure[], what: string, desks = 1) => list.find((f) => f.what === what && f.desks === desks);
  const added = PAIRS.flatMap(([through, bare]) => {
    const [a, b] = [find(figures, through), find(figures, bare)];
    return a && b ? [{ what: `added to ${bare}, p50`, value: round(a.p50 - b.p50), unit: 'ms', goal: 1 }] : [];
  });
  const grown = figures.flatMap(({ what, desks, p95 }) => {
    const before = smaller && GROWING.test(what) ? find(smaller, what, desks) : undefined;
    return before ? [{ what: `growth of ${what}, p95`, value: round(p95 / before.p95), unit: '×', goal: 1.5 }] : [];
  });
  return [...added, ...grown];
}

/** Through the core, and the same in bare SQL. */
const PAIRS = [
  ['list by name: first page of 50', 'bare SQL: first page by name'],
  ['card, its reading logged', 'bare SQL: card, logged'],
  ['save of one field, audited, once by request id', 'bare SQL: save of one field'],
] as const;

const GROWING = /^(list by|card|save|planner)/;

/** Whether every goal was met. */
export function met(figures: Figure[], values: Value[]): boolean {
  const within = (value: number, most?: number) => most === undefined || value <= most;
  const meets = ({ p50, p95, goal }: { p50: number; p95: number; goal?: Goal }) =>
    within(p50, goal?.p50) && within(p95, goal?.p95);
  return figures.every(meets) && values.every(({ value, goal }) => within(value, goal));
}

/** The figures of an earlier whole run on an office of this size, or null. */
export async function readFigures(root: string, customers: number): Promise<Figure[] | null> {
  const text = await readFile(join(root, 'var', 'bench', `figures-${customers}.json`), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as { figures: Figure[] }).figures;
}
