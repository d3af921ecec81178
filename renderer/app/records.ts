import { useSyncExternalStore } from 'react';

/** Kinds of records that open in a tab of their own, and the query whose data names them. */
export const RECORD_KINDS = [
  'customers',
  'premises',
  'meters',
  'registrations',
  'accounts',
  'deletions',
  'exchanges',
  'meter-cases',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export interface OpenRecord {
  kind: RecordKind;
  id: string;
}

const KEY = 'ibok-open-records';
const MOST = 12;

let records: readonly OpenRecord[] = stored();
const listeners = new Set<() => void>();

/** Only kinds and ids are kept; names are read anew by whoever may read them. */
function stored(): OpenRecord[] {
  try {
    const list = JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as OpenRecord[];
    return list.filter(({ kind, id }) => RECORD_KINDS.includes(kind) && /^[1-9][0-9]{0,18}$/.test(id)).slice(0, MOST);
  } catch {
    return [];
  }
}

function set(next: readonly OpenRecord[]): void {
  records = next;
  sessionStorage.setItem(KEY, JSON.stringify(next));
  for (const listener of listeners) listener();
}

const same = (a: OpenRecord) => (b: OpenRecord) => a.kind === b.kind && a.id === b.id;

/** Puts a record among the open ones; beyond twelve the oldest leaves. */
export function openRecord(record: OpenRecord): void {
  if (!records.some(same(record))) set([...records, record].slice(-MOST));
}

/** Lets a tab show another record; when that one has a tab of its own already, the first tab closes. */
export function replaceRecord(from: OpenRecord, to: OpenRecord): void {
  const open = records.some(same(to));
  set(
    open
      ? records.filter((record) => !same(from)(record))
      : records.map((record) => (same(from)(record) ? to : record)),
  );
}

/** Closes a tab; answers the record that should be shown instead, if any. */
export function closeRecord(record: OpenRecord): OpenRecord | undefined {
  const at = records.findIndex(same(record));
  set(records.filter((_, index) => index !== at));
  return records[Math.min(Math.max(at, 0), records.length - 1)];
}

export function forgetRecords(): void {
  set([]);
}

export function useRecords(): readonly OpenRecord[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => records,
  );
}

/** The record a path shows: `/customers/12` → customer 12. */
export function recordOf(path: string): OpenRecord | null {
  const match = /^\/([a-z-]+)\/([1-9][0-9]{0,18})$/.exec(path);
  const kind = RECORD_KINDS.find((each) => each === match?.[1]);
  return kind && match?.[2] ? { kind, id: match[2] } : null;
}
