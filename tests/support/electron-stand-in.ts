import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';

/**
 * Stands in for the module `electron`, whose binary is not on every machine: it records what was asked for and answers
 * as told. Each class implements its part of Electron's own types, so a call that Electron would not understand does
 * not compile. A test file takes it with `vi.mock('electron', () => import('../support/electron-stand-in'))`.
 */
export const desktop = {
  packaged: false,
  languages: ['pl-PL'],
  switches: new Set<string>(),
  folder: mkdtempSync(join(tmpdir(), 'ibok-electron-')),
  firstInstance: true,
  displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  ready: Promise.withResolvers<void>(),
  /** Answers of the dialogs, first in first out. */
  openAnswers: [] as Electron.OpenDialogReturnValue[],
  saveAnswers: [] as Electron.SaveDialogReturnValue[],
  messageAnswers: [] as number[],
  /** What was asked for. */
  handlers: new Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>(),
  schemes: [] as Electron.CustomScheme[],
  protocols: new Map<string, (request: Request) => Response | Promise<Response>>(),
  windows: [] as BrowserWindow[],
  exposed: new Map<string, unknown>(),
  openedOutside: [] as string[],
  errorBoxes: [] as string[],
  openDialogs: [] as Electron.OpenDialogOptions[],
  saveDialogs: [] as Electron.SaveDialogOptions[],
  menus: [] as Electron.MenuItemConstructorOptions[][],
  popups: [] as Electron.MenuItemConstructorOptions[][],
  forks: [] as { path: string; child: UtilityChild }[],
  exits: [] as number[],
  notices: [] as Notification[],
  notificationsSupported: true,
  trays: [] as Tray[],
  badge: 0,
  protocolClients: [] as string[],
  quits: 0,
  sandboxed: false,
};

type AppPart =
  | 'isPackaged'
  | 'setBadgeCount'
  | 'setAsDefaultProtocolClient'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'getPath';

class App extends EventEmitter implements Pick<Electron.App, AppPart | 'getPreferredSystemLanguages'> {
  readonly commandLine: Pick<Electron.CommandLine, 'hasSwitch'> = { hasSwitch: (name) => desktop.switches.has(name) };
  get isPackaged() {
    return desktop.packaged;
  }
  enableSandbox() {
    desktop.sandboxed = true;
  }
  requestSingleInstanceLock() {
    return desktop.firstInstance;
  }
  whenReady() {
    return desktop.ready.promise;
  }
  /** Closes the windows and then asks whether it may end, in Electron's order. */
  quit() {
    desktop.quits++;
    if (!ask(this, 'before-quit')) return;
    for (const window of [...desktop.windows]) window.close();
    if (ask(this, 'will-quit')) this.exit(0);
  }
  exit(code = 0) {
    desktop.exits.push(code);
  }
  setBadgeCount(count = 0) {
    desktop.badge = count;
    return true;
  }
  setAsDefaultProtocolClient(scheme: string) {
    desktop.protocolClients.push(scheme);
    return true;
  }
  getPath(name: string) {
    return join(desktop.folder, name === 'userData' || name === 'temp' ? '' : name);
  }
  getPreferredSystemLanguages() {
    return desktop.languages;
  }
}

/** An event that may be prevented; says whether it was not. `details` become part of the event, as in Electron. */
export function ask(target: object, name: string, details: object = {}, ...rest: unknown[]): boolean {
  let allowed = true;
  const preventDefault = () => {
    allowed = false;
  };
  const event = { ...details, preventDefault };
  (target as EventEmitter).emit(name, event, ...rest);
  return allowed;
}

type FramePart = 'origin' | 'url' | 'detached';

export class Frame implements Pick<Electron.WebFrameMain, FramePart> {
  origin = 'app://desk';
  url = 'app://desk/';
  detached = false;
  parent: Frame | null = null;
}

type ContentsPart = 'isDestroyed' | 'send' | 'setWindowOpenHandler' | 'replaceMisspelling' | 'print' | 'startDrag';

