// `npm run faults [-- --rounds N]`: every flow that writes against every fault, in full. `npm test` does three rounds.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } });
if (!/^[1-9]\d{0,3}$/.test(values.rounds)) {
  console.error('--rounds takes a number from 1 to 9999.');
  process.exit(2);
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'faults', '--reporter', 'verbose'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, IBOK_FAULT_ROUNDS: values.rounds } },
);
process.exit(status ?? 1);
