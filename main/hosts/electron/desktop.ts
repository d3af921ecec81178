import { app, BrowserWindow, Notification, nativeImage } from 'electron';
import { z } from 'zod';
import { isPlace } from '../../../shared/domain/places';
import type { Core } from '../../core/core';
import { dragOut } from './drag';
import waitingIcon from './icons/waiting.png?inline';
import type { Desk } from './sender';
import { present } from './window';
import { words } from './words';

const place = z.string().max(200).refine(isPlace);
const short = z.string().min(1).max(120);

const operation = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('open'), place }),
  z.strictObject({ do: z.literal('notify'), title: short, text: short, place }),
  z.strictObject({ do: z.literal('badge'), count: z.int().min(0).max(9_999) }),
  z.strictObject({ do: z.literal('print') }),
  z.strictObject({ do: z.literal('drag'), slot: z.string().regex(/^[\w-]{1,100}$/) }),
]);

/** What the desktop does for a page beyond its window. */
export interface DesktopActs {
  slots: Core['slots'];
  /** Opens another window for the same caller. */
  openFor(desk: Desk, place: string): void;
  /** How many things wait: told to the tray as well. */
  onBadge(count: number): void;
}

/** Notices that are on screen. Without a reference they would be collected, and a click would lead nowhere. */
const shown = new Set<Notification>();

/** One operation of the desktop channel; false for what was refused, cancelled or is not there on this system. */
export async function handleDesktop(acts: DesktopActs, desk: Desk, parts: readonly unknown[]): Promise<boolean> {
  const parsed = operation.safeParse(parts[0]);
  const window = BrowserWindow.fromWebContents(desk.contents);
  if (!parsed.success || parts.length !== 1 || !window) return false;
  const request = parsed.data;
  switch (request.do) {
    case 'open':
      acts.openFor(desk, request.place);
      return true;
    case 'notify':
      return notify(desk, window, request);
    case 'badge':
      setBadge(window, request.count);
      acts.onBadge(request.count);
      return true;
    case 'print':
      return new Promise((resolve) => desk.contents.print({ printBackground: false }, (done) => resolve(done)));
    case 'drag':
      return dragOut(acts.slots, desk, request.slot);
  }
}

/** Leads the page of a window to a place and brings the window forward. */
export function leadTo(desk: Desk, place: string): void {
  const window = BrowserWindow.fromWebContents(desk.contents);
  if (!window || desk.contents.isDestroyed()) return;
  present(window);
  desk.contents.send('core:place', place);
}

function notify(desk: Desk, window: BrowserWindow, notice: { title: string; text: string; place: string }): boolean {
  if (!Notification.isSupported()) return false;
  const note = new Notification({ title: notice.title, body: notice.text });
  shown.add(note);
  note.on('click', () => leadTo(desk, notice.place));
  for (const end of ['click', 'close', 'failed'] as const) note.on(end as 'close', () => void shown.delete(note));
  note.show();
  if (!window.isFocused()) window.flashFrame(true);
  return true;
}

/** On the dock or launcher where the system counts there, on Windows as a mark over the task's icon. */
function setBadge(window: BrowserWindow, count: number): void {
  app.setBadgeCount(count);
  if (process.platform !== 'win32') return;
  const mark = count > 0 ? nativeImage.createFromDataURL(waitingIcon) : null;
  window.setOverlayIcon(mark, count > 0 ? words().waiting(count) : '');
}
