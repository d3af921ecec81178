import { randomBytes } from 'node:crypto';
import { AppError } from '../../core/errors';
import { type Owner, sameOwner } from './import-jobs';

/** A file that could not be read as billing's and waits for a mapping. */
export interface HeldFile {
  readonly key: string;
  readonly owner: Owner;
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LIFE_MS = 60 * 60_000;

/** One such file for each window; forgotten as checked files are (ImportJobs), since it holds the same personal data. */
export class HeldFiles {
  private readonly files = new Map<string, { file: HeldFile; expiry: NodeJS.Timeout }>();

  /** Takes a file in; the one this window had before goes. */
  add(owner: Owner, name: string, bytes: Uint8Array): HeldFile {
    this.drop((file) => sameOwner(file.owner, owner));
    const file = { key: randomBytes(24).toString('base64url'), owner, name, bytes };
    const expiry = setTimeout(() => this.drop(({ key }) => key === file.key), LIFE_MS).unref();
    this.files.set(file.key, { file, expiry });
    return file;
  }

  find(owner: Owner, key: string): HeldFile | null {
    const found = this.files.get(key);
    if (!found || !sameOwner(found.file.owner, owner)) return null;
    found.expiry.refresh();
    return found.file;
  }

  /** Throws FILE_GONE. */
  get(owner: Owner, key: string): HeldFile {
    const found = this.find(owner, key);
    if (!found) throw new AppError('FILE_GONE');
    return found;
  }

  forget(caller: string): void {
    this.drop(({ owner }) => owner.caller === caller);
  }

  private drop(which: (file: HeldFile) => boolean): void {
    for (const [key, { file, expiry }] of this.files) {
      if (!which(file)) continue;
      clearTimeout(expiry);
      this.files.delete(key);
    }
  }
}
