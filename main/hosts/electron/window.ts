import { join } from 'node:path';
import { app, BrowserWindow, type Rectangle, screen, type WebPreferences } from 'electron';
import type { Log } from '../../core/ports';
import { homeUrl } from './origin';
import { readPlace, SMALLEST, usablePlace, writePlace } from './place';

/**
 * The rights of our page, in one literal that nothing is spread into. The preload lies beside the bundle of this
 * module, `out/main/electron.js`.
 */
export const WEB_PREFERENCES = Object.freeze({
  preload: join(import.meta.dirname, '../preload/preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  plugins: false,
  navigateOnDragDrop: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  safeDialogs: true,
  spellcheck: true,
  devTools: !app.isPackaged,
} as const) satisfies WebPreferences;

/** Pixels a further window stands lower and to the right of the one it was opened from. */
const STEP = 32;

/** Opens the main window, where the last one stood. */
export function openWindow(): BrowserWindow {
  const file = join(app.getPath('userData'), 'window.json');
  const place = usablePlace(
    readPlace(file),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = makeWindow(place);
  if (place?.maximized) window.maximize();
  window.on('close', () => writePlace(file, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  return window;
}

/** Opens a window for one record beside the window it comes from. */
export function openBeside(other: BrowserWindow): BrowserWindow {
  const { x, y } = other.getNormalBounds();
  return makeWindow({ ...SMALLEST, x: x + STEP, y: y + STEP });
}

function makeWindow(place: Rectangle | null): BrowserWindow {
  const window = new BrowserWindow({
    title: 'IBOK Desk',
    ...SMALLEST,
    ...(place ? { x: place.x, y: place.y, width: place.width, height: place.height } : {}),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    autoHideMenuBar: true,
    webPreferences: WEB_PREFERENCES,
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads the page; also the way back after its process has died, since the address may have changed within it. */
export async function loadHome(window: BrowserWindow, log: Log, place = '/'): Promise<void> {
  // Electron also rejects when the page replaces itself while loading, which is no fault of ours.
  await window.loadURL(place === '/' ? homeUrl() : `${homeUrl()}#${place}`).catch(() => log.error('page.not-loaded'));
}

/** Brings a window to the person, wherever it is. */
export function present(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
