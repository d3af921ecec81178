import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client';
import { parse, stringify } from 'devalue';
import { ipcMain } from 'electron';
import fc from 'fast-check';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { type Core, createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import type { AppRouter } from '../../main/core/router';
import { connectWindow } from '../../main/hosts/electron/desk';
import { connectIpc } from '../../main/hosts/electron/ipc';
import type { Desk } from '../../main/hosts/electron/sender';
import { openWindow } from '../../main/hosts/electron/window';
import { type HostAnswer, MAX_REQUEST_BYTES, MAX_SLOT_BYTES } from '../../shared/bridge';
import { desktop, Frame, invokeAs, type Speaker } from '../support/electron-stand-in';
import { codesOf, NO_REQUESTS, REFUSALS, REQUESTS } from '../support/hostile-messages';

vi.mock('electron', () => import('../support/electron-stand-in'));

const lines: string[] = [];
const ports = standardPorts((line) => lines.push(line));
const server = { id: 'main', name: 'Biuro', host: 'db.example.org', port: 5432, database: 'ibok', embedded: false };
const core: Core = createCore(ports, { servers: [server], idleSeconds: 600 });
const desks = new Set<Desk>();
connectIpc(ipcMain, { core, log: ports.log, desks: () => desks, openFor: () => undefined, onBadge: () => undefined });
const window = openWindow();
const desk = connectWindow(window, core, ports.log, desks);

const rejections: unknown[] = [];
process.on('unhandledRejection', (reason) => rejections.push(reason));

afterAll(async () => {
  window.close();
  await core.close();
});

beforeEach(() => {
  lines.length = 0;
  desktop.openedOutside.length = 0;
});

const channels = ['core:request', 'core:files', 'core:open-external', 'core:desktop'] as const;
const STATE = '/trpc/session.state';
const page: Speaker = { sender: desk.contents, senderFrame: desk.contents.mainFrame };

async function request(speaker: Speaker, ...parts: unknown[]) {
  const { status, body } = (await invokeAs(speaker, 'core:request', ...parts)) as HostAnswer;
  const { error } = JSON.parse(body);
  return { status, code: error === undefined ? 'ANSWERED' : parse(error).data.app.code };
}

test('there are four channels, and as many frames and messages to try as promised', () => {
  expect([...desktop.handlers.keys()].sort()).toEqual([...channels].sort());
  expect(Object.keys(STRANGERS).length + Object.keys(FOREIGN_STATES).length).toBeGreaterThanOrEqual(8);
  expect(REQUESTS.length).toBeGreaterThanOrEqual(40);
});

test('the page asks the real core through the real client and is answered', async () => {
  const client = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: 'http://core/trpc',
        methodOverride: 'POST',
        transformer: { serialize: stringify, deserialize: parse },
        fetch: async (input, init) => {
          const url = new URL(String(input));
          const answer = await invokeAs(page, 'core:request', url.pathname + url.search, String(init?.body ?? ''));
          const { status, body } = answer as HostAnswer;
          return new Response(body, { status });
        },
      }),
    ],
  });
  expect(await client.session.state.query()).toEqual({
    status: 'signedOut',
    servers: [{ id: 'main', name: 'Biuro', embedded: false }],
  });
  desks.delete(desk);
  const refused = await client.session.state.query().catch((error: unknown) => error);
  desks.add(desk);
  expect(refused).toBeInstanceOf(TRPCClientError);
  expect(refused).toMatchObject({ data: { app: { code: 'REQUEST_REFUSED', details: {} }, httpStatus: 403 } });
});

const frame = (change: Partial<Frame>) => Object.assign(new Frame(), change);
const main = desk.contents.mainFrame;

/** Speakers that are not the main frame of our page, each by one difference. */
const STRANGERS: Record<string, () => Speaker> = {
  'no frame (it has gone)': () => ({ ...page, senderFrame: null }),
  'undefined for a frame': () => ({ ...page, senderFrame: undefined }),
  'a frame that throws when it is read': () => ({
    ...page,
    senderFrame: new Proxy(
      {},
      {
        get: () => {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        },
      },
    ),
  }),
  'a child frame of our own origin': () => ({ ...page, senderFrame: frame({ parent: main as never }) }),
  'another main frame with our address': () => ({ ...page, senderFrame: frame({}) }),
  'a window that is not ours': () => ({ sender: {}, senderFrame: main }),
  'an empty event': () => ({}) as Speaker,
  'a frame without facts': () => ({ ...page, senderFrame: {} }),
};

