import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { stringify } from 'devalue';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { serve } from '../../main/hosts/loopback/server';
import { PERMISSIONS } from '../../shared/permissions';
import { TEST_PASSWORD, testDatabase } from '../support/postgres';

const TOKEN = 't'.repeat(43);
const CLIENT = '0123456789abcdef0123456789abcdef';
const database = testDatabase();
const rejections: unknown[] = [];
const onRejection = (error: unknown) => rejections.push(error);

let port = 0;
let close: () => Promise<void>;

beforeAll(async () => {
  process.on('unhandledRejection', onRejection);
  const ports = standardPorts(() => undefined);
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

  it.each([
    '/index.html/../../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/..%5cpackage.json',
    '//etc/passwd',
    '/index.html%00.png',
    '/.env',
    '/main/core/core.ts',
    '/?x=1',
  ])('has no file at %s', async (path) => {
    expect((await send('GET', path, { host: `127.0.0.1:${port}` })).status).toBe(403);
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

  it.each([
    ['/trpc/nothing.here', '{}'],
    ['/trpc/__proto__', '{}'],
    ['/trpc/session.signIn', '{'],
    ['/trpc/session.signIn', '"[{\\"__proto__\\":1}]"'],
    ['/trpc/session.signIn?batch=1', '[]'],
  ])('refuses %s with %s by a code that is no bug', async (path, text) => {
    const { body } = await send('POST', path, own(), text);
    expect(body).toMatch(/REQUEST_REFUSED|INVALID_INPUT/);
    expect(body).not.toContain('INTERNAL"');
  });

  it('lives through 10,000 fuzzed requests of a signed-in clerk: no stack, and nothing that is a bug', async () => {
    const call = (procedure: string, input: unknown) =>
      send('POST', `/trpc/${procedure}`, own(), JSON.stringify(travelling(input)));
    const signedIn = await call('session.signIn', { server: 'main', login: 's_anna', password: TEST_PASSWORD });
    expect(signedIn.body).toContain('active');

    const value = fc.oneof(
      fc.constantFrom<unknown>(
        '1',
        '0',
        '-1',
        '9'.repeat(18),
        '9'.repeat(30),
        '%',
        "'; --",
        '\u0000',
        '\ud800',
        '\u202e',
        'żuk',
        'x'.repeat(5_000),
      ),
      fc.constantFrom<unknown>(
        null,
        undefined,
        Number.NaN,
        -0,
        Number.POSITIVE_INFINITY,
        2n ** 70n,
        [],
        {},
        true,
        new Date(0),
      ),
      fc.constantFrom<unknown>(
        'name',
        'pesel',
        '__proto__',
        'constructor',
        'phone_call',
        'customers',
        'bm9wZQ',
        cursor('points', 2 ** 40),
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.jsonValue({ maxDepth: 3 }),
    );
    const names = fc.constantFrom(
      'id',
      'text',
      'filter',
      'sort',
      'cursor',
      'limit',
      'purpose',
      'field',
      'reason',
      'changes',
      'requestId',
      'table',
      'before',
      'key',
      'kind',
      'slot',
      'importKey',
      'mode',
      '__proto__',
    );
    const input = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.dictionary(names, fc.oneof(value, fc.dictionary(names, value, { maxKeys: 3 })), { maxKeys: 5 }),
      },
      { weight: 1, arbitrary: value },
    );
    const nearly = fc.constantFrom<[string, unknown]>(
      [
        'customers.list',
        { filter: { text: "%'\\" }, sort: { key: 'name', descending: true }, cursor: cursor('name', 7) },
      ],
      ['customers.list', { cursor: cursor('points', 2 ** 31), sort: { key: 'points' } }],
      ['customers.card', { id: '9'.repeat(18) }],
      ['customers.editContact', { id: '1', requestId: 'x', changes: { phone: { from: null, to: '1' } } }],
      ['audit.history', { table: 'customers', id: '1', before: '9'.repeat(18) }],
      ['meters.get', { id: '1' }],
    );
    const procedures = fc.constantFrom(
      ...Object.keys(PERMISSIONS),
      'session.state',
      'session.saveSettings',
      'session.changePassword',
      '__proto__',
      'a.b',
    );
    const request = fc.oneof({ weight: 6, arbitrary: fc.tuple(procedures, input) }, { weight: 1, arbitrary: nearly });
    const raw = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('"[{\\"__proto__\\":[1]}]"', '[[[[', '', 'null'),
    );
    const judge = (answer: Answer) => {
      expect(answer.status).toBeLessThan(500);
      expect(answer.body).not.toMatch(/node_modules|\.ts:|\bat .*\(|INTERNAL\W/);
    };
    await fc.assert(
      fc.asyncProperty(request, async ([procedure, given]) => judge(await call(procedure, given))),
      { numRuns: 8_000 },
    );
    await fc.assert(
      fc.asyncProperty(procedures, raw, fc.boolean(), async (procedure, text, batch) =>
        judge(await send('POST', `/trpc/${encodeURIComponent(procedure)}${batch ? '?batch=1' : ''}`, own(), text)),
      ),
      { numRuns: 2_000 },
    );
    expect(rejections).toEqual([]);
    expect((await state(own())).body).toContain('active');
  }, 240_000);
});

/** The value as a client would send it; what devalue itself will not send goes as a prototype key by hand. */
function travelling(input: unknown): string {
  try {
    return stringify(input);
  } catch {
    return '[{"__proto__":1},{}]';
  }
}

/** A cursor of the right form with values of the test's choice. */
function cursor(key: string, value: unknown): string {
  return Buffer.from(JSON.stringify([key, false, value, '1'])).toString('base64url');
}
