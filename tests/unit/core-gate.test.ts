import { describe, expect, it } from 'vitest';
import { refusal, refuseRequest } from '../../main/core/gate';

describe('limits before parsing', () => {
  it('lets tRPC calls through', () => {
    expect(refuseRequest('/trpc/customers.list', '{}')).toBeNull();
    expect(refuseRequest('/trpc/customers.list,session.state?batch=1', '{"0":{"a":[1,"]]]"]}}')).toBeNull();
  });
  it.each([
    '/',
    '/trpc/',
    '/trpc/../files',
    '/trpc/a%2fb',
    '/trpc/a?batch=1&x=2',
    'trpc/a',
    '/trpc/a\u0000',
    '/files/x',
  ])('refuses the path %j', (path) => {
    expect(refuseRequest(path, '{}')).toBe('REQUEST_REFUSED');
  });
  it('refuses a megabyte and a depth above twenty', () => {
    expect(refuseRequest('/trpc/a', `"${'x'.repeat(1024 * 1024)}"`)).toBe('TOO_LARGE');
    expect(refuseRequest('/trpc/a', `"${'ż'.repeat(600_000)}"`)).toBe('TOO_LARGE');
    expect(refuseRequest('/trpc/a', '['.repeat(21))).toBe('TOO_LARGE');
    expect(refuseRequest('/trpc/a', `"${'['.repeat(500)}"`)).toBeNull();
  });
  it('answers in the shape of tRPC errors', () => {
    const { status, body } = refusal('REQUEST_REFUSED');
    expect(status).toBe(403);
    expect(JSON.parse(body)).toHaveProperty('error');
  });
});
