import type { IpcMainInvokeEvent, WebContents } from 'electron';
import type { Caller } from '../../core/core';
import { isHome, isHomeOrigin } from './origin';

/** A window of ours: its page and the name the core knows it by. */
export interface Desk {
  readonly contents: WebContents;
  readonly caller: Caller;
}

/** The part of an event that proves who speaks. */
export type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/**
 * The window that sent a message, or null. Only the main frame of a page we made, while it shows our own origin, may
 * speak: an empty address, a child frame, a frame that has gone (Electron then gives null, or throws when it is read)
 * or one being unloaded (the frame may already stand for the next page) may not.
 * Source: Electron's security checklist, item 17; electron/electron#43473 for unloading.
 */
export function deskOf(event: Sender, desks: Iterable<Desk>): Desk | null {
  try {
    const frame = event.senderFrame;
    if (!frame || frame.detached || frame.parent !== null) return null;
    if (!isHomeOrigin(frame.origin) || !isHome(frame.url)) return null;
    for (const desk of desks) {
      if (desk.contents === event.sender && !desk.contents.isDestroyed() && desk.contents.mainFrame === frame)
        return desk;
    }
    return null;
  } catch {
    return null;
  }
}
