import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an office remembers from one start to the next. */
export interface OfficeState {
  /** The browser keeps drafts by origin, so the same clone asks for the same port. */
  browserPort?: number;
  databasePort?: number;
  /** Links in mails of the last start still lead to the portal's simulator. */
  portalPort?: number;
}

/** The git-ignored folder of a clone's demo office. */
export interface OfficeFolder {
  /** Server data, logins, state. */
  office: string;
  mail: string;
  logs: string;
  /** What Node compiled of our programs, so that the next start need not. */
  compiled: string;
  /** Where the worker leaves the seals' daily anchors. */
  anchors: string;
  read(): OfficeState;
  /** Adds to what is remembered. */
  remember(facts: OfficeState): void;
}

/**
 * Opens `var/` of a clone.
 * @param clone the clone's top folder.
 */
export function officeFolder(clone: string): OfficeFolder {
  const [office, mail, logs, anchors, compiled] = ['office', 'mail', 'log', 'anchors', 'compiled'].map((name) =>
    join(clone, 'var', name),
  ) as [string, string, string, string, string];
  mkdirSync(office, { recursive: true });
  for (const own of [logs, compiled]) mkdirSync(own, { recursive: true, mode: 0o700 });
  const file = join(office, 'state.json');
  const read = (): OfficeState => {
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as OfficeState;
    } catch {
      return {};
    }
  };
  return {
    office,
    mail,
    logs,
    anchors,
    compiled,
    read,
    remember: (facts) => writeFileSync(file, JSON.stringify({ ...read(), ...facts })),
  };
}

/**
 * Makes sure that only one office runs on a folder: a second one would end the database under the first.
 * @returns how to give the folder free again.
 * @throws Error naming the process that holds it.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'office.pid');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder && isOffice(holder)) throw new Error(`IBOK Desk already runs from this clone (process ${holder}).`);
  rmSync(file, { force: true });
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  return () => rmSync(file, { force: true });
}

/** Process numbers are given out again, so being alive is not enough where we can look closer. */
function isOffice(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('office.js');
  } catch {
    return true;
  }
}
