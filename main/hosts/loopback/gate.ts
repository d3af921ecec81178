import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What the gate knows of this start of the host. */
export interface Gate {
  /** The exact `Host` header of our own address, e.g. `127.0.0.1:4600`. */
  host: string;
  token: string;
}

const CLIENT = /^[0-9a-f]{32}$/;

/** One header as text; a header sent twice counts as absent. */
function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

/** Whether the request was addressed to us under our own name: a rebound DNS name is not. */
export function isForUs(request: IncomingMessage, gate: Gate): boolean {
  return header(request, 'host') === gate.host;
}

/**
 * The caller's id when the request comes from our own page with the token of this start, else null. Looks at nothing
 * but headers, so that it can run before any routing and any body.
 */
export function provenClient(request: IncomingMessage, gate: Gate): string | null {
  const origin = header(request, 'origin');
  const site = header(request, 'sec-fetch-site');
  const own = origin === `http://${gate.host}` || (origin === '' && request.method === 'GET');
  if (!isForUs(request, gate) || !own || site !== 'same-origin') return null;
  if (!sameText(header(request, 'x-ibok-token'), gate.token)) return null;
  const client = header(request, 'x-ibok-client');
  return CLIENT.test(client) ? client : null;
}

function sameText(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
