import { app, Menu, nativeImage, Tray } from 'electron';
import trayIcon from './icons/tray.png?inline';
import { words } from './words';

/** The program's sign beside the clock: open, lock, end, and how many things wait. */
export interface TraySign {
  setWaiting(count: number): void;
}

interface TrayActs {
  open(): void;
  lock(): void;
}

/** Puts the sign there; a desktop without a tray shows none, and nothing else is missing then. */
export function openTray({ open, lock }: TrayActs): TraySign {
  const w = words();
  const tray = new Tray(nativeImage.createFromDataURL(trayIcon));
  tray.setToolTip('IBOK Desk');
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: w.open, click: open },
      { label: w.lock, click: lock },
      { type: 'separator' },
      { label: w.quit, click: () => app.quit() },
    ]),
  );
  tray.on('click', open);
  return { setWaiting: (count) => tray.setToolTip(count > 0 ? `IBOK Desk – ${w.waiting(count)}` : 'IBOK Desk') };
}
