/**
 * What a host offers the renderer, and nothing else. The Electron preload exposes exactly this object;
 * `renderer/app/host.ts` builds the same one over HTTP for the loopback host.
 */
export interface HostBridge {
  readonly kind: 'electron' | 'loopback';
  /** One tRPC request: `path` begins with `/trpc/`, `body` is JSON text. Never rejects for a refused request. */
  request(path: string, body: string): Promise<HostAnswer>;
  /** Live hints and the state of the link to the core. Returns the function that stops listening. */
  onHint(listener: (hint: Hint) => void): () => void;
  /** Asks the person for a file and puts its bytes into a slot; null when nothing was chosen. */
  pickFile(accept: FileKind): Promise<Slot | null>;
  /** Puts bytes that the renderer already holds (drag and drop) into a slot. */
  putFile(name: string, bytes: Uint8Array): Promise<Slot>;
  /** The bytes of a slot, to be shown by this page. A slot is read once. */
  readFile(slot: Slot): Promise<Uint8Array<ArrayBuffer>>;
  /** Hands the bytes of a slot to the person as a file; false when the person cancelled. A slot is read once. */
  saveFile(slot: Slot): Promise<boolean>;
  /** Opens an https or mailto address outside the application; anything else is refused. */
  openExternal(url: string): Promise<boolean>;
  /** Opens a place (`/customers/12`) in a window of its own, in the browser in a tab; it shares this window's session. */
  openWindow(place: string): Promise<boolean>;
  /** Tells the person that something waits, also behind other windows. False where the system or the person said no. */
  notify(notice: Notice): Promise<boolean>;
  /** How many things wait, on the program's icon or in the tab's title; 0 takes it away. */
  setBadge(count: number): Promise<void>;
  /** Opens the system's dialog to print what is on screen; false when the person cancelled. */
  print(): Promise<boolean>;
  /** Gives a file to the system that is being dragged out of the window; false where the browser does it by itself. */
  dragFile(slot: Slot): Promise<boolean>;
  /** A place asked for from outside: a link `ibok://`, a click on a notice, the tray. Returns how to stop listening. */
  onPlace(listener: (place: string) => void): () => void;
}

/** A notification. It may show beside a locked session: a count and a kind, never a name. */
export interface Notice {
  title: string;
  text: string;
  /** Where a click leads. */
  place: string;
}

/** A request's answer: HTTP status and JSON text. */
export interface HostAnswer {
  status: number;
  body: string;
}

/**
 * A hint that something changed; it never carries data. Topics are table names (`customers`, with the row's id or
 * `*`), or one of: `resync` (refetch what is on screen), `link` (id `up` or `down`), `session` (id `locked` or `ended`).
 */
export interface Hint {
  topic: string;
  id?: string;
}

/** Bytes waiting in the core: an unguessable id, the shown name and the size in bytes. */
export interface Slot {
  slot: string;
  name: string;
  size: number;
}

/** What a file dialog offers. */
export type FileKind = 'csv' | 'document';

/** The largest file a slot takes, in bytes (20 MiB). */
export const MAX_SLOT_BYTES = 20 * 1024 * 1024;

/** The largest request body a host accepts, in bytes (1 MiB); files travel by slots. */
export const MAX_REQUEST_BYTES = 1024 * 1024;
