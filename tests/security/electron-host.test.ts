import { stringify } from 'devalue';
import { ipcMain } from 'electron';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Core, createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { connectWindow } from '../../main/hosts/electron/desk';
import { connectIpc } from '../../main/hosts/electron/ipc';
import type { Desk } from '../../main/hosts/electron/sender';
import { openWindow } from '../../main/hosts/electron/window';
import type { HostAnswer } from '../../shared/bridge';
import { invokeAs } from '../support/electron-stand-in';
import { BUG, FUZZED } from '../support/fuzz';
import { codesOf, REFUSALS, REQUESTS } from '../support/hostile-messages';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

vi.mock('electron', () => import('../support/electron-stand-in'));

const database = testDatabase();
const lines: string[] = [];
const rejections: unknown[] = [];
const onRejection = (error: unknown) => rejections.push(error);
let core: Core;
let desk: Desk;

beforeAll(() => {
  process.on('unhandledRejection', onRejection);
  const { host, port, name } = database();
  const ports = standardPorts((line) => lines.push(line));
  const server = { id: 'main', name: 'Test', host, port, database: name, embedded: true };
  core = createCore(ports, { servers: [server], idleSeconds: 600 });
  const desks = new Set<Desk>();
  connectIpc(ipcMain, { core, log: ports.log, desks: () => desks, openFor: () => undefined, onBadge: () => undefined });
  desk = connectWindow(openWindow(), core, ports.log, desks);
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await core.close();
});

async function ask(path: string, body: string): Promise<HostAnswer> {
  const page = { sender: desk.contents, senderFrame: desk.contents.mainFrame };
  return (await invokeAs(page, 'core:request', path, body)) as HostAnswer;
}

async function signIn(login: string): Promise<void> {
  const input = JSON.stringify(stringify({ server: 'main', login, password: TEST_PASSWORD }));
  expect((await ask('/trpc/session.signIn', input)).body).toContain('active');
}

test.each(REQUESTS)('a signed-in window is refused $name by a code that is no bug', async ({ path, body }) => {
  await signIn('s_anna');
  const { status, body: answer } = await ask(path, body);
  expect(status).toBeLessThan(500);
  expect(codesOf(answer).filter((code) => !REFUSALS.includes(code))).toEqual([]);
});

test('10,000 fuzzed requests of signed-in people: no stack, nothing that is a bug, and the process lives', {
  timeout: 240_000,
}, async () => {
  const before = process.memoryUsage().heapUsed;
  for (const login of ['s_anna', 's_barbara', 's_tomasz', 's_admin', 's_iod']) {
    await signIn(login);
    await fc.assert(
      fc.asyncProperty(FUZZED, async ({ path, body }) => {
        const answer = await ask(path, body);
        expect(answer.status).toBeLessThan(500);
        expect(answer.body).not.toMatch(BUG);
      }),
      { numRuns: 2_000 },
    );
    expect((await ask('/trpc/session.state', '')).body).toContain('active');
  }
  expect(rejections).toEqual([]);
  expect(lines.filter((line) => line.includes('"bug"'))).toEqual([]);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024);
});
