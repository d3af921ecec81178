import { contextBridge, ipcRenderer } from 'electron';
import type { FileKind, Hint, HostAnswer, HostBridge, Notice, Slot } from '../shared/bridge';

type FileAnswer = { ok: true; value: unknown } | { ok: false; error: unknown };

/**
 * A file channel answers errors as values, since `invoke` keeps only a message; here they become rejections in the
 * shape of tRPC's own errors. A plain object, because the bridge would strip an Error to its message once more.
 */
async function files<Result>(request: object): Promise<Result> {
  const answer: FileAnswer = await ipcRenderer.invoke('core:files', request);
  if (!answer.ok) throw { data: { app: answer.error } };
  return answer.value as Result;
}

/** All that the page gets: thirteen functions with their channels fixed, plain data in and out, no event object. */
const bridge: HostBridge = {
  kind: 'electron',
  request: (path: string, body: string): Promise<HostAnswer> => ipcRenderer.invoke('core:request', path, body),
  onHint: (listener: (hint: Hint) => void) => {
    const forward = (_event: unknown, { topic, id }: Hint) => listener(id === undefined ? { topic } : { topic, id });
    ipcRenderer.on('core:event', forward);
    return () => {
      ipcRenderer.removeListener('core:event', forward);
    };
  },
  pickFile: (accept: FileKind) => files<Slot | null>({ do: 'pick', accept }),
  putFile: (name: string, bytes: Uint8Array) => files<Slot>({ do: 'put', name, bytes }),
  readFile: ({ slot }: Slot) => files<Uint8Array<ArrayBuffer>>({ do: 'read', slot }),
  saveFile: ({ slot }: Slot) => files<boolean>({ do: 'save', slot }),
  openExternal: (url: string): Promise<boolean> => ipcRenderer.invoke('core:open-external', url),
  openWindow: (place: string): Promise<boolean> => ipcRenderer.invoke('core:desktop', { do: 'open', place }),
  notify: ({ title, text, place }: Notice): Promise<boolean> =>
    ipcRenderer.invoke('core:desktop', { do: 'notify', title, text, place }),
  setBadge: async (count: number): Promise<void> => {
    await ipcRenderer.invoke('core:desktop', { do: 'badge', count });
  },
  print: (): Promise<boolean> => ipcRenderer.invoke('core:desktop', { do: 'print' }),
  dragFile: ({ slot }: Slot): Promise<boolean> => ipcRenderer.invoke('core:desktop', { do: 'drag', slot }),
  onPlace: (listener: (place: string) => void) => {
    const forward = (_event: unknown, place: string) => listener(place);
    ipcRenderer.on('core:place', forward);
    return () => {
      ipcRenderer.removeListener('core:place', forward);
    };
  },
};

contextBridge.exposeInMainWorld('iboDesk', Object.freeze(bridge));
