import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { protocol } from 'electron';
import { beforeAll, expect, test, vi } from 'vitest';
import { SCHEMES, serveApplication } from '../../main/hosts/electron/protocol';
import { CONTENT_SECURITY_POLICY } from '../../shared/csp';
import { desktop } from '../support/electron-stand-in';
import { PATHS } from '../support/hostile-addresses';

vi.mock('electron', () => import('../support/electron-stand-in'));

const folder = mkdtempSync(join(tmpdir(), 'ibok-protocol-'));
const root = join(folder, 'renderer');

beforeAll(() => {
  mkdirSync(join(root, 'assets'), { recursive: true });
  // A neighbour whose name begins like the root: what a comparison without a separator lets through.
  mkdirSync(join(folder, 'renderer-secrets'));
  writeFileSync(join(folder, 'renderer-secrets', 'secret.html'), 'SECRET');
  writeFileSync(join(folder, 'secret.html'), 'SECRET');
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>IBOK Desk</title>');
  writeFileSync(join(root, 'assets', 'main-a1.js'), 'export {}');
  writeFileSync(join(root, 'assets', 'main-a1.js.map'), '{}');
  writeFileSync(join(root, '.env.html'), 'SECRET');
  writeFileSync(join(root, 'program.exe'), 'MZ');
  symlinkSync(join(folder, 'secret.html'), join(root, 'link.html'));
  symlinkSync(join(folder, 'renderer-secrets'), join(root, 'linked'));
  serveApplication(protocol, root);
});

/** The raw address reaches the handler as it is: whatever Chromium would tidy up must not be needed. */
async function get(url: string, method = 'GET'): Promise<Response> {
  const handler = desktop.protocols.get('app');
  if (!handler) throw new Error('app: is not served');
  return handler({ url, method } as Request);
}

test('the scheme is standard, secure and fetchable, and has no privilege more', () => {
  expect(SCHEMES).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
});

test.each([
  ['app://desk/', 'text/html; charset=utf-8'],
  ['app://desk/?x#y', 'text/html; charset=utf-8'],
  ['app://desk/assets/main-a1.js', 'text/javascript; charset=utf-8'],
])('%s is served as %s with every header of defence', async (url, type) => {
  const response = await get(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await response.text()).length).toBeGreaterThan(0);
});

test('the policy is the one promised', () => {
  expect(CONTENT_SECURITY_POLICY).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; " +
      "font-src 'self'; worker-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'none'; " +
      "base-uri 'none'; frame-ancestors 'none'",
  );
});

test.each([
  ...PATHS.map((path) => `app://desk${path}`),
  'app://evil/index.html',
  'app://desk.evil/index.html',
  'app://user@desk/index.html',
  'app://desk:80/index.html',
  'app:index.html',
  'file:///etc/passwd',
  'no address',
])('%s is not found', async (url) => {
  const response = await get(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});

test.each(['POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'get'])('%s is not allowed', async (method) => {
  expect((await get('app://desk/', method)).status).toBe(405);
});
