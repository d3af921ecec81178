import { app } from 'electron';

export const SCHEME = 'app';
const HOST = 'desk';

/** Where the page lives, and the only origin that may talk to us. */
export const ORIGIN = `${SCHEME}://${HOST}`;

/** The address of the build tool's own server while developing; null in the packaged program, whatever the environment says. */
function developmentUrl(): URL | null {
  const text = process.env.ELECTRON_RENDERER_URL;
  if (app.isPackaged || !text || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname) ? url : null;
}

/** What a window loads. */
export function homeUrl(): string {
  return developmentUrl()?.href ?? `${ORIGIN}/`;
}

/**
 * Whether an address is one of our own pages. It is parsed, never compared by its beginning: `app://desk.evil/` begins
 * like ours. Node calls the origin of a scheme it does not know `null`, so the parts are compared one by one.
 */
export function isHome(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username || url.password) return false;
  if (url.protocol === `${SCHEME}:`) return url.host === HOST;
  const development = developmentUrl();
  return development !== null && url.origin === development.origin;
}

/** Whether an origin as Chromium writes it (`app://desk`, no path) is ours. */
export function isHomeOrigin(origin: string): boolean {
  return origin === ORIGIN || origin === developmentUrl()?.origin;
}
