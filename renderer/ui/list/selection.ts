import type { ListCount, ListQuestion, Selection } from '../../../shared/contract/lists';

/**
 * What is chosen in a list: single rows, or all that match but these. The second is no list of keys: it says so to the
 * server, which evaluates it again when something is done with it.
 */
export interface Chosen {
  all: boolean;
  /** The chosen rows, or with `all` the ones left out. */
  keys: ReadonlySet<string>;
}

export const NOTHING_CHOSEN: Chosen = { all: false, keys: new Set() };
export const ALL_CHOSEN: Chosen = { all: true, keys: new Set() };

/** How many rows can be chosen one by one, and how many left out: the contract's limits. */
const MOST_ROWS = 1000;
const MOST_EXCEPTIONS = 10_000;

export function isChosen({ all, keys }: Chosen, key: string): boolean {
  return keys.has(key) !== all;
}

/** Chooses or leaves out several rows; null when that is more than can be named one by one. */
export function choose(chosen: Chosen, rows: readonly string[], on: boolean): Chosen | null {
  const keys = new Set(chosen.keys);
  for (const key of rows) {
    if (on !== chosen.all) keys.add(key);
    else keys.delete(key);
  }
  return keys.size > (chosen.all ? MOST_EXCEPTIONS : MOST_ROWS) ? null : { all: chosen.all, keys };
}

/** Whether nothing, some or all of the list is chosen: the head's checkbox. */
export function extentOf(chosen: Chosen, total: ListCount | undefined): 'none' | 'some' | 'all' {
  if (chosen.all) {
    const none = total !== undefined && !total.capped && total.count > 0 && chosen.keys.size >= total.count;
    return none ? 'none' : chosen.keys.size === 0 ? 'all' : 'some';
  }
  if (chosen.keys.size === 0) return 'none';
  return total && !total.capped && chosen.keys.size === total.count ? 'all' : 'some';
}

/** How many are chosen; capped like the list's own count, undefined while that is not known. */
export function chosenCount(chosen: Chosen, total: ListCount | undefined): ListCount | undefined {
  if (!chosen.all) return { count: chosen.keys.size, capped: false };
  if (!total) return undefined;
  return total.capped ? total : { count: Math.max(0, total.count - chosen.keys.size), capped: false };
}

/** As the server is told; null when nothing is chosen. */
export function selectionOf({ all, keys }: Chosen, { words, filters }: ListQuestion): Selection | null {
  if (all) return { is: 'matching', question: { ...(words ? { words } : {}), filters }, except: [...keys] };
  return keys.size === 0 ? null : { is: 'rows', ids: [...keys] };
}
