import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Client as Api, openDesk } from '../support/desk';
import { type Figure, measure, table } from './measure';
import { type BenchOffice, benchOffice, DATABASE, DESKS } from './office';
import { drawSamples } from './samples';

const CALLS = 200;

/**
 * Times the caller (tRPC, real roles, row-level security on, audit on) beside the same work in bare SQL through `pg`
 * in the same run, and writes the figures to `var/bench/figures-<customers>.json`.
 */
export async function bench(root: string, customers: number): Promise<void> {
  const office = await benchOffice(root, customers);
  try {
    await run(root, customers, office);
  } finally {
    await office.superuser.end();
    await office.server.stop();
  }
}

async function run(root: string, customers: number, office: BenchOffice): Promise<void> {
  const { server, superuser, loadSeconds } = office;
  const desk = openDesk(
    { host: server.host, port: server.port, database: DATABASE, embedded: true },
    { idleSeconds: 36_000 },
  );
  const apis = await Promise.all(
    Array.from({ length: DESKS }, (_, i) => desk.window(`w${i}`).signIn(`s_bench${i + 1}`, office.password)),
  );
  const figures = [
    ...(await searches(superuser, apis)),
    ...(await lists(office, apis, customers)),
    ...(await cards(office, apis, customers)),
    ...(await saves(office, apis, customers)),
  ];
  const memory = Math.round(process.memoryUsage.rss() / 1024 / 1024);
  const report = {
    customers,
    at: new Date().toISOString(),
    node: process.version,
    loadSeconds,
    memoryMiB: memory,
    figures,
  };
  await writeFile(join(root, 'var', 'bench', `figures-${customers}.json`), `${JSON.stringify(report, null, 2)}\n`);
  console.log(
    `${customers} customers; data ready in ${loadSeconds.toFixed(1)} s (loaded by a superuser, audit and triggers off)`,
  );
  console.log(`memory of the process with the core and ${DESKS} desks: ${memory} MiB\n`);
  console.log(table(figures));
  await desk.close();
}

const at = (apis: Api[], desk: number): Api => apis[desk % apis.length] as Api;

async function searches(superuser: Client, apis: Api[]): Promise<Figure[]> {
  const samples = await drawSamples(superuser);
  const figures: Figure[] = [];
  const all: string[] = [];
  for (const [kind, inputs] of Object.entries(samples)) {
    all.push(...inputs);
    const text = (i: number) => inputs[i % inputs.length] as string;
    figures.push(
      await measure(`search: ${kind}`, 1, CALLS, (_, i) => at(apis, 0).customers.search.query({ text: text(i) })),
    );
  }
  const mixed = (desk: number, i: number) =>
    at(apis, desk).customers.search.query({ text: all[(i * 7) % all.length] as string });
  figures.push(await measure('search: all kinds', 1, all.length, mixed));
  figures.push(await measure('search: all kinds', 6, CALLS, mixed));
  return figures;
}

async function lists({ server, password }: BenchOffice, apis: Api[], customers: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const key of ['name', 'customerNo', 'address', 'points'] as const) {
    const sort = { key, descending: false };
    const first = (desk: number) => at(apis, desk).customers.list.query({ filter: {}, sort });
    const deep = await deepCursor(at(apis, 0), sort, customers);
    figures.push(await measure(`list by ${key}: first page of 50`, 1, CALLS, first));
    figures.push(
      await measure(`list by ${key}: deep page`, 1, CALLS, (desk) =>
        at(apis, desk).customers.list.query({ filter: {}, sort, cursor: deep }),
      ),
    );
  }
  const byName = { key: 'name', descending: false } as const;
  figures.push(
    await measure('list by name: first page', DESKS, CALLS, (desk) =>
      at(apis, desk).customers.list.query({ filter: {}, sort: byName }),
    ),
  );
  const bare = await asClerk(server, password);
  const sql = `select customer_id, customer_no, kind, display_name, address, city, postal_code, point_count, deceased, sort_name
     from ibok.customer_search order by sort_name asc, customer_id asc limit $1`;
  figures.push(await measure('bare SQL: first page by name', 1, CALLS, () => bare.query(sql, [51])));
  await bare.end();
  return figures;
}

/** The cursor in the middle of the list, made as the server makes it. */
async function deepCursor(
  api: Api,
  sort: { key: 'name' | 'customerNo' | 'address' | 'points'; descending: boolean },
  customers: number,
) {
  let cursor: string | null = null;
  for (let page = 0; page < Math.min(40, customers / 400); page++) {
    cursor = (await api.customers.list.query({ filter: {}, sort, cursor, limit: 200 })).nextCursor;
  }
  return cursor;
}

async function cards({ server, password }: BenchOffice, apis: Api[], customers: number): Promise<Figure[]> {
  const id = (i: number) => String(1 + ((i * 7919) % customers));
  const open = (desk: number, i: number) => at(apis, desk).customers.card.query({ id: id(i), purpose: 'check' });
  const whole = (desk: number, i: number) =>
    Promise.all([
      open(desk, i),
      at(apis, desk).customers.points.query({ id: id(i) }),
      at(apis, desk).readings.ofCustomer.query({ id: id(i) }),
    ]);
  const bare = await asClerk(server, password);
  const figures = [
    await measure('card, its reading logged', 1, CALLS, open),
    await measure('card with points, meters and readings, logged', 1, CALLS, whole),
    await measure('card with points, meters and readings, logged', DESKS, CALLS, whole),
    await measure('bare SQL: card, logged', 1, CALLS, (_, i) =>
      bare.query('select api.open_card($1, $2)', [id(i), 'check']),
    ),
  ];
  await bare.end();
  return figures;
}

async function saves({ server, password }: BenchOffice, apis: Api[], customers: number): Promise<Figure[]> {
  const known = new Map<string, string | null>();
  const phone = (i: number) => `58 ${String(1_000_000 + (i % 8_999_999))}`;
  const id = (i: number) => String(1 + ((i * 104_729) % customers));
  const change = async (i: number, save: (id: string, from: string | null, to: string) => Promise<unknown>) => {
    const to = phone(i);
    await save(id(i), known.get(id(i)) ?? null, to);
    known.set(id(i), to);
  };
  const bare = await asClerk(server, password);
  for (let i = 0; i < CALLS * 4 + 100; i++) {
    const { rows } = await bare.query(`select api.open_card($1, 'check') ->> 'phoneAlt' as phone`, [id(i)]);
    known.set(id(i), rows[0].phone);
  }
  const call = (_: number, i: number) =>
    change(i, async (customer, from, to) => {
      const answer = await at(apis, 0).customers.editContact.mutate({
        id: customer,
        requestId: randomUUID(),
        changes: { phoneAlt: { from, to } },
      });
      if (answer.status !== 'saved') throw new Error('the save met a conflict');
    });
  const inSql = (_: number, i: number) =>
    change(i + CALLS * 2, (customer, from, to) =>
      bare.query('select api.edit_contact($1, $2, $3)', [
        customer,
        JSON.stringify({ phone_alt: [from, to] }),
        randomUUID(),
      ]),
    );
  const figures = [
    await measure('save of one field, audited, once by request id', 1, CALLS, call),
    await measure('bare SQL: save of one field', 1, CALLS, inSql),
  ];
  await bare.end();
  return figures;
}

async function asClerk(server: BenchOffice['server'], password: string): Promise<Client> {
  const client = new Client({ host: server.host, port: server.port, database: DATABASE, user: 's_bench1', password });
  await client.connect();
  return client;
}
