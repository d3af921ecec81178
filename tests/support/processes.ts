import { readFileSync } from 'node:fs';

/** Whether a process still runs; one that ended and waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8');
    if (state.slice(state.lastIndexOf(')')).startsWith(') Z')) return false;
  } catch {
    // No such file: gone, or a system without /proc.
  }
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
