import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';
import { STYLE } from './portal-simulator-html';
import { answerPage } from './portal-simulator-pages';
import type { Deed, Visitor } from './portal-simulator-visitor';

export interface PortalSimulator {
  url: string;
  close(): Promise<void>;
}

/** Where the simulator finds the database, as the portal would. */
export interface PortalConnection {
  host: string;
  port: number;
  database: string;
  password: string;
}

/** Nothing may be loaded but our style; no script, no frame, forms to ourselves alone. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // Not no-referrer: a form of ours would then come with the origin 'null'.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
const COOKIE = 'ibok_portal';
const LARGEST_FORM = 64 * 1024;
const CONNECTIONS = 3;

/**
 * A portal for the demo office: a few pages from the server on 127.0.0.1, without scripts, that do what they do through
 * the functions of the schema `portal` and nothing else. It stands for the customers' portal, which is another program.
 * @param port wanted; 0 for a free one.
 */
export async function openPortalSimulator(connection: PortalConnection, port = 0): Promise<PortalSimulator> {
  const pool = new pg.Pool({
    ...connection,
    user: 'ibok_portal',
    max: CONNECTIONS,
    application_name: 'ibok-portal simulator',
  });
  // A server that restarts cuts idle connections; the next question makes new ones.
  pool.on('error', () => undefined);
  const sessions = new Map<string, { account: string; session: string }>();
  let own = '';
  const server = createServer((request, response) => {
    serve(request, response).catch(() => send(response, 500, 'Coś poszło nie tak. Spróbuj ponownie.', 'text/plain'));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page elsewhere may know our port: only what is typed for this host, and forms of ours.
    if (request.headers.host !== own) return send(response, 421, '', 'text/plain');
    const { pathname } = new URL(request.url ?? '/', `http://${own}`);
    if (request.method === 'GET' && pathname === '/portal.css') return send(response, 200, STYLE, 'text/css');
    if (request.method !== 'GET' && request.method !== 'POST') return send(response, 405, '', 'text/plain');
    if (request.method === 'POST' && request.headers.origin !== `http://${own}`)
      return send(response, 403, '', 'text/plain');
    const form = request.method === 'POST' ? await formOf(request) : null;
    if (request.method === 'POST' && form === null) return send(response, 413, '', 'text/plain');
    const key = cookieOf(request);
    const known = key === null ? undefined : sessions.get(key);
    const visitor: Visitor = {
      account: known?.account ?? null,
      session: known?.session ?? null,
      address: request.socket.remoteAddress ?? null,
      agent: request.headers['user-agent'] ?? null,
      call: async <Answer>(sql: string, bind: readonly unknown[]) => {
        const { rows } = await pool.query<{ answer: Answer }>(`select ${sql} as answer`, [...bind]);
        return rows[0]?.answer as Answer;
      },
    };
    const deed: Deed = await answerPage(visitor, pathname, form);
    const headers: Record<string, string> = {};
    if (deed.signedIn) {
      const fresh = randomBytes(32).toString('base64url');
      sessions.set(fresh, deed.signedIn);
      headers['set-cookie'] = `${COOKIE}=${fresh}; HttpOnly; SameSite=Strict; Path=/`;
    }
    if (deed.signedOut && key !== null) {
      sessions.delete(key);
      headers['set-cookie'] = `${COOKIE}=; Max-Age=0; HttpOnly; SameSite=Strict; Path=/`;
    }
    if (deed.to) {
      response.writeHead(303, { ...HEADERS, ...headers, location: deed.to });
      response.end();
      return;
    }
    send(response, deed.status ?? 200, deed.html ?? '', 'text/html', headers);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const address = server.address();
  own = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url: `http://${own}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await pool.end();
    },
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: string,
  mime: string,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) return;
  response.writeHead(status, { ...HEADERS, ...headers, 'content-type': `${mime}; charset=utf-8` });
  response.end(body);
}

function cookieOf(request: IncomingMessage): string | null {
  return new RegExp(`(?:^|; )${COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1] ?? null;
}

/** The fields of a sent form; null when it is larger than a form of ours can be. */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > LARGEST_FORM) return null;
    parts.push(part as Buffer);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}
