import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createTRPCClient, httpLink } from '@trpc/client';
import { parse, stringify } from 'devalue';
import type { AppRouter } from '../../main/core/router';
import { HOST_FLAGS } from '../../main/demo/children';
import type { Slot } from '../../shared/bridge';
import type { Client as Api } from '../support/desk';

/** The built program in a process of its own, asked over HTTP as a browser asks it: what is measured is nothing else. */
export interface Host {
  url: string;
  /** A window: its calls, its files and its open event stream. */
  window(): Promise<HostWindow>;
  /** MiB the process holds now and has held at most; null where the system does not tell. */
  memory(): Promise<{ now: number; peak: number } | null>;
  stop(): Promise<void>;
}

export interface HostWindow {
  api: Api;
  put(name: string, bytes: Uint8Array): Promise<Slot>;
}

/** One server as the host's environment names it. */
interface ServerChoice {
  name: string;
  host: string;
  port: number;
  database: string;
  embedded: boolean;
}

/** Starts `out/main/loopback.js` on one server, with the flags that `npm start` gives it. Throws when it ends before it is ready. */
export async function startHost(root: string, server: ServerChoice): Promise<Host> {
  const child = spawn(
    process.execPath,
    [...HOST_FLAGS, resolve(root, process.env.IBOK_OUT ?? 'out', 'main/loopback.js')],
    {
      env: { ...process.env, IBOK_SERVERS: JSON.stringify([server]), IBOK_IDLE_SECONDS: '36000' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url));
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
  });
  const streams = new AbortController();
  return {
    url,
    window: () => openWindow(url, streams.signal),
    memory: () => memoryOf(child),
    stop: async () => {
      streams.abort();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** A window on a host that runs at `url` (with its token in the fragment). */
export async function openWindow(url: string, until: AbortSignal): Promise<HostWindow> {
  const { origin, hash } = new URL(url);
  const headers = {
    origin,
    'sec-fetch-site': 'same-origin',
    'x-ibok-token': hash.slice('#token='.length),
    'x-ibok-client': randomBytes(16).toString('hex'),
  };
  const events = await fetch(`${origin}/events`, { headers, signal: until });
  void events.body?.pipeTo(new WritableStream()).catch(() => undefined);
  const link = httpLink({
    url: `${origin}/trpc`,
    methodOverride: 'POST',
    headers,
    transformer: { serialize: stringify, deserialize: parse },
  });
  return {
    api: createTRPCClient<AppRouter>({ links: [link] }),
    put: async (name, bytes) => {
      const answer = await fetch(`${origin}/files`, {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/octet-stream', 'x-ibok-name': encodeURIComponent(name) },
        body: bytes as BodyInit,
      });
      if (!answer.ok) throw new Error(`the host refused a file: ${answer.status}`);
      return (await answer.json()) as Slot;
    },
  };
}

async function memoryOf(child: ChildProcess): Promise<{ now: number; peak: number } | null> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => null);
  if (!status) return null;
  const mebibytes = (field: string) => Math.round(Number(status.match(new RegExp(`${field}:\\s+(\\d+)`))?.[1]) / 1024);
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}
