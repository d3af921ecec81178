import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 5 * 1024 * 1024;

/**
 * Writes lines to a file that only this person can read. A file above 5 MiB is put aside once, at the start, so two
 * of them are the most there ever is. A disk that takes no line stops no work.
 */
export function fileWriter(file: string): (line: string) => void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
  } catch {
    return () => undefined;
  }
  return (line) => {
    try {
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      return;
    }
  };
}
