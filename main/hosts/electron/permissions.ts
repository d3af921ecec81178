import type { Session } from 'electron';
import { isHomeOrigin } from './origin';

type Handler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<Handler>[1] | Parameters<CheckHandler>[1];

interface Rule {
  allow: boolean;
  reason: string;
}

const no = (reason: string): Rule => ({ allow: false, reason });

const DEVICE = 'a desk talks to no device; meters are read by their own program';
const SENSING = 'a desk neither sees, hears nor locates anybody';
const BACKGROUND = 'jobs without a window belong to the worker';
const NETWORK = 'the page reaches the core by IPC and nothing else';
const WINDOW = 'the window belongs to the person; a page that takes the screen or the keyboard can imitate others';
const STORAGE = 'drafts live in ordinary storage of our own origin';
const FILES = 'files pass through dialogs and slots; the page never holds a path';

/** Deny by default, a reason for every name. A permission that a new Electron adds does not compile until it is here. */
export const PERMISSIONS: Readonly<Record<Permission, Rule>> = {
  'clipboard-sanitized-write': { allow: true, reason: 'copying a number or an address is daily work' },
  'clipboard-read': no('pasting needs no permission; reading unasked would take whatever was copied elsewhere'),
  'deprecated-sync-clipboard-read': no('as clipboard-read'),
  ar: no(SENSING),
  'automatic-fullscreen': no(WINDOW),
  'background-fetch': no(BACKGROUND),
  'background-sync': no(BACKGROUND),
  'captured-surface-control': no(SENSING),
  'display-capture': no('the screen shows customers; nothing may record it'),
  fileSystem: no(FILES),
  fullscreen: no(WINDOW),
  geolocation: no(SENSING),
  'geolocation-approximate': no(SENSING),
  'hand-tracking': no(SENSING),
  hid: no(DEVICE),
  'idle-detection': no('the core knows when a person was last active'),
  keyboardLock: no(WINDOW),
  'local-fonts': no('our fonts are in the package; the list of installed ones identifies a machine'),
  'local-network': no(NETWORK),
  'local-network-access': no(NETWORK),
  'loopback-network': no(NETWORK),
  media: no(SENSING),
  mediaKeySystem: no('nothing here is protected media'),
  midi: no(DEVICE),
  midiSysex: no(DEVICE),
  nfc: no(DEVICE),
  notifications: no('a notification would show customers beside a locked session'),
  openExternal: no('addresses leave by the checked channel only'),
  'payment-handler': no('nothing is paid here'),
  'periodic-background-sync': no(BACKGROUND),
  'persistent-storage': no(STORAGE),
  pointerLock: no(WINDOW),
  'screen-wake-lock': no('a desk left alone must be able to lock'),
  sensors: no(SENSING),
  serial: no(DEVICE),
  'smart-card': no(DEVICE),
  'speaker-selection': no(DEVICE),
  'storage-access': no(STORAGE),
  'system-wake-lock': no('a desk left alone must be able to sleep'),
  'top-level-storage-access': no(STORAGE),
  unknown: no('what has no name gets no permission'),
  usb: no(DEVICE),
  vr: no(SENSING),
  'web-app-installation': no('the application is installed by its package'),
  'web-printing': no('letters are printed from their PDF'),
  'window-management': no(WINDOW),
};

/** The name is looked up as data: `toString` or a name from a newer Chromium gets no. */
function allowed(permission: string, origin: string, isMainFrame: boolean): boolean {
  if (!Object.hasOwn(PERMISSIONS, permission)) return false;
  return PERMISSIONS[permission as Permission].allow && isMainFrame && isHomeOrigin(origin);
}

/** Chromium writes an origin with or without the slash behind it, according to the call. */
function originOf(address: string): string {
  return /^[a-z]+:\/\/[^/]+/.exec(address)?.[0] ?? '';
}

/** Without these handlers Electron grants everything. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(allowed(permission, originOf(details.requestingUrl), details.isMainFrame)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    allowed(permission, originOf(origin), details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
}
