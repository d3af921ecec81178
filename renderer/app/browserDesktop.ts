import type { HostBridge, Notice } from '../../shared/bridge';
import { isPlace } from '../../shared/domain/places';

type Desktop = Pick<HostBridge, 'openWindow' | 'notify' | 'setBadge' | 'print' | 'dragFile' | 'onPlace'>;

/** Of the desktop what a browser can do: tabs, its own notifications, a number in the title, its print dialog. */
export function browserDesktop(): Desktop {
  const listeners = new Set<(place: string) => void>();

  /** The new tab takes over this one's token and client number from its opener, and with them the session. */
  async function openWindow(place: string): Promise<boolean> {
    if (!isPlace(place)) return false;
    return window.open(`${location.pathname}#${place}`, '_blank') !== null;
  }

  async function notify({ title, text, place }: Notice): Promise<boolean> {
    if (!('Notification' in window) || Notification.permission !== 'granted') return false;
    const note = new Notification(title, { body: text });
    note.addEventListener('click', () => {
      window.focus();
      note.close();
      for (const listener of listeners) listener(place);
    });
    return true;
  }

  async function setBadge(count: number): Promise<void> {
    document.title = count > 0 ? `(${count}) IBOK Desk` : 'IBOK Desk';
  }

  async function print(): Promise<boolean> {
    window.print();
    return true;
  }

  return {
    openWindow,
    notify,
    setBadge,
    print,
    // A browser lets a link be dragged out as a file; nothing has to be handed over.
    dragFile: async () => false,
    onPlace: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
