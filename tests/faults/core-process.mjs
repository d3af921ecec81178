// A process with a core in it, to be killed. The program reads its SQL through Vite's glob import, so it is loaded
// through Vite. Argument: where the database is, as JSON.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = fileURLToPath(new URL('./core-process.ts', import.meta.url));
const { module } = await runnerImport(file, { root, configFile: false, logLevel: 'error' });
module.serveCore(JSON.parse(process.argv[2]));
