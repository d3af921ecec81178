import { type App, type Session, shell, type WebContents } from 'electron';
import { isHome, ORIGIN } from './origin';
import { denyPermissions } from './permissions';

/** Sites a person may be sent to in the browser: our own and the official collection of law. */
const SITES: readonly string[] = ['kpwik.kartuzy.pl', 'www.kpwik.kartuzy.pl', 'isap.sejm.gov.pl', 'eli.gov.pl'];

/** One plain address; no headers, since `?attach=` and `?bcc=` are instructions to the mail program. */
const MAIL_ADDRESS = /^[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/;

/** Opens an address outside the application if it is https on a known site or a mail address; says whether it did. */
export async function openExternal(address: unknown): Promise<boolean> {
  if (typeof address !== 'string' || address.length > 2000 || !URL.canParse(address)) return false;
  const url = new URL(address);
  if (!isOutside(url)) return false;
  await shell.openExternal(url.href);
  return true;
}

function isOutside(url: URL): boolean {
  if (url.protocol === 'mailto:') return MAIL_ADDRESS.test(url.pathname) && !url.search && !url.hash;
  return url.protocol === 'https:' && SITES.includes(url.host) && !url.username && !url.password;
}

/** Puts the guards on every page and every session this process will ever have. Call before `ready`. */
export function guardEverything(app: App): void {
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('session-created', guardSession);
}

/** A page may load itself again and nothing else: no other address, no second window, no guest page. */
function guardContents(contents: WebContents): void {
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    // One listener for three events whose details agree in what is read here.
    contents.on(event as 'will-frame-navigate', (details) => {
      if (!details.isMainFrame || !isHome(details.url)) details.preventDefault();
    });
  }
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault();
    callback('');
  });
}

/** No permission, no download and no request that leaves our own pages. */
export function guardSession(session: Session): void {
  denyPermissions(session);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isOwnRequest(details.url) }));
  // Dictionaries would otherwise be fetched from a server on the Internet.
  session.setSpellCheckerDictionaryDownloadURL(`${ORIGIN}/dictionaries/`);
}

/** Blobs and data are made by the page itself; the developer tools exist in a clone only. */
function isOwnRequest(address: string): boolean {
  return isHome(address.replace(/^ws:/, 'http:')) || /^(blob|data|devtools):/.test(address);
}
