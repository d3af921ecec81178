import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Client as Api, openDesk } from '../support/desk';
import { approvals } from './approvals';
import { cards } from './cards';
import { signIn } from './desk-work';
import { flushes } from './disk';
import { exchanges } from './exchanges';
import { heavyWork } from './heavy';
import { type Host, startHost } from './host';
import { letters } from './letters';
import { lists } from './lists';
import { mails } from './mail';
import type { Figure, Value } from './measure';
import { meterImports } from './meter-imports';
import { notices } from './notices';
import { type BenchOffice, benchOffice, DATABASE, DESKS } from './office';
import { planner } from './planner';
import { registrations } from './registrations';
import { derived, figureTable, machine, met, readFigures, valueTable } from './report';
import { saves } from './saves';
import { scrolling } from './scroll';
import { searches } from './searches';
import { startTimes } from './start';

/** What is measured, by name: `--only searches,lists` takes some of them. */
export const PARTS = [
  'searches',
  'lists',
  'registrations',
  'planner',
  'cards',
  'saves',
  'approvals',
  'exchanges',
  'heavy',
  'meters',
  'notices',
  'scroll',
  'start',
  'letters',
  'mail',
] as const;
export type Part = (typeof PARTS)[number];

const say = (line: string) => console.log(line);

/**
 * Measures an office of so many customers and writes the figures to `var/bench/figures-<customers>.json`.
 *
 * Single calls go through the caller (tRPC, contracts, real role, row-level security, audit) beside the same work in bare
 * SQL through `pg`. Memory, imports, exports and bulk acts are those of the built program in a process of its own.
 */
export async function bench(root: string, customers: number, parts: readonly Part[]): Promise<void> {
  const before = machine();
  const office = await benchOffice(root, customers, say);
  try {
    const { figures, values: counted } = await singleCalls(office, parts);
    const { values, failed } = await wholeProgram(root, office, parts);
    const smaller = customers > 10_000 ? await readFigures(root, 10_000) : null;
    values.unshift(...counted);
    values.push(...derived(figures, smaller));
    await report(root, office, { before, after: machine() }, parts, { figures, values, failed });
  } finally {
    await office.superuser.end();
    await office.server.stop();
  }
}

async function singleCalls(
  office: BenchOffice,
  parts: readonly Part[],
): Promise<{ figures: Figure[]; values: Value[] }> {
  const { host, port } = office.server;
  const desk = openDesk({ host, port, database: DATABASE, embedded: true }, { idleSeconds: 36_000 });
  try {
    const apis: Api[] = [];
    for (let i = 1; i <= DESKS; i++) apis.push(await desk.window(`w${i}`).signIn(`s_bench${i}`, office.password));
    const figures: Figure[] = [];
    const values: Value[] = [];
    if (parts.includes('searches')) figures.push(...(await searches(office.superuser, apis)));
    if (parts.includes('lists')) figures.push(...(await lists(office, apis)));
    if (parts.includes('registrations')) figures.push(...(await registrations(office, apis)));
    if (parts.includes('planner')) {
      const planned = await planner(office, apis);
      figures.push(...planned.figures);
      values.push(...planned.values);
    }
    if (parts.includes('cards')) figures.push(...(await cards(office, apis)));
    if (parts.includes('saves')) figures.push(...(await saves(office, apis)), await flushes(office.folder));
    return { figures, values };
  } finally {
    await desk.close();
  }
}

/** What one part measured, or why it could not be measured: the others shall not be lost with it. */
interface Measured {
  values: Value[];
  failed: { part: Part; why: string }[];
}

async function wholeProgram(root: string, office: BenchOffice, parts: readonly Part[]): Promise<Measured> {
  const { host: address, port } = office.server;
  const server = { name: 'Bench', host: address, port, database: DATABASE, embedded: true };
  const onHost = async (work: (host: Host) => Promise<Value[]>) => {
    const host = await startHost(root, server);
    try {
      return await work(host);
    } finally {
      await host.stop();
    }
  };
  const work: Partial<Record<Part, () => Promise<Value[]>>> = {
    heavy: () => onHost(async (host) => [...(await eightDesks(host, office)), ...(await heavyWork(host, office))]),
    scroll: () => onHost((host) => scrolling(host.url, 's_bench1', office.password)),
    approvals: () => approvals(office),
    exchanges: () => exchanges(office),
    meters: () => onHost((host) => meterImports(host, office)),
    notices: () => onHost((host) => notices(host, office)),
    start: () => startTimes(root),
    letters: () => letters(root),
    mail: () => mails(office),
  };
  const measured: Measured = { values: [], failed: [] };
  for (const part of parts) {
    try {
      measured.values.push(...((await work[part]?.()) ?? []));
    } catch (error) {
      measured.failed.push({ part, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return measured;
}

/** Eight clerks at one host search, list and open cards; the most memory its process held meanwhile. */
async function eightDesks(host: Host, office: BenchOffice): Promise<Value[]> {
  await Promise.all(
    Array.from({ length: DESKS }, async (_, desk) => {
      const window = await host.window();
      await signIn(window, `s_bench${desk + 1}`, office.password);
      for (let i = 0; i < 60; i++) {
        const id = String(1 + (((desk * 60 + i) * 997) % office.customers));
        await window.api.customers.search.query({ text: ['kowal', 'kart', 'nowak jan', id][i % 4] as string });
        await window.api.customers.list.query({
          question: { filters: {}, sort: { key: 'name', descending: i % 2 === 0 } },
          limit: 200,
        });
        await window.api.customers.card.query({ id, purpose: 'check' });
        await window.api.readings.ofCustomer.query({ id });
      }
    }),
  );
  const memory = await host.memory();
  const what = `most memory of the main process, ${DESKS} desks at work`;
  return memory ? [{ what, value: memory.peak, unit: 'MiB', goal: 250 }] : [];
}

async function report(
  root: string,
  { customers, load, superuser }: BenchOffice,
  load1: { before: object; after: object },
  parts: readonly Part[],
  { figures, values, failed }: Measured & { figures: Figure[] },
): Promise<void> {
  const { rows } = await superuser.query<{ version: string }>('show server_version');
  const whole = {
    customers,
    at: new Date().toISOString(),
    node: process.version,
    postgres: rows[0]?.version,
    machine: load1,
    load,
    met: failed.length === 0 && met(figures, values),
    figures,
    values,
    failed,
  };
  // A part of the figures alone would replace a whole run that others are compared with.
  const name = parts.length === PARTS.length ? `figures-${customers}` : `figures-${customers}-${parts.join('-')}`;
  const file = join(root, 'var', 'bench', `${name}.json`);
  await writeFile(file, `${JSON.stringify(whole, null, 2)}\n`);
  say(`\n${customers} customers, loaded in ${load.seconds} s; machine ${JSON.stringify(load1)}\n`);
  say(`${figureTable(figures)}\n\n${valueTable(values)}\n`);
  for (const { part, why } of failed) say(`Not measured: ${part}. ${why}`);
  say(`${whole.met ? 'Every goal was met.' : 'Goals in bold were missed.'} ${file}`);
}
