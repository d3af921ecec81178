import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Hint, MAX_REQUEST_BYTES, MAX_SLOT_BYTES } from '../../../shared/bridge';
import { SECURITY_HEADERS } from '../../../shared/csp';
import type { ErrorCode } from '../../../shared/errors';
import { AppError, type Core, refusal, refuseRequest } from '../../core/core';
import type { Log } from '../../core/ports';
import type { StaticFile } from './files';
import { type Gate, isForUs, provenClient } from './gate';

const PING_MS = 5_000;
/** How long a window may be without its event stream (a reload) before its session ends. */
const GONE_MS = 10_000;

interface Host {
  core: Core;
  gate: Gate;
  files: Map<string, StaticFile>;
  log: Log;
  /** Open event streams by client, and the timer that forgets a client without any. */
  streams: Map<string, number>;
  leaving: Map<string, NodeJS.Timeout>;
}

/**
 * The application over HTTP on 127.0.0.1: gate, static files, /trpc, /events, /files. Listens on `port` (0: a free
 * one) and resolves with the server and its port; rejects when the port is taken.
 */
export async function serve(
  core: Core,
  files: Map<string, StaticFile>,
  token: string,
  port: number,
  log: Log,
): Promise<{ server: Server; port: number }> {
  const host: Host = { core, files, log, gate: { host: '', token }, streams: new Map(), leaving: new Map() };
  const server = createServer((request, response) => {
    answer(host, request, response).catch((error: unknown) => {
      const incident = randomUUID();
      log.error('request-failed', { incident, kind: error instanceof Error ? error.name : 'unknown' });
      refuse(response, 'INTERNAL', incident);
    });
  });
  server.headersTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  host.gate.host = `127.0.0.1:${address.port}`;
  return { server, port: address.port };
}

async function answer(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request;
  const file = method === 'GET' && isForUs(request, host.gate) ? host.files.get(url) : undefined;
  if (file) {
    response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': file.mime, 'cache-control': 'no-store' });
    response.end(file.bytes);
    return;
  }
  const client = provenClient(request, host.gate);
  if (client === null) return refuse(response, 'REQUEST_REFUSED');
  if (method === 'POST' && url.startsWith('/trpc/')) return trpc(host, client, request, response);
  if (method === 'GET' && url === '/events') return events(host, client, response);
  if (method === 'PUT' && url === '/files') return putFile(host, client, request, response);
  if (method === 'GET' && url.startsWith('/files/')) return takeFile(host, client, url.slice(7), response);
  refuse(response, 'REQUEST_REFUSED');
}

async function trpc(host: Host, client: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers['content-type'] !== 'application/json') return refuse(response, 'REQUEST_REFUSED');
  const bytes = await readBody(request, MAX_REQUEST_BYTES);
  if (bytes === null) return refuse(response, 'TOO_LARGE');
  const path = request.url ?? '';
  const body = bytes.toString('utf8');
  const refused = refuseRequest(path, body);
  if (refused) return refuse(response, refused);
  const asked = new Request(`http://${host.gate.host}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const given = await host.core.handle(asked, { id: client });
  json(response, given.status, await given.text());
}

async function events(host: Host, client: string, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  const ping = setInterval(() => response.write(': ping\n\n'), PING_MS);
  arrived(host, client);
  try {
    for await (const hint of host.core.events({ id: client }, gone.signal)) response.write(line(hint));
  } finally {
    clearInterval(ping);
    left(host, client);
    response.end();
  }
}

function line(hint: Hint): string {
  return `data: ${JSON.stringify(hint)}\n\n`;
}

function arrived(host: Host, client: string): void {
  clearTimeout(host.leaving.get(client));
  host.leaving.delete(client);
  host.streams.set(client, (host.streams.get(client) ?? 0) + 1);
}

function left(host: Host, client: string): void {
  const open = (host.streams.get(client) ?? 1) - 1;
  if (open > 0) {
    host.streams.set(client, open);
    return;
  }
  host.streams.delete(client);
  const timer = setTimeout(() => {
    host.leaving.delete(client);
    void host.core.forget({ id: client });
  }, GONE_MS);
  host.leaving.set(client, timer.unref());
}

async function putFile(host: Host, client: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = request.headers['x-ibok-name'];
  if (typeof name !== 'string' || name.length > 1000) return refuse(response, 'REQUEST_REFUSED');
  const bytes = await readBody(request, MAX_SLOT_BYTES);
  if (bytes === null) return refuse(response, 'FILE_TOO_LARGE');
  try {
    json(response, 200, JSON.stringify(host.core.slots.put({ id: client }, decodeName(name), bytes)));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    refuse(response, error.code);
  }
}

function takeFile(host: Host, client: string, slot: string, response: ServerResponse): void {
  const held = host.core.slots.take({ id: client }, slot);
  if (!held) {
    refuse(response, 'FILE_GONE');
    return;
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'application/octet-stream',
    'cache-control': 'no-store',
  });
  response.end(held.bytes);
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return 'file';
  }
}

/** The body, or null as soon as it is longer than `limit`. */
async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return null;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function json(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(body);
}

function refuse(response: ServerResponse, code: ErrorCode, incident?: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, body } = refusal(code, {}, incident);
  response.setHeader('connection', 'close');
  json(response, status, body);
}
