import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { SECURITY_HEADERS } from '../../../shared/csp';
import { SERVED_TYPES } from '../../../shared/served-types';
import { isHome, SCHEME } from './origin';

/** Never `bypassCSP`, `corsEnabled`, `allowServiceWorkers` or `allowExtensions`: each would weaken the page. */
export const SCHEMES: CustomScheme[] = [
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
];

/** Our own table: what is not in it is not served, and the operating system's registry has no say. */
const MIME: Readonly<Record<string, string>> = {
  ...SERVED_TYPES,
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * Segments of plain letters that do not begin with a dot. Our build makes no other names, so percent signs, colons,
 * backslashes, NUL and double slashes are refused before anything is decoded.
 */
const PLAIN_PATH = /^\/(?:[\w@-][\w@.-]*\/)*[\w@-][\w@.-]*$/;

/** Serves the files of one folder at `app://desk/`. */
export function serveApplication(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(SCHEME, (request) => answer(folder, request));
}

async function answer(folder: string, request: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  if (!isHome(request.url)) return refuse(404);
  const { pathname } = new URL(request.url);
  const path = pathname === '/' ? '/index.html' : pathname;
  const type = MIME[extname(path)];
  if (!type || !PLAIN_PATH.test(path)) return refuse(404);
  const file = await inside(folder, path);
  if (!file) return refuse(404);
  return new Response(file, { headers: { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': 'no-cache' } });
}

/** The bytes of a file that lies in the folder after every link has been followed; null when there is none. */
async function inside(folder: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const real = await realpath(join(folder, path));
    const way = relative(await realpath(folder), real);
    if (way === '' || way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
    return new Uint8Array(await readFile(real));
  } catch {
    // Missing, a folder, or not readable: all the same to the page.
    return null;
  }
}

function refuse(status: 404 | 405): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
