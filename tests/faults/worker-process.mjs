// A worker in a process of its own, to be killed. The program reads its SQL through Vite's glob import, so it is loaded
// through Vite. Its settings come by the environment, as the worker's always do.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
await runnerImport(fileURLToPath(new URL('../../main/hosts/worker/main.ts', import.meta.url)), {
  root,
  configFile: false,
  logLevel: 'error',
});
