import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { type Letter, NoGlyph } from './letter';
import type { Paper } from './paper';
import type { Answer, Order } from './thread';

/** As many as help: a letter takes some milliseconds, a thread 40 MiB. */
const MOST_THREADS = Math.min(2, availableParallelism());
/** A letter leaves garbage behind quickly; without a bound a thread lets it grow to 200 MiB before it clears up. */
const MEMORY = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 };
/** A thread without work is ended after so long. */
const IDLE_MS = 30_000;

interface Waiting {
  resolve(bytes: Uint8Array): void;
  reject(error: Error): void;
}
interface Thread {
  worker: Worker;
  waiting: Map<number, Waiting>;
  idle: NodeJS.Timeout;
}

const threads: Thread[] = [];
let orders = 0;

/** Draws a letter: `renderPaper` of the commonest paper. */
export function renderPdf(letter: Letter): Promise<Uint8Array> {
  return renderPaper({ is: 'letter', letter });
}

/** Draws a paper beside the main thread, which goes on serving. Rejects with NoGlyph, or for a bug. */
export function renderPaper(paper: Paper): Promise<Uint8Array> {
  const thread = leastBusy();
  orders += 1;
  const order: Order = { id: orders, paper };
  return new Promise((resolve, reject) => {
    thread.waiting.set(order.id, { resolve, reject });
    thread.worker.ref();
    thread.worker.postMessage(order);
  });
}

function leastBusy(): Thread {
  const free = threads.find(({ waiting }) => waiting.size === 0);
  if (free) return free;
  if (threads.length < MOST_THREADS) return begin();
  return threads.reduce((least, each) => (each.waiting.size < least.waiting.size ? each : least));
}

function begin(): Thread {
  const worker = startThread(MEMORY);
  const end = () => {
    if (thread.waiting.size > 0) return;
    threads.splice(threads.indexOf(thread), 1);
    void worker.terminate();
  };
  const thread: Thread = { worker, waiting: new Map(), idle: setTimeout(end, IDLE_MS).unref() };
  // A program that has nothing else to do may end.
  worker.unref();
  worker.on('message', (answer: Answer) => {
    settle(thread, answer);
    if (thread.waiting.size > 0) return;
    worker.unref();
    thread.idle.refresh();
  });
  worker.on('error', (error) => fail(thread, error));
  worker.on('exit', () => fail(thread, new Error('the drawing thread ended')));
  threads.push(thread);
  return thread;
}

function settle(thread: Thread, answer: Answer): void {
  const waiting = thread.waiting.get(answer.id);
  thread.waiting.delete(answer.id);
  if ('bytes' in answer) waiting?.resolve(answer.bytes);
  else if ('noGlyph' in answer) waiting?.reject(new NoGlyph(answer.noGlyph));
  else waiting?.reject(new Error(`paper not drawn: ${'fault' in answer ? answer.fault : 'no bytes'}`));
}

function fail(thread: Thread, error: Error): void {
  clearTimeout(thread.idle);
  const place = threads.indexOf(thread);
  if (place >= 0) threads.splice(place, 1);
  for (const waiting of thread.waiting.values()) waiting.reject(error);
  thread.waiting.clear();
}

/** Starts the thread's program: bundled beside the entries; where the source itself runs, loaded through Vite like the rest. */
export function startThread(resourceLimits: ResourceLimits): Worker {
  const here = import.meta.dirname;
  if (import.meta.env.PROD) {
    const entries = basename(here) === 'chunks' ? dirname(here) : here;
    return new Worker(join(entries, 'pdf.js'), { resourceLimits });
  }
  const source = JSON.stringify(join(here, 'thread.ts'));
  const options = JSON.stringify({ configFile: false, logLevel: 'error' });
  return new Worker(`import('vite').then(({ runnerImport }) => runnerImport(${source}, ${options}))`, { eval: true });
}
