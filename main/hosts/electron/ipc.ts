import { randomUUID } from 'node:crypto';
import { BrowserWindow, type IpcMain, type IpcMainInvokeEvent } from 'electron';
import type { HostAnswer } from '../../../shared/bridge';
import type { AppErrorShape } from '../../../shared/errors';
import { type Core, refusal, refuseRequest, toAppError } from '../../core/core';
import type { Log } from '../../core/ports';
import { type DesktopActs, handleDesktop } from './desktop';
import { handleFile } from './files';
import { openExternal } from './navigation';
import { type Desk, deskOf } from './sender';

/** What a file channel answers: `invoke` would strip an error to its message, so errors travel as values. */
export type FileAnswer = { ok: true; value: unknown } | { ok: false; error: AppErrorShape };

export interface Wiring {
  core: Core;
  log: Log;
  /** The windows that may speak at this moment. */
  desks(): Iterable<Desk>;
  openFor: DesktopActs['openFor'];
  onBadge: DesktopActs['onBadge'];
}

/**
 * Connects the four channels of the preload to the core. Every handler answers whatever it is sent: an exception
 * across `invoke` would lose its code and could tell the page about our insides.
 */
export function connectIpc(ipcMain: Pick<IpcMain, 'handle'>, wiring: Wiring): void {
  ipcMain.handle('core:request', (event, ...parts) => answerRequest(wiring, event, parts));
  ipcMain.handle('core:files', (event, ...parts) => answerFile(wiring, event, parts));
  ipcMain.handle('core:open-external', (event, ...parts) => answerExternal(wiring, event, parts));
  ipcMain.handle('core:desktop', (event, ...parts) => answerDesktop(wiring, event, parts));
}

async function answerRequest(wiring: Wiring, event: IpcMainInvokeEvent, parts: unknown[]): Promise<HostAnswer> {
  const desk = proveSender(wiring, event, 'core:request');
  if (!desk) return refusal('REQUEST_REFUSED');
  const [path, body] = parts;
  const wellFormed = parts.length === 2 && typeof path === 'string' && typeof body === 'string';
  const refused = wellFormed ? refuseRequest(path, body) : 'REQUEST_REFUSED';
  if (!wellFormed || refused) {
    const code = refused ?? 'REQUEST_REFUSED';
    wiring.log.warn('ipc.refused', { channel: 'core:request', code });
    return refusal(code);
  }
  try {
    const request = new Request(`http://core.invalid${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const response = await wiring.core.handle(request, desk.caller);
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return refusal('INTERNAL', {}, report(wiring.log, 'core:request', error));
  }
}

async function answerFile(wiring: Wiring, event: IpcMainInvokeEvent, parts: unknown[]): Promise<FileAnswer> {
  const desk = proveSender(wiring, event, 'core:files');
  if (!desk) return { ok: false, error: { code: 'REQUEST_REFUSED', details: {} } };
  try {
    const window = BrowserWindow.fromWebContents(desk.contents);
    return { ok: true, value: await handleFile(wiring.core.slots, desk.caller, window, parts) };
  } catch (error) {
    const expected = toAppError(error);
    if (expected) return { ok: false, error: { code: expected.code, details: expected.details } };
    return { ok: false, error: { code: 'INTERNAL', details: {}, incident: report(wiring.log, 'core:files', error) } };
  }
}

async function answerExternal(wiring: Wiring, event: IpcMainInvokeEvent, parts: unknown[]): Promise<boolean> {
  if (!proveSender(wiring, event, 'core:open-external')) return false;
  try {
    const opened = parts.length === 1 && (await openExternal(parts[0]));
    if (!opened) wiring.log.warn('ipc.refused', { channel: 'core:open-external', code: 'REQUEST_REFUSED' });
    return opened;
  } catch (error) {
    report(wiring.log, 'core:open-external', error);
    return false;
  }
}

async function answerDesktop(wiring: Wiring, event: IpcMainInvokeEvent, parts: unknown[]): Promise<boolean> {
  const desk = proveSender(wiring, event, 'core:desktop');
  if (!desk) return false;
  try {
    return await handleDesktop({ ...wiring, slots: wiring.core.slots }, desk, parts);
  } catch (error) {
    if (!toAppError(error)) report(wiring.log, 'core:desktop', error);
    return false;
  }
}

function proveSender({ desks, log }: Wiring, event: IpcMainInvokeEvent, channel: string): Desk | null {
  const desk = deskOf(event, desks());
  if (!desk) log.warn('ipc.foreign-sender', { channel });
  return desk;
}

/** Logs the kind of a fault, never its text: that may quote what the person typed. */
function report(log: Log, channel: string, error: unknown): string {
  const incident = randomUUID();
  log.error('ipc.failed', { channel, incident, kind: error instanceof Error ? error.name : typeof error });
  return incident;
}
