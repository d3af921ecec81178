import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, powerMonitor, protocol, session } from 'electron';
import { DEFAULT_IDLE_SECONDS, type ServerConfig } from '../../core/config';
import { type Core, createCore } from '../../core/core';
import { standardPorts } from '../../core/ports';
import { connectWindow } from './desk';
import { leadTo } from './desktop';
import { clearDragged } from './drag';
import { sendHint } from './events';
import { connectIpc } from './ipc';
import { followLinks, placeInArguments } from './links';
import { lockDesks } from './lock';
import { fileWriter } from './log';
import { setMenu } from './menu';
import { guardEverything, guardSession } from './navigation';
import { SCHEMES, serveApplication } from './protocol';
import type { Desk } from './sender';
import { configuredServers, serversFile } from './servers';
import { forbiddenSwitch } from './switches';
import { openTray } from './tray';
import { loadHome, openBeside, openWindow, present } from './window';
import { words } from './words';
import { runWorker } from './worker';

/** The longest the program waits for its connections to close. */
const SHUTDOWN_MS = 3_000;

const ports = standardPorts(fileWriter(join(app.getPath('logs'), 'ibok-desk.log')));
const { log } = ports;

// The last net: the kind of the fault goes to the log, never its text, and a broken state is not worked on with.
process.on('uncaughtException', endAtOnce);
process.on('unhandledRejection', endAtOnce);

// All of this must come before `ready`, which Electron holds back only while this module is being evaluated. For the
// same reason nothing here awaits `ready` at the top level: each would wait for the other.
app.enableSandbox();
protocol.registerSchemesAsPrivileged(SCHEMES);
guardEverything(app);
begin();

function begin(): void {
  const forbidden = app.isPackaged ? forbiddenSwitch(app.commandLine) : undefined;
  if (forbidden) {
    log.error('start.refused', { switch: forbidden });
    app.exit(1);
  } else if (process.argv.includes('--worker')) {
    whenReady(() => runWorker(log));
  } else if (app.requestSingleInstanceLock()) {
    whenReady(openDesk);
  } else {
    // The first start shows its window: two would mean two sessions and two idle clocks for one person.
    app.quit();
  }
}

function endAtOnce(fault: unknown): void {
  log.error('process.failed', { kind: fault instanceof Error ? fault.name : typeof fault });
  app.exit(1);
}

function whenReady(act: () => void | Promise<void>): void {
  app.whenReady().then(act).catch(endAtOnce);
}

async function openDesk(): Promise<void> {
  const servers = serversOrExplain();
  if (!servers) {
    app.exit(1);
    return;
  }
  const caughtMail = app.isPackaged ? undefined : process.env.IBOK_CAUGHT_MAIL;
  const core = createCore(ports, {
    servers,
    idleSeconds: DEFAULT_IDLE_SECONDS,
    ...(caughtMail ? { caughtMail } : {}),
  });
  const desks = new Set<Desk>();
  closeBeforeExit(core);
  guardSession(session.defaultSession);
  serveApplication(protocol, join(import.meta.dirname, '../renderer'));
  const openFor = (from: Desk, place: string) => {
    const other = BrowserWindow.fromWebContents(from.contents);
    if (!other) return;
    const beside = openBeside(other);
    connectWindow(beside, core, log, desks, from.caller);
    void loadHome(beside, log, place);
  };
  const tray = openTray({ open: () => lead(null), lock: () => lockDesks(core, desks, log) });
  connectIpc(ipcMain, { core, log, desks: () => desks, openFor, onBadge: (count) => tray.setWaiting(count) });
  setMenu();
  const window = openWindow();
  const main = connectWindow(window, core, log, desks);
  followTheMachine(core, desks);
  followLinks(lead);
  app.on('window-all-closed', () => app.quit());
  await loadHome(window, log, placeInArguments(process.argv) ?? '/');
  // The window is there: tidying up must not keep anybody waiting for it.
  clearDragged();

  /** Brings the main window forward, or another when it was closed, and leads it to a place if one was asked for. */
  function lead(place: string | null): void {
    const desk = desks.has(main) ? main : [...desks][0];
    if (!desk) return;
    if (place) leadTo(desk, place);
    const other = BrowserWindow.fromWebContents(desk.contents);
    if (other) present(other);
  }
}

function serversOrExplain(): ServerConfig[] | null {
  try {
    return configuredServers();
  } catch {
    const { serversMissing, serversMissingDetail } = words();
    log.error('start.no-servers');
    dialog.showErrorBox(serversMissing, `${serversMissingDetail}\n${serversFile()}`);
    return null;
  }
}

/** A locked workstation locks the session; one that slept has missed hints. */
function followTheMachine(core: Core, desks: ReadonlySet<Desk>): void {
  powerMonitor.on('lock-screen', () => lockDesks(core, desks, log));
  powerMonitor.on('resume', () => {
    for (const desk of desks) sendHint(desk, { topic: 'resync' });
  });
}

/**
 * Ends sessions in order, but never keeps a person waiting longer than three seconds. At `will-quit` the windows are
 * already closed: at `before-quit` a page could still ask the person to stay, and would stay without its core.
 */
function closeBeforeExit(core: Core): void {
  let closing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    const late = setTimeout(() => app.exit(0), SHUTDOWN_MS);
    core
      .close()
      .catch(() => log.error('core.not-closed'))
      .finally(() => {
        clearTimeout(late);
        app.exit(0);
      });
  });
}
