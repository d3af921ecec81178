import { randomBytes } from 'node:crypto';
import { MAX_SLOT_BYTES, type Slot } from '../../shared/bridge';
import { AppError } from './errors';

interface Held {
  owner: string;
  name: string;
  bytes: Uint8Array;
  expires: number;
}

const MAX_PER_OWNER = 8;
const LIFE_MS = 15 * 60_000;

/** Bytes by unguessable id, for one caller, read once, forgotten after a quarter of an hour. */
export class Slots {
  private readonly held = new Map<string, Held>();

  constructor(private readonly now: () => number) {}

  /**
   * Throws FILE_TOO_LARGE above 20 MiB, and SERVER_BUSY when one caller hoards slots. A file made here, on its way out,
   * may have another limit.
   */
  put(owner: string, name: string, bytes: Uint8Array, most = MAX_SLOT_BYTES): Slot {
    this.sweep();
    if (bytes.byteLength > most) throw new AppError('FILE_TOO_LARGE', { megabytes: most / 2 ** 20 });
    let mine = 0;
    for (const slot of this.held.values()) if (slot.owner === owner) mine++;
    if (mine >= MAX_PER_OWNER) throw new AppError('SERVER_BUSY');
    const slot = randomBytes(24).toString('base64url');
    this.held.set(slot, { owner, name: cleanName(name), bytes, expires: this.now() + LIFE_MS });
    return { slot, name: cleanName(name), size: bytes.byteLength };
  }

  /** The bytes of a slot of this caller, once; null when there is none. */
  take(owner: string, slot: string): { name: string; bytes: Uint8Array } | null {
    this.sweep();
    const found = this.held.get(slot);
    if (!found || found.owner !== owner) return null;
    this.held.delete(slot);
    return { name: found.name, bytes: found.bytes };
  }

  forget(owner: string): void {
    for (const [slot, held] of this.held) if (held.owner === owner) this.held.delete(slot);
  }

  private sweep(): void {
    const now = this.now();
    for (const [slot, held] of this.held) if (held.expires < now) this.held.delete(slot);
  }
}

/** A name that is only a name: no path, reserved, control or bidi characters, at most 120 long (security.md I4). */
export function cleanName(name: string): string {
  const cleaned = name
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff/\\:*?"<>|]/g, '_')
    .replace(/[. ]+$/, '')
    .slice(-120)
    // Half a letter: where the name was cut, or as it came.
    .replace(/\p{Surrogate}/gu, '_');
  return /^(con|prn|aux|nul|com\d|lpt\d)?(\.|$)/i.test(cleaned) ? `file_${cleaned}` : cleaned;
}
