import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPlace, usablePlace, writePlace } from '../../main/hosts/electron/place';

const LEFT = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT = { x: 1920, y: 0, width: 1920, height: 1040 };
const place = { x: 2000, y: 50, width: 1400, height: 800, maximized: false };

test('a place on a display that is still there is used as it was', () => {
  expect(usablePlace(place, [LEFT, RIGHT])).toEqual(place);
});

test('a place on a display that has been unplugged is not', () => {
  expect(usablePlace(place, [LEFT])).toBeNull();
});

test.each([
  ['above the display, where its title cannot be taken', { ...place, x: 100, y: -30 }],
  ['below it', { ...place, x: 100, y: 1039 }],
  ['with a sliver on it', { ...place, x: 1900 }],
])('a window %s is not restored', (_where, stored) => {
  expect(usablePlace(stored, [LEFT])).toBeNull();
});

test.each([
  null,
  'text',
  [],
  {},
  { ...place, x: '2000' },
  { ...place, x: 1e9 },
  { ...place, x: Number.NaN },
  { ...place, width: 1.5 },
  { ...place, more: 1 },
])('damaged contents are no place: %j', (stored) => {
  expect(usablePlace(stored, [LEFT, RIGHT])).toBeNull();
});

test('a window smaller than the screens are drawn for grows to that', () => {
  expect(usablePlace({ ...place, width: 10, height: 10 }, [RIGHT])).toMatchObject({ width: 1280, height: 720 });
});

test('a missing or damaged file, or one that cannot be written, stops nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibok-place-'));
  const file = join(folder, 'window.json');
  expect(readPlace(file)).toBeNull();
  writeFileSync(file, '{"x":');
  expect(readPlace(file)).toBeNull();
  writePlace(file, place);
  expect(readPlace(file)).toEqual(place);
  expect(() => writePlace(join(folder, 'missing', 'window.json'), place)).not.toThrow();
});
