import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { stringify } from 'devalue';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { serve } from '../../main/hosts/loopback/server';
import { BUG, FUZZED } from '../support/fuzz';
import { PATHS } from '../support/hostile-addresses';
import { codesOf, REFUSALS, REQUESTS } from '../support/hostile-messages';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const TOKEN = 't'.repeat(43);
const CLIENT = '0123456789abcdef0123456789abcdef';
const database = testDatabase();
const rejections: unknown[] = [];
const lines: string[] = [];
const onRejection = (error: unknown) => rejections.push(error);

let port = 0;
let close: () => Promise<void>;

beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  const ports = standardPorts((line) => lines.push(line));
  const db = database();
  const core = createCore(ports, {
    servers: [{ id: 'main', name: 'Test', host: db.host, port: db.port, database: db.name, embedded: true }],
    idleSeconds: 600,
  });
  const files = new Map([['/', { bytes: Buffer.from('<html></html>'), mime: 'text/html' }]]);
  const running = await serve(core, files, TOKEN, 0, ports.log);
  port = running.port;
  close = async () => {
    running.server.closeAllConnections();
    await new Promise((done) => running.server.close(done));
    await core.close();
  };
});
afterAll(async () => {
  process.off('unhandledRejection', onRejection);
  await close();
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function own(): Record<string, string> {
  return {
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    'x-ibok-token': TOKEN,
    'x-ibok-client': CLIENT,
  };
}

function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Buffer = '',
): Promise<Answer> {
  const options: RequestOptions = { host: '127.0.0.1', port, method, path, headers, setHost: false };
  return new Promise((resolve, reject) => {
    const request = httpRequest(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

const state = (headers: Record<string, string>, method = 'POST') => send(method, '/trpc/session.state', headers, '');

describe('the loopback host', () => {
  it('serves our own page with the strict policy, and answers our own page', async () => {
    const page = await send('GET', '/', { host: `127.0.0.1:${port}` });
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await state(own())).status).toBe(200);
  });

  it.each<[string, (headers: Record<string, string>) => void]>([
    ['without the token', (h) => delete h['x-ibok-token']],
    ['with a token one letter off', (h) => (h['x-ibok-token'] = `${TOKEN.slice(0, -1)}u`)],
    ['with a shorter token', (h) => (h['x-ibok-token'] = 't')],
    ['without a client id', (h) => delete h['x-ibok-client']],
    ['with a client id that is none', (h) => (h['x-ibok-client'] = '../../x')],
    ['under another name (DNS rebinding)', (h) => (h.host = `evil.example:${port}`)],
    ['under the name localhost', (h) => (h.host = `localhost:${port}`)],
    ['from another page', (h) => (h.origin = 'https://evil.example')],
    ['from a page without an origin', (h) => delete h.origin],
    ['from a sandboxed frame', (h) => (h.origin = 'null')],
    ['cross-site', (h) => (h['sec-fetch-site'] = 'cross-site')],
    ['by navigation', (h) => (h['sec-fetch-site'] = 'none')],
    ['as a form', (h) => (h['content-type'] = 'text/plain')],
  ])('refuses a request %s, in the shape of tRPC errors and without CORS', async (_, change) => {
    const headers = own();
    change(headers);
    const answer = await state(headers);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toHaveProperty('error');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'HEAD'])('refuses %s for a call', async (method) => {
    expect((await state(own(), method)).status).toBe(403);
  });

  it.each(PATHS)('has no file at %j', async (path) => {
    const answer = await raw(path);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toContain('<html>');
  });

  it('refuses a body above a megabyte and a file above twenty', async () => {
    expect((await send('POST', '/trpc/session.signIn', own(), 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);
    const large = { ...own(), 'x-ibok-name': 'a.csv', 'content-length': String(21 * 1024 * 1024) };
    expect((await send('PUT', '/files', large).catch(() => ({ status: 413 }))).status).toBe(413);
  });

  it('hands a slot back once, to the window that filled it', async () => {
    const put = await send('PUT', '/files', { ...own(), 'x-ibok-name': encodeURIComponent('zażółć.csv') }, 'a;b');
    const { slot, name, size } = JSON.parse(put.body);
    expect({ name, size }).toEqual({ name: 'zażółć.csv', size: 3 });
    const other = { ...own(), 'x-ibok-client': CLIENT.replace('0', 'f') };
    expect((await send('GET', `/files/${slot}`, other)).status).toBe(404);
    expect((await send('GET', `/files/${slot}`, own())).body).toBe('a;b');
    expect((await send('GET', `/files/${slot}`, own())).status).toBe(404);
  });

  it.each(REQUESTS)('refuses $name by a code that is no bug', async ({ path, body: text }) => {
    await signIn('s_anna');
    const { status, body } = await send('POST', path, own(), text);
    expect(status).toBeLessThan(500);
    expect(codesOf(body).filter((code) => !REFUSALS.includes(code))).toEqual([]);
  });

  it('lives through 10,000 fuzzed requests, signed in or not: no stack, and nothing that is a bug', async () => {
    const before = process.memoryUsage().heapUsed;
    for (const login of [null, 's_barbara', 's_admin']) {
      if (login) await signIn(login);
      else await send('POST', '/trpc/session.signOut', own());
      await fc.assert(
        fc.asyncProperty(FUZZED, async ({ path, body: text }) => {
          const answer = await send('POST', path, own(), text);
          expect(answer.status).toBeLessThan(500);
          expect(answer.body).not.toMatch(BUG);
        }),
        { numRuns: login ? 4_000 : 2_000 },
      );
      if (login) expect((await state(own())).body).toContain('active');
    }
    expect(rejections).toEqual([]);
    expect(lines.filter((line) => line.includes('"bug"'))).toEqual([]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024);
  }, 240_000);
});

async function signIn(login: string): Promise<void> {
  const input = JSON.stringify(stringify({ server: 'main', login, password: TEST_PASSWORD }));
  expect((await send('POST', '/trpc/session.signIn', own(), input)).body).toContain('active');
}

/** The first line and the rest of what comes for a path that Node's client would not send. */
function raw(path: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(port, '127.0.0.1', () => {
    socket.end(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  });
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes.toString('utf8');
  });
  socket.on('end', () => resolve(text)).on('error', reject);
  return promise;
}