class WebContents extends EventEmitter implements Pick<Electron.WebContents, ContentsPart> {
  mainFrame = new Frame();
  sent: { channel: string; args: unknown[] }[] = [];
  replaced: string[] = [];
  windowOpenHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null;
  destroyed = false;
  isDestroyed() {
    return this.destroyed;
  }
  send(channel: string, ...args: unknown[]) {
    const copies = structuredClone(args);
    this.sent.push({ channel, args: copies });
    ipcRenderer.emit(channel, {}, ...copies);
  }
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]) {
    this.windowOpenHandler = handler;
  }
  replaceMisspelling(text: string) {
    this.replaced.push(text);
  }
  /** What the person answers to the print dialog. */
  prints = true;
  printed = 0;
  dragged: Electron.Item[] = [];
  print(_options?: Electron.WebContentsPrintOptions, callback?: (success: boolean, failureReason: string) => void) {
    this.printed++;
    callback?.(this.prints, '');
  }
  startDrag(item: Electron.Item) {
    this.dragged.push(item);
  }
}

type WindowPart =
  | 'isFocused'
  | 'flashFrame'
  | 'setOverlayIcon'
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'isMinimized'
  | 'restore'
  | 'maximize'
  | 'isMaximized'
  | 'isDestroyed';

export class BrowserWindow
  extends EventEmitter
  implements Pick<Electron.BrowserWindow, WindowPart | 'getNormalBounds' | 'close' | 'destroy'>
{
  readonly webContents = new WebContents();
  loaded: string[] = [];
  shown = 0;
  minimized = false;
  maximized = false;

  constructor(readonly options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    desktop.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  static fromWebContents(contents: unknown) {
    return desktop.windows.find(({ webContents }) => webContents === contents) ?? null;
  }
  async loadURL(url: string) {
    this.loaded.push(url);
    this.emit('ready-to-show');
  }
  show() {
    this.shown++;
  }
  focus() {}
  focused = false;
  flashes = 0;
  overlays: string[] = [];
  isFocused() {
    return this.focused;
  }
  flashFrame(_flag: boolean) {
    this.flashes++;
  }
  setOverlayIcon(_overlay: Electron.NativeImage | null, description: string) {
    this.overlays.push(description);
  }
  isMinimized() {
    return this.minimized;
  }
  restore() {
    this.minimized = false;
  }
  maximize() {
    this.maximized = true;
  }
  isMaximized() {
    return this.maximized;
  }
  isDestroyed() {
    return this.webContents.destroyed;
  }
  getNormalBounds() {
    const { x = 0, y = 0, width = 0, height = 0 } = this.options;
    return { x, y, width, height };
  }
  close() {
    if (ask(this, 'close')) this.destroy();
  }
  destroy() {
    this.webContents.destroyed = true;
    desktop.windows.splice(desktop.windows.indexOf(this), 1);
    this.emit('closed');
    if (desktop.windows.length === 0) app.emit('window-all-closed');
  }
}

type SessionPart =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setBluetoothPairingHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerDictionaryDownloadURL';

export class Session extends EventEmitter implements Pick<Electron.Session, SessionPart> {
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null;
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null;
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null;
  pairing: Parameters<Electron.Session['setBluetoothPairingHandler']>[0] = null;
  displayMedia: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0] = null;
  dictionaries = '';
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void) | null = null;
  readonly webRequest = {
    onBeforeRequest: (listener: NonNullable<Session['beforeRequest']>) => {
      this.beforeRequest = listener;
    },
  };
  setPermissionRequestHandler(handler: Session['permissionRequest']) {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Session['permissionCheck']) {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Session['device']) {
    this.device = handler;
  }
  setBluetoothPairingHandler(handler: Session['pairing']) {
    this.pairing = handler;
  }
  setDisplayMediaRequestHandler(handler: Session['displayMedia']) {
    this.displayMedia = handler;
  }
  setSpellCheckerDictionaryDownloadURL(url: string) {
    this.dictionaries = url;
  }
}

type ChildPart = 'pid' | 'kill';

class UtilityChild extends EventEmitter implements Pick<Electron.UtilityProcess, ChildPart> {
  pid: number | undefined = 4711;
  /** Ends the way a worker does: in its own time, with code 0. */
  kill() {
    this.pid = undefined;
    queueMicrotask(() => this.emit('exit', 0));
    return true;
  }
}

