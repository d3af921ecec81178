import type { FileKind, Hint, HostAnswer, HostBridge, Slot } from '../../shared/bridge';
import { browserDesktop } from './browserDesktop';
import { listenToEvents } from './events';

const TOKEN = 'ibok-token';
const CLIENT = 'ibok-client';
const ACCEPT: Record<FileKind, string> = {
  csv: '.csv,text/csv',
  document: '.pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg',
};

/** Takes the token out of the address bar, so that neither history nor a shared screen shows it. */
function takeToken(): string {
  const match = /^#token=([^&/]+)/.exec(location.hash);
  if (match?.[1]) {
    sessionStorage.setItem(TOKEN, match[1]);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(TOKEN) ?? '';
}

/** 128 random bits that tell this tab from others of the same browser. */
function clientId(): string {
  const known = sessionStorage.getItem(CLIENT);
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  sessionStorage.setItem(CLIENT, made);
  return made;
}

/** Lets the person choose one file; null when the dialog was cancelled. */
function chooseFile(accept: FileKind): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = ACCEPT[accept];
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}

/** A refusal of the file routes in the shape that `errorShape` reads. */
async function refusal(response: Response): Promise<Error> {
  const body = (await response.json().catch(() => null)) as { error?: { data?: unknown } } | null;
  return Object.assign(new Error('refused'), { data: body?.error?.data ?? {} });
}

/** The same bridge that Electron's preload offers, over HTTP to the loopback host that served this page. */
export function loopbackHost(): HostBridge {
  const headers = { 'x-ibok-token': takeToken(), 'x-ibok-client': clientId() };

  async function request(path: string, body: string): Promise<HostAnswer> {
    const response = await fetch(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, body: await response.text() };
  }

  async function putFile(name: string, bytes: Uint8Array): Promise<Slot> {
    const response = await fetch('/files', {
      method: 'PUT',
      // The name stays out of the address: addresses end up in logs.
      headers: { ...headers, 'content-type': 'application/octet-stream', 'x-ibok-name': encodeURIComponent(name) },
      body: bytes as Uint8Array<ArrayBuffer>,
    });
    if (!response.ok) throw await refusal(response);
    return (await response.json()) as Slot;
  }

  async function pickFile(accept: FileKind): Promise<Slot | null> {
    const file = await chooseFile(accept);
    return file ? putFile(file.name, new Uint8Array(await file.arrayBuffer())) : null;
  }

  async function bytesOf({ slot }: Slot): Promise<Response> {
    const response = await fetch(`/files/${encodeURIComponent(slot)}`, { headers });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  async function readFile(slot: Slot): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await (await bytesOf(slot)).arrayBuffer());
  }

  async function saveFile(slot: Slot): Promise<boolean> {
    const url = URL.createObjectURL(await (await bytesOf(slot)).blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = slot.name;
    link.click();
    // The browser has taken the bytes over once the click was handled.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    return true;
  }

  async function openExternal(url: string): Promise<boolean> {
    const { protocol } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'mailto:') return false;
    window.open(url, '_blank', 'noopener,noreferrer');
    return true;
  }

  const onHint = (listener: (hint: Hint) => void) => listenToEvents(headers, listener);
  return Object.freeze({
    kind: 'loopback',
    request,
    onHint,
    pickFile,
    putFile,
    readFile,
    saveFile,
    openExternal,
    ...browserDesktop(),
  });
}
