/**
 * Encrypted drafts on this workstation: AES-GCM 256 with the person's key from `staff_settings`, in IndexedDB.
 * The key is never stored here; without it the bytes say nothing, not even whose fields they are.
 */
const DATABASE = 'ibok-drafts';
const STORE = 'drafts';

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

/** What a form kept: its values and when. */
export interface StoredDraft<T> {
  values: T;
  savedAt: Date;
}

/** Turns the session's base64 key into one that can only encrypt and decrypt, and cannot be read back. */
export function importDraftKey(base64: string): Promise<CryptoKey> {
  const raw = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Encrypts a draft; its place (login and form) is authenticated with it, so that drafts cannot be swapped. */
export async function seal<T>(key: CryptoKey, place: string, draft: StoredDraft<T>): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = JSON.stringify({ values: draft.values, savedAt: draft.savedAt.toISOString() });
  const additionalData = new TextEncoder().encode(place);
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    new TextEncoder().encode(text),
  );
  return { iv, bytes };
}

/** Decrypts a draft; null when it was made with another key or for another place. */
export async function unseal<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<StoredDraft<T> | null> {
  try {
    const additionalData = new TextEncoder().encode(place);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv, additionalData }, key, sealed.bytes);
    const { values, savedAt } = JSON.parse(new TextDecoder().decode(plain)) as { values: T; savedAt: string };
    return { values, savedAt: new Date(savedAt) };
  } catch {
    return null;
  }
}

let opening: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opening;
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  // `relaxed` would be quicker and could lose the last words in a power cut.
  const transaction = (await database()).transaction(STORE, mode, { durability: 'strict' });
  return new Promise((resolve, reject) => {
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Drafts of one person, by form. */
export interface DraftVault {
  load<T>(formId: string): Promise<StoredDraft<T> | null>;
  save<T>(formId: string, values: T): Promise<Date>;
  remove(formId: string): Promise<void>;
}

/** Opens the drafts of `login` with the key of this session. */
export function openVault(login: string, key: CryptoKey): DraftVault {
  const placeOf = (formId: string) => `${login} ${formId}`;
  return {
    async load<T>(formId: string) {
      const sealed = (await inStore('readonly', (store) => store.get(placeOf(formId)))) as Sealed | undefined;
      return sealed ? unseal<T>(key, placeOf(formId), sealed) : null;
    },
    async save(formId, values) {
      const savedAt = new Date();
      const sealed = await seal(key, placeOf(formId), { values, savedAt });
      await inStore('readwrite', (store) => store.put(sealed, placeOf(formId)));
      return savedAt;
    },
    async remove(formId) {
      await inStore('readwrite', (store) => store.delete(placeOf(formId)));
    },
  };
}
