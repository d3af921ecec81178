import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { BillingFileKey } from '../../shared/domain/billing-export';
import { exportText } from '../support/export-files';
import type { HostWindow } from './host';
import { round, type Value } from './measure';

const POLL_MS = 20;

/** Signs a window of the host in. */
export async function signIn({ api }: HostWindow, login: string, password: string): Promise<void> {
  await api.session.signIn.mutate({ server: 'main', login, password });
}

/** Checks a file and imports all of it; milliseconds of both. Throws when a row is refused or the import fails. */
export async function importFile(
  { api, put }: HostWindow,
  kind: BillingFileKey,
  rows: readonly Record<string, string>[],
): Promise<{ checked: number; ran: number }> {
  const { slot } = await put(`${kind}.csv`, new TextEncoder().encode(exportText(kind, rows)));
  const checked = await timed(() => api.imports.check.mutate({ slot }));
  const { importKey } = checked.result;
  const ran = await timed(async () => {
    await api.imports.run.mutate({ importKey, mode: 'all', requestId: randomUUID() });
    await until(async () => {
      const { state } = await api.imports.progress.query({ importKey });
      if (state === 'failed' || state === 'cancelled') throw new Error(`the import ${state}`);
      return state === 'done';
    });
  });
  return { checked: checked.ms, ran: ran.ms };
}

/** Takes the newest act of a kind back; null when this program offers no undo of it. */
export async function undoNewest(api: HostWindow['api'], kind: 'import' | 'bulk'): Promise<number | null> {
  const { steps } = await api.undo.stack.query();
  const step = steps.find((one) => one.kind === kind && one.state === 'open');
  if (!step) return null;
  const { ms, result } = await timed(() => api.undo.run.mutate({ id: step.id, requestId: randomUUID() }));
  if (result.status !== 'undone') throw new Error(`the undo of ${kind} was refused`);
  return ms;
}

/** Asks until the answer is yes. */
export async function until(done: () => Promise<boolean>): Promise<void> {
  while (!(await done())) await pause(POLL_MS);
}

/** How long some work took, and what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** Milliseconds as a value in seconds; `goal` in seconds. */
export function seconds(what: string, ms: number, goal?: number): Value {
  return { what, value: round(ms / 1000), unit: 's', ...(goal === undefined ? {} : { goal }) };
}
