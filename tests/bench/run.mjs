// `npm run bench -- [--customers N] [--only part,part]`. The program reads its SQL through Vite's glob import, so it is
// loaded through Vite.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const { values } = parseArgs({
  options: { customers: { type: 'string', default: '10000' }, only: { type: 'string', default: '' } },
});
const customers = Number(values.customers);
if (!Number.isInteger(customers) || customers < 1_000) {
  console.error('--customers takes a whole number from 1000 on.');
  process.exit(2);
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const file = fileURLToPath(new URL('./bench.ts', import.meta.url));
const { module } = await runnerImport(file, { root, configFile: false, logLevel: 'error' });
const parts = values.only === '' ? module.PARTS : values.only.split(',');
const unknown = parts.find((part) => !module.PARTS.includes(part));
if (unknown) {
  console.error(`--only takes ${module.PARTS.join(', ')}; not ${unknown}.`);
  process.exit(2);
}
await module.bench(root, customers, parts);
process.exit(0);
