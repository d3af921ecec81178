import { expect, test } from 'vitest';
import { lockDesks } from '../../main/hosts/electron/lock';
import type { Desk } from '../../main/hosts/electron/sender';

const desks = new Set([{ caller: { id: 'window' } }]) as unknown as ReadonlySet<Desk>;

async function logged(answer: () => Promise<Response>): Promise<string[]> {
  const lines: string[] = [];
  const note = (level: string) => (event: string) => lines.push(`${level} ${event}`);
  lockDesks({ handle: answer }, desks, { info: note('info'), warn: note('warn'), error: note('error') });
  await new Promise((resolve) => setTimeout(resolve, 10));
  return lines;
}

test('a session that could not be locked is noticed, though the refusal has status 200', async () => {
  expect(await logged(async () => Response.json({ result: { data: '{}' } }))).toEqual([]);
  expect(await logged(async () => Response.json({ error: '[{}]' }))).toEqual(['warn session.not-locked']);
  expect(await logged(async () => new Response('no JSON'))).toEqual(['error session.not-locked']);
  expect(await logged(() => Promise.reject(new Error('gone')))).toEqual(['error session.not-locked']);
});
