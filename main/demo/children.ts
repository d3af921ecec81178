import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';

/** A program that the office started and will end. */
export interface Child {
  /** Resolves with what it sent when it was ready; rejects when it ended before. */
  ready: Promise<{ url?: string }>;
  ended: Promise<{ code: number | null }>;
  /** Asks it to end, insists after five seconds. */
  stop(): Promise<void>;
}

/**
 * Flags of Node for the browser host: young objects are cleared away from 4 MiB on instead of 16. Answers are short-lived, so
 * nothing gets slower, and eight desks at work hold 174 MiB instead of 252.
 */
export const HOST_FLAGS = ['--max-semi-space-size=4'];

interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  /** Its log goes to `<logs>/<name>.log`; the one before is kept as `.old`. */
  logs: string;
  /** Whether its standard output is lost or the log's. The browser host's line holds its token, which no file shall keep. */
  speaks: 'nowhere' | 'to its log';
  /** Nobody waits for it: it yields the processor to whom somebody waits for. */
  background?: boolean;
}

/**
 * Starts a program with a channel to us. The channel is also its lifeline: it closes when we are killed, and the
 * program ends by itself.
 */
export function startChild({ name, command, args, env, logs, speaks, background }: ChildOptions): Child {
  const log = openLog(join(logs, `${name}.log`));
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', speaks === 'nowhere' ? 'ignore' : log, log, 'ipc'],
  });
  closeSync(log);
  if (background && child.pid) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const ended = new Promise<{ code: number | null }>((resolve) => {
    child.once('exit', (code) => resolve({ code }));
    child.once('error', () => resolve({ code: null }));
  });
  const ready = Promise.race([
    readiness(child),
    ended.then(({ code }) => {
      throw new Error(`${name} ended before it was ready (code ${code}); see ${join(logs, `${name}.log`)}`);
    }),
  ]);
  // Whoever needs to know awaits it; nobody else shall crash of it.
  ready.catch(() => undefined);
  return { ready, ended, stop: () => end(child, ended) };
}

function openLog(file: string): number {
  if (existsSync(file)) renameSync(file, `${file}.old`);
  return openSync(file, 'w', 0o600);
}

function readiness(child: ChildProcess): Promise<{ url?: string }> {
  return new Promise((resolve) => {
    child.on('message', (message: { type?: string; url?: string }) => {
      if (message.type === 'ready') resolve(message);
    });
  });
}

async function end(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM');
  const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(insist);
}