/** What our own main frame must not say once it shows something else. */
const FOREIGN_STATES: Record<string, Partial<Frame>> = {
  'an empty address': { url: '' },
  'another host': { url: 'app://evil/', origin: 'app://evil' },
  'a host that begins like ours': { url: 'app://desk.evil/', origin: 'app://desk.evil' },
  'an origin of nothing (a sandboxed page)': { origin: 'null' },
  'a page of the web': { url: 'https://evil.example/app://desk/', origin: 'https://evil.example' },
  'a file': { url: 'file:///app://desk/', origin: 'file://' },
  'the build tool when none is running': { url: 'http://localhost:5173/', origin: 'http://localhost:5173' },
  'a page being unloaded': { detached: true },
  'a page that stands within another': { parent: new Frame() },
};

/** Honest and dishonest contents; from a stranger none of them may be told apart. */
const PAYLOADS: readonly (readonly unknown[])[] = [
  [STATE, ''],
  [`${STATE}?batch=1`, '{}'],
  ['/trpc/session.signIn', '{}'],
  [{ do: 'pick', accept: 'csv' }],
  [{ do: 'put', name: 'a.csv', bytes: new Uint8Array(3) }],
  [{ do: 'save', slot: 'x' }],
  ['https://www.kpwik.kartuzy.pl/'],
  ...NO_REQUESTS,
  ...REQUESTS.map(({ path, body }) => [path, body]),
];

async function expectRefused(speaker: Speaker): Promise<void> {
  for (const payload of PAYLOADS) {
    expect(await request(speaker, ...payload)).toEqual({ status: 403, code: 'REQUEST_REFUSED' });
    expect(await invokeAs(speaker, 'core:files', ...payload)).toEqual({
      ok: false,
      error: { code: 'REQUEST_REFUSED', details: {} },
    });
    expect(await invokeAs(speaker, 'core:open-external', ...payload)).toBe(false);
    expect(await invokeAs(speaker, 'core:desktop', ...payload)).toBe(false);
  }
  expect(desktop.openedOutside).toEqual([]);
  expect(desktop.openDialogs).toEqual([]);
  expect(lines).toHaveLength(PAYLOADS.length * channels.length);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: 'warn', event: 'ipc.foreign-sender' });
}

test.each(Object.keys(STRANGERS))('%s is refused whatever it sends', async (who) => {
  await expectRefused(STRANGERS[who]?.() ?? page);
});

test.each(Object.keys(FOREIGN_STATES))('our own frame is refused while it shows %s', async (what) => {
  const before = { ...main };
  Object.assign(main, FOREIGN_STATES[what]);
  try {
    await expectRefused(page);
  } finally {
    Object.assign(main, before);
  }
  expect(await request(page, STATE, '')).toEqual({ status: 200, code: 'ANSWERED' });
});

test('the build tool may speak in a clone and never in the packaged program', async () => {
  vi.stubEnv('ELECTRON_RENDERER_URL', 'http://localhost:5173/');
  const before = { ...main };
  Object.assign(main, { url: 'http://localhost:5173/', origin: 'http://localhost:5173' });
  try {
    expect((await request(page, STATE, '')).code).toBe('ANSWERED');
    desktop.packaged = true;
    expect((await request(page, STATE, '')).code).toBe('REQUEST_REFUSED');
  } finally {
    desktop.packaged = false;
    Object.assign(main, before);
    vi.unstubAllEnvs();
  }
});

test.each(NO_REQUESTS.map((parts) => ({ parts })))(
  'our own page is refused what is no request: $parts',
  async ({ parts }) => {
    expect(await request(page, ...parts)).toEqual({ status: 403, code: 'REQUEST_REFUSED' });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      level: 'warn',
      event: 'ipc.refused',
      code: 'REQUEST_REFUSED',
    });
  },
);

test.each(REQUESTS)('our own page is refused $name by a code that is no bug', async ({ path, body }) => {
  const answer = (await invokeAs(page, 'core:request', path, body)) as HostAnswer;
  const codes = codesOf(answer.body);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !REFUSALS.includes(code))).toEqual([]);
});

