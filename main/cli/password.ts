import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError } from './address';

/**
 * The password of a login: PGPASSWORD where it is set (for services), else asked for on the terminal, unseen.
 * @throws CommandError where there is neither.
 */
export async function askPassword(login: string): Promise<string> {
  const given = process.env.PGPASSWORD;
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) throw new CommandError(`No terminal to ask for the password of ${login}: set PGPASSWORD.`);
  process.stderr.write(`Password of ${login}: `);
  // readline echoes to its output; one that swallows everything shows nothing.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
