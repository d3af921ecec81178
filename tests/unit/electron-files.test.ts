import { mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import { handleFile } from '../../main/hosts/electron/files';
import { openWindow } from '../../main/hosts/electron/window';
import { MAX_SLOT_BYTES, type Slot } from '../../shared/bridge';
import { desktop } from '../support/electron-stand-in';

vi.mock('electron', () => import('../support/electron-stand-in'));

const core = createCore(
  standardPorts(() => undefined),
  { servers: [], idleSeconds: 600 },
);
const caller = { id: 'window-1' };
const window = openWindow();
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibok-files-'));
});
afterEach(() => {
  // A dialog that was not expected would have taken a prepared answer, or left one behind.
  expect([desktop.openAnswers, desktop.saveAnswers, desktop.messageAnswers]).toEqual([[], [], []]);
});
afterAll(() => core.close());

const run = (request: object) => handleFile(core.slots, caller, window, [request]);
const bytes = (text: string) => new TextEncoder().encode(text);

function choose(path: string): void {
  desktop.openAnswers.push({ canceled: false, filePaths: [path] });
}

test('a picked file becomes a slot with its name, never with its path', async () => {
  writeFileSync(join(folder, 'odczyty żółte.csv'), 'a;b\n');
  choose(join(folder, 'odczyty żółte.csv'));
  const slot = (await run({ do: 'pick', accept: 'csv' })) as Slot;
  expect(slot).toEqual({ slot: expect.stringMatching(/^[\w-]{20,}$/), name: 'odczyty żółte.csv', size: 4 });
  expect(desktop.openDialogs.at(-1)?.filters).toEqual([{ name: 'Pliki CSV', extensions: ['csv', 'txt'] }]);
  expect(core.slots.take(caller, slot.slot)?.bytes).toEqual(Buffer.from('a;b\n'));
});

test('a cancelled choice is null', async () => {
  expect(await run({ do: 'pick', accept: 'document' })).toBeNull();
});

test('a folder, a missing file and one above 20 MiB are refused with a code', async () => {
  choose(folder);
  await expect(run({ do: 'pick', accept: 'csv' })).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
  choose(join(folder, 'missing.csv'));
  await expect(run({ do: 'pick', accept: 'csv' })).rejects.toMatchObject({ code: 'FILE_NOT_READABLE' });
  const large = join(folder, 'large.csv');
  writeFileSync(large, '');
  truncateSync(large, MAX_SLOT_BYTES + 1);
  choose(large);
  await expect(run({ do: 'pick', accept: 'csv' })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  truncateSync(large, MAX_SLOT_BYTES);
  choose(large);
  expect(await run({ do: 'pick', accept: 'csv' })).toMatchObject({ size: MAX_SLOT_BYTES });
});

test.each([
  ['../../etc/passwd.csv', 'file_.._.._etc_passwd.csv'],
  ['C:\\Windows\\system.csv', 'C__Windows_system.csv'],
  ['con.csv', 'file_con.csv'],
  ['faktura\u202efdp.exe', 'faktura_fdp.exe'],
  ['a\0b.csv', 'a_b.csv'],
  ['umowa.pdf. . ', 'umowa.pdf'],
])('the dialog that saves %j suggests %j', async (name, suggested) => {
  const slot = core.slots.put(caller, name, bytes('x'));
  expect(await run({ do: 'save', slot: slot.slot })).toBe(false);
  expect(desktop.saveDialogs.at(-1)?.defaultPath).toBe(suggested);
});

test('a saved file has all its bytes, and nothing stands beside it', async () => {
  const path = join(folder, 'bledy.csv');
  writeFileSync(path, 'the older and longer contents');
  desktop.saveAnswers.push({ canceled: false, filePath: path });
  const slot = core.slots.put(caller, 'bledy.csv', bytes('numer;błąd\n'));
  expect(await run({ do: 'save', slot: slot.slot })).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('numer;błąd\n');
  expect(readdirSync(folder)).toEqual(['bledy.csv']);
  await expect(run({ do: 'save', slot: slot.slot })).rejects.toMatchObject({ code: 'FILE_GONE' });
});

test('where it cannot be written the person chooses another place, and the bytes are still there', async () => {
  mkdirSync(join(folder, 'taken.csv'));
  const good = join(folder, 'good.csv');
  desktop.saveAnswers.push(
    { canceled: false, filePath: join(folder, 'missing', 'a.csv') },
    { canceled: false, filePath: join(folder, 'taken.csv') },
    { canceled: false, filePath: good },
  );
  desktop.messageAnswers.push(0, 0);
  const slot = core.slots.put(caller, 'a.csv', bytes('kept'));
  expect(await run({ do: 'save', slot: slot.slot })).toBe(true);
  expect(readFileSync(good, 'utf8')).toBe('kept');
  expect(readdirSync(folder).sort()).toEqual(['good.csv', 'taken.csv']);
});

test('a person who gives up after a failure is believed', async () => {
  desktop.saveAnswers.push({ canceled: false, filePath: join(folder, 'missing', 'a.csv') });
  desktop.messageAnswers.push(1);
  const slot = core.slots.put(caller, 'a.csv', bytes('x'));
  expect(await run({ do: 'save', slot: slot.slot })).toBe(false);
});

test('the slot of another window is not there', async () => {
  const slot = core.slots.put({ id: 'window-2' }, 'a.csv', bytes('x'));
  await expect(run({ do: 'save', slot: slot.slot })).rejects.toMatchObject({ code: 'FILE_GONE' });
});