test('a request may be a mebibyte and twenty levels deep, and not more', async () => {
  const json = (length: number) => `"${'x'.repeat(length - 2)}"`;
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect((await request(page, STATE, json(MAX_REQUEST_BYTES))).code).toBe('ANSWERED');
  expect(await request(page, STATE, json(MAX_REQUEST_BYTES + 1))).toEqual({ status: 413, code: 'TOO_LARGE' });
  expect(await request(page, STATE, `"${'ż'.repeat(MAX_REQUEST_BYTES / 2)}"`)).toMatchObject({ code: 'TOO_LARGE' });
  expect((await request(page, STATE, deep(20))).code).toBe('ANSWERED');
  expect((await request(page, STATE, deep(21))).code).toBe('TOO_LARGE');
  expect((await request(page, STATE, JSON.stringify('[{"\\'.repeat(1000)))).code).toBe('ANSWERED');
});

test('a file above 20 MiB, a reused slot and an operation with more in it are refused with a code', async () => {
  const refused = (code: string) => expect.objectContaining({ ok: false, error: expect.objectContaining({ code }) });
  const large = new Uint8Array(MAX_SLOT_BYTES + 1);
  expect(await invokeAs(page, 'core:files', { do: 'put', name: 'a.csv', bytes: large })).toEqual(
    refused('FILE_TOO_LARGE'),
  );
  expect(await invokeAs(page, 'core:files', { do: 'save', slot: 'never-given' })).toEqual(refused('FILE_GONE'));
  for (const more of [
    { do: 'pick', accept: 'csv', path: '/etc/passwd' },
    { do: 'save', slot: '../x' },
    { do: 'open' },
  ]) {
    expect(await invokeAs(page, 'core:files', more)).toEqual(refused('REQUEST_REFUSED'));
  }
});

test('a bug answers with an incident that stands in the log, and with nothing else of it', async () => {
  const broken: Core = {
    ...core,
    handle: () => Promise.reject(new RangeError('Anna Kowalska')),
  };
  desktop.handlers.clear();
  connectIpc(ipcMain, {
    core: broken,
    log: ports.log,
    desks: () => desks,
    openFor: () => undefined,
    onBadge: () => undefined,
  });
  const { status, body } = (await invokeAs(page, 'core:request', STATE, '')) as HostAnswer;
  desktop.handlers.clear();
  connectIpc(ipcMain, { core, log: ports.log, desks: () => desks, openFor: () => undefined, onBadge: () => undefined });
  const { app } = parse(JSON.parse(body).error).data;
  expect({ status, code: app.code }).toEqual({ status: 500, code: 'INTERNAL' });
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'error', incident: app.incident, kind: 'RangeError' });
  expect(body + lines.join()).not.toContain('Kowalska');
});

test('10,000 messages made at random are all answered, and the process lives', { timeout: 120_000 }, async () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
  });
  const path = fc.oneof(
    fc.constantFrom(STATE, '/trpc/session.signIn', '/trpc/customers.search?batch=1', '/trpc/a,b,c?batch=1'),
    fc.string().map((text) => `/trpc/${text}`),
    fc.webPath(),
    fc.string({ unit: 'binary' }),
  );
  const body = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.json().map((text) => text.slice(1)),
  );
  const parts = fc.oneof(fc.tuple(path, body), fc.array(anything, { maxLength: 3 }));
  const file = fc.record(
    { do: fc.oneof(fc.constantFrom('put', 'save'), anything), name: anything, bytes: anything, slot: anything },
    { requiredKeys: [] },
  );
  const message = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constant('core:request' as const), parts) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('core:files' as const), fc.tuple(file)) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...channels), parts) },
  );
  await fc.assert(
    fc.asyncProperty(message, async ([channel, args]) => {
      const answer = await invokeAs(page, channel, ...args);
      if (channel === 'core:request') {
        const { status, body: text } = answer as HostAnswer;
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(600);
        JSON.parse(text);
        expect(text).not.toMatch(/\n\s+at |node_modules/);
      } else if (channel === 'core:files') expect(answer).toHaveProperty('ok');
      else expect(answer).toBe(false);
    }),
    { numRuns: 10_000 },
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(rejections).toEqual([]);
  expect((await request(page, STATE, '')).code).toBe('ANSWERED');
});
