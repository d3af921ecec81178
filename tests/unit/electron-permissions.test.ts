import { expect, test, vi } from 'vitest';
import { guardSession } from '../../main/hosts/electron/navigation';
import { PERMISSIONS } from '../../main/hosts/electron/permissions';
import { Session } from '../support/electron-stand-in';

vi.mock('electron', () => import('../support/electron-stand-in'));

const session = new Session();
guardSession(session as never);

function requested(permission: string, requestingUrl = 'app://desk/', isMainFrame = true): boolean {
  let granted: boolean | undefined;
  session.permissionRequest?.(
    null as never,
    permission as never,
    (answer) => {
      granted = answer;
    },
    { requestingUrl, isMainFrame },
  );
  if (granted === undefined) throw new Error('nobody answered');
  return granted;
}

function checked(permission: string, origin = 'app://desk', isMainFrame = true): boolean {
  return session.permissionCheck?.(null, permission as never, origin, { isMainFrame }) ?? true;
}

const names = Object.keys(PERMISSIONS);

test('every permission has a reason, and one alone is granted', () => {
  expect(names.length).toBeGreaterThanOrEqual(45);
  for (const [name, { reason }] of Object.entries(PERMISSIONS)) expect(reason.length, name).toBeGreaterThan(8);
  expect(names.filter((name) => requested(name))).toEqual(['clipboard-sanitized-write']);
  expect(names.filter((name) => checked(name))).toEqual(['clipboard-sanitized-write']);
});

test.each(['toString', '__proto__', 'constructor', 'a-name-of-the-future', ''])('%j is no permission', (name) => {
  expect(requested(name)).toBe(false);
  expect(checked(name)).toBe(false);
});

test.each(['https://evil.example/', 'app://desk.evil/', 'app://evil/', 'null', '', 'file:///'])(
  'not even the clipboard is given to %j',
  (origin) => {
    expect(requested('clipboard-sanitized-write', origin)).toBe(false);
    expect(checked('clipboard-sanitized-write', origin)).toBe(false);
  },
);

test('nor to a frame within our page', () => {
  expect(requested('clipboard-sanitized-write', 'app://desk/', false)).toBe(false);
  expect(checked('clipboard-sanitized-write', 'app://desk', false)).toBe(false);
});

test('no device is given, paired with or recorded', () => {
  expect(session.device?.({} as never)).toBe(false);
  const pairing = vi.fn();
  session.pairing?.({} as never, pairing);
  expect(pairing).toHaveBeenCalledExactlyOnceWith({ confirmed: false });
  const streams = vi.fn();
  session.displayMedia?.({} as never, streams);
  expect(streams).toHaveBeenCalledExactlyOnceWith(null);
});