export class Notification extends EventEmitter implements Pick<Electron.Notification, 'show'> {
  shown = 0;
  constructor(readonly options: Electron.NotificationConstructorOptions = {}) {
    super();
    desktop.notices.push(this);
  }
  static isSupported() {
    return desktop.notificationsSupported;
  }
  show() {
    this.shown++;
  }
}

type TrayPart = 'setToolTip' | 'setContextMenu';

export class Tray extends EventEmitter implements Pick<Electron.Tray, TrayPart> {
  toolTip = '';
  items: Electron.MenuItemConstructorOptions[] = [];
  constructor(readonly image: Electron.NativeImage | string) {
    super();
    desktop.trays.push(this);
  }
  setToolTip(text: string) {
    this.toolTip = text;
  }
  setContextMenu(menu: Electron.Menu | null) {
    this.items = (menu as unknown as { template: Electron.MenuItemConstructorOptions[] }).template;
  }
}

/** An image that only knows where it came from. */
export const nativeImage = {
  createFromDataURL: (url: string) => ({ url, isEmpty: () => !url.startsWith('data:image/png;base64,') }),
};

export const app = new App();
export const session = { defaultSession: new Session() };
export const powerMonitor = new EventEmitter();

export const screen = { getAllDisplays: () => desktop.displays };

export const protocol = {
  registerSchemesAsPrivileged: (schemes) => void desktop.schemes.push(...schemes),
  handle: (scheme, handler) => void desktop.protocols.set(scheme, handler as (request: Request) => Promise<Response>),
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

export const ipcMain = {
  handle: (channel, handler) => {
    // Electron refuses a second handler in the same way.
    if (desktop.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    desktop.handlers.set(channel, handler);
  },
} satisfies Pick<Electron.IpcMain, 'handle'>;

export const shell = {
  openExternal: async (url) => void desktop.openedOutside.push(url),
} satisfies Pick<Electron.Shell, 'openExternal'>;

const CANCELLED = { canceled: true, filePath: '', filePaths: [] };

export const dialog = {
  showOpenDialog: async (_window: unknown, options: Electron.OpenDialogOptions) => {
    desktop.openDialogs.push(options);
    return desktop.openAnswers.shift() ?? CANCELLED;
  },
  showSaveDialog: async (_window: unknown, options: Electron.SaveDialogOptions) => {
    desktop.saveDialogs.push(options);
    return desktop.saveAnswers.shift() ?? CANCELLED;
  },
  showMessageBox: async (_window: unknown, _options: Electron.MessageBoxOptions) => ({
    response: desktop.messageAnswers.shift() ?? 1,
    checkboxChecked: false,
  }),
  showErrorBox: (title: string, content: string) => void desktop.errorBoxes.push(`${title}\n${content}`),
};

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({
    template,
    popup: () => void desktop.popups.push(template),
  }),
  setApplicationMenu: (menu: { template: Electron.MenuItemConstructorOptions[] }) => desktop.menus.push(menu.template),
};

export const utilityProcess = {
  fork: (path: string) => {
    const child = new UtilityChild();
    desktop.forks.push({ path, child });
    return child;
  },
};

export const contextBridge = {
  exposeInMainWorld: (name, api) => void desktop.exposed.set(name, api),
} satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>;

/** The page's end of the line: what it invokes comes from the main frame of the newest window. */
export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: async (channel: string, ...args: unknown[]): Promise<unknown> => {
    const sender = desktop.windows.at(-1)?.webContents;
    return invokeAs({ sender, senderFrame: sender?.mainFrame ?? null }, channel, ...args);
  },
} satisfies Pick<Electron.IpcRenderer, 'invoke'>);

/** Who an IPC message comes from; anything, since a test may lie about it. */
export interface Speaker {
  sender: unknown;
  senderFrame: unknown;
}

/** One message over the channel: copied on both ways, as Electron copies it. Rejects when the handler throws. */
export async function invokeAs(speaker: Speaker, channel: string, ...args: unknown[]): Promise<unknown> {
  const handler = desktop.handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return structuredClone(await handler(speaker as Electron.IpcMainInvokeEvent, ...structuredClone(args)));
}
