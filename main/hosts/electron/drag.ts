import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, nativeImage } from 'electron';
import { AppError, type Core } from '../../core/core';
import trayIcon from './icons/tray.png?inline';
import type { Desk } from './sender';

const PREFIX = 'ibok-drag-';

/** Files that were dragged out of a window, until the program ends: whoever took one may still be reading it. */
let folder: string | null = null;

/**
 * Begins the system's drag of a file. It needs a path: the bytes go to a folder only this person can read, under the
 * name cleaned by the slots, and are removed when the program ends. Throws FILE_GONE.
 */
export function dragOut(slots: Core['slots'], desk: Desk, slot: string): boolean {
  const found = slots.take(desk.caller, slot);
  if (!found) throw new AppError('FILE_GONE');
  folder ??= newFolder();
  const file = join(mkdtempSync(join(folder, 'file-')), found.name);
  writeFileSync(file, found.bytes, { mode: 0o600, flag: 'wx' });
  desk.contents.startDrag({ file, icon: nativeImage.createFromDataURL(trayIcon) });
  return true;
}

/** Removes what a program that was killed left behind. This is the only one of the person: no other is using it. */
export function clearDragged(): void {
  const temp = app.getPath('temp');
  for (const name of readdirSync(temp)) {
    if (!name.startsWith(PREFIX)) continue;
    try {
      rmSync(join(temp, name), { recursive: true, force: true });
    } catch {
      // Another person's, on a computer that is shared: not ours to remove.
    }
  }
}

function newFolder(): string {
  const made = mkdtempSync(join(app.getPath('temp'), PREFIX));
  app.once('quit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
