import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import { z } from 'zod';
import { type FileKind, MAX_SLOT_BYTES, type Slot } from '../../../shared/bridge';
import { AppError, type Caller, type Core } from '../../core/core';
import { words } from './words';

/** The extensions of each kind; what a document really is, the core finds out from its bytes. */
const EXTENSIONS: Record<FileKind, string[]> = {
  csv: ['csv', 'txt'],
  document: ['pdf', 'jpg', 'jpeg', 'png', 'tif', 'tiff', 'txt'],
};

const operation = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('pick'), accept: z.enum(['csv', 'document']) }),
  z.strictObject({ do: z.literal('put'), name: z.string().min(1).max(255), bytes: z.instanceof(Uint8Array) }),
  z.strictObject({ do: z.literal('read'), slot: z.string().regex(/^[\w-]{1,100}$/) }),
  z.strictObject({ do: z.literal('save'), slot: z.string().regex(/^[\w-]{1,100}$/) }),
]);

/**
 * One operation of the file channel: `pick` gives a slot or null, `put` a slot, `read` its bytes, `save` whether it was
 * saved. Paths stay here. Throws what the slots throw, REQUEST_REFUSED, FILE_TOO_LARGE, FILE_NOT_READABLE or FILE_GONE.
 */
export async function handleFile(
  slots: Core['slots'],
  caller: Caller,
  window: BrowserWindow | null,
  parts: readonly unknown[],
): Promise<Slot | null | boolean | Uint8Array> {
  const parsed = operation.safeParse(parts[0]);
  if (!parsed.success || parts.length !== 1 || !window) throw new AppError('REQUEST_REFUSED');
  const request = parsed.data;
  if (request.do === 'pick') return pick(slots, caller, window, request.accept);
  if (request.do === 'put') return slots.put(caller, request.name, fits(request.bytes));
  if (request.do === 'read') return taken(slots, caller, request.slot).bytes;
  return save(slots, caller, window, request.slot);
}

function taken(slots: Core['slots'], caller: Caller, slot: string): { name: string; bytes: Uint8Array } {
  const found = slots.take(caller, slot);
  if (!found) throw new AppError('FILE_GONE');
  return found;
}

function fits(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > MAX_SLOT_BYTES) throw new AppError('FILE_TOO_LARGE', { megabytes: 20 });
  return bytes;
}

async function pick(slots: Core['slots'], caller: Caller, window: BrowserWindow, kind: FileKind): Promise<Slot | null> {
  const chosen = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: words()[kind], extensions: EXTENSIONS[kind] }],
  });
  const path = chosen.filePaths[0];
  if (chosen.canceled || path === undefined) return null;
  return slots.put(caller, basename(path), await readLimited(path));
}

/** Reads a regular file of at most 20 MiB; the size is asked of the open file, so that no other can take its place. */
async function readLimited(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    const stat = await file.stat();
    if (!stat.isFile()) throw new AppError('FILE_NOT_READABLE');
    if (stat.size > MAX_SLOT_BYTES) throw new AppError('FILE_TOO_LARGE', { megabytes: 20 });
    return fits(await file.readFile());
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('FILE_NOT_READABLE');
  }
}

/**
 * Asks where to and writes the bytes. A slot is read once, so a folder that is full or read-only must not lose them:
 * the person is told and may choose another place until it works or is given up.
 */
async function save(slots: Core['slots'], caller: Caller, window: BrowserWindow, slot: string): Promise<boolean> {
  const { name, bytes } = taken(slots, caller, slot);
  for (;;) {
    const chosen = await dialog.showSaveDialog(window, { defaultPath: name, filters: filtersFor(name) });
    if (chosen.canceled || !chosen.filePath) return false;
    if (await write(chosen.filePath, bytes)) return true;
    if (!(await tryElsewhere(window))) return false;
  }
}

function filtersFor(name: string): FileFilter[] {
  const extension = extname(name).slice(1);
  return extension ? [{ name: extension.toUpperCase(), extensions: [extension] }] : [];
}

/** Whole or not at all: a neighbour is written and flushed, then takes the name. */
async function write(path: string, bytes: Uint8Array): Promise<boolean> {
  const neighbour = `${path}.${randomUUID().slice(0, 8)}.part`;
  try {
    {
      await using file = await open(neighbour, 'wx', 0o600);
      await file.writeFile(bytes);
      await file.sync();
    }
    await rename(neighbour, path);
    return true;
  } catch {
    await rm(neighbour, { force: true }).catch(() => undefined);
    return false;
  }
}

async function tryElsewhere(window: BrowserWindow): Promise<boolean> {
  const { saveFailed, saveFailedDetail, elsewhere, giveUp } = words();
  const answer = await dialog.showMessageBox(window, {
    type: 'error',
    message: saveFailed,
    detail: saveFailedDetail,
    buttons: [elsewhere, giveUp],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return answer.response === 0;
}
