// Draws one letter in a process of its own and prints the bytes' SHA-256. Argument: its facts as JSON.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = fileURLToPath(new URL('../../main/modules/letters/letters.render.ts', import.meta.url));
const { module } = await runnerImport(file, { root, configFile: false, logLevel: 'error' });
const facts = JSON.parse(process.argv[2]);
const bytes = await module.renderLetter(facts.kind, facts, facts.letterhead);
process.stdout.write(createHash('sha256').update(bytes).digest('hex'));
