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
  /** Hands the bytes of a slot to the person as a file; false when the person cancelled. A slot is read once. */
  saveFile(slot: Slot): Promise<boolean>;
  /** Opens an https or mailto address outside the application; anything else is refused. */
  openExternal(url: string): Promise<boolean>;
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
