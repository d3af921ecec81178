import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { ListCount } from '../../../shared/contract/lists';
import type { RowSource } from '../rowSource';

/** Rows asked for at once. Every page but the last is full, so a row's place says its page. */
export const PAGE_ROWS = 100;

/** How long a page out of sight is kept: what was scrolled through does not pile up. */
const KEPT_MS = 120_000;

export interface Page<Row> {
  rows: readonly Row[];
  nextCursor: string | null;
}

/** Where a list's pages come from; one question is one object. */
export interface PageReader<Row> {
  /** Names the question in the cache. */
  identity: string;
  key: (cursor: string | null) => QueryKey;
  read: (cursor: string | null, signal: AbortSignal) => Promise<Page<Row>>;
}

/** Where each page begins, as far as it was walked, and the length once the end was seen. */
interface Chain {
  cursors: (string | null)[];
  end: number | null;
}

/**
 * Rows of a list that is read by cursor, by their place. Only the pages around what is on screen are held and kept
 * fresh; the cursors of the walked ones stay, so that scrolling back reads them again. A page whose end has moved
 * (somebody added or removed a row) makes the places behind it unknown until they are walked anew: no row is shown
 * twice or left out.
 */
export function usePages<Row>(reader: PageReader<Row>, total: ListCount | undefined, startAt = 0): RowSource<Row> {
  const queries = useQueryClient();
  const chain = useChain(reader.identity);
  const [, walkOn] = useReducer((times: number) => times + 1, 0);
  const [range, setRange] = useState({ identity: reader.identity, first: pageOf(startAt), last: pageOf(startAt) });
  const { first, last } = range.identity === reader.identity ? range : { first: 0, last: 0 };

  const frontier = chain.cursors.length - 1;
  const wanted: number[] = [];
  for (let page = Math.max(0, first - 1); page <= Math.min(last + 1, frontier); page += 1) wanted.push(page);
  if (last + 1 > frontier && !wanted.includes(frontier)) wanted.push(frontier);
  const results = useQueries({
    queries: wanted.map((page) => {
      const cursor = chain.cursors[page] ?? null;
      return {
        queryKey: reader.key(cursor),
        queryFn: ({ signal }: { signal: AbortSignal }) => reader.read(cursor, signal),
        gcTime: KEPT_MS,
      };
    }),
  });

  useEffect(() => {
    let walked = false;
    wanted.forEach((page, index) => {
      const data = results[index]?.data;
      if (data && page < chain.cursors.length) walked = follow(chain, page, data) || walked;
    });
    if (walked) walkOn();
  });

  const rowAt = useCallback(
    (index: number): Row | undefined => {
      const cursor = chain.cursors[pageOf(index)];
      return cursor === undefined
        ? undefined
        : queries.getQueryData<Page<Row>>(reader.key(cursor))?.rows[index % PAGE_ROWS];
    },
    [chain, queries, reader],
  );
  const onRange = useCallback(
    (firstRow: number, lastRow: number) => {
      const next = { identity: reader.identity, first: pageOf(firstRow), last: pageOf(lastRow) };
      setRange((now) =>
        now.identity === next.identity && now.first === next.first && now.last === next.last ? now : next,
      );
    },
    [reader.identity],
  );

  const failed = results.find(({ isError }) => isError);
  const waiting = results.some(({ isPending }) => isPending);
  const nothingYet = queries.getQueryData(reader.key(chain.cursors[wanted[0] ?? 0] ?? null)) === undefined;
  const known = frontier * PAGE_ROWS;
  const count = chain.end ?? Math.max(known + PAGE_ROWS, total?.count ?? 0);
  const now = { identity: reader.identity, count, complete: chain.end !== null || total?.capped === false, rowAt };
  // What is on screen stays until the answer to the new question is there: nothing flickers while one types.
  const before = useRef<typeof now>(null);
  useEffect(() => {
    if (!nothingYet) before.current = now;
  });
  const standIn = nothingYet && !failed ? before.current : null;
  return {
    ...(standIn ?? now),
    loading: nothingYet && !failed && !standIn,
    loadingMore: waiting,
    error: nothingYet ? failed?.error : undefined,
    moreError: nothingYet ? undefined : failed?.error,
    retry: useCallback(
      () => void queries.refetchQueries({ queryKey: reader.key(null).slice(0, 1) }),
      [queries, reader],
    ),
    onRange,
  };
}

/** Takes what a page says of the one after it; whether anything new was learned. */
function follow(chain: Chain, page: number, { rows, nextCursor }: Page<unknown>): boolean {
  const end = nextCursor === null ? page * PAGE_ROWS + rows.length : null;
  if (nextCursor === null) {
    if (chain.end === end && chain.cursors.length === page + 1) return false;
    chain.cursors.length = page + 1;
    chain.end = end;
    return true;
  }
  if (chain.cursors[page + 1] === nextCursor) return false;
  chain.cursors.length = page + 1;
  chain.cursors.push(nextCursor);
  chain.end = null;
  return true;
}

/** Kept beside the pages: the list that one comes back to is where it was, and sign-out and lock forget both. */
function useChain(identity: string): Chain {
  const queries = useQueryClient();
  return useMemo(() => {
    const key = ['list-chain', identity];
    const kept = queries.getQueryData<Chain>(key);
    if (kept) return kept;
    const fresh: Chain = { cursors: [null], end: null };
    // Shared as it is: a copy would be walked apart from the one that is kept.
    queries.setQueryDefaults(key, { structuralSharing: false });
    queries.setQueryData(key, fresh);
    return fresh;
  }, [queries, identity]);
}

function pageOf(row: number): number {
  return Math.floor(Math.max(0, row) / PAGE_ROWS);
}

/** Reads a list on from its top, at most `most` rows: for what needs all of them at once, as paper does. */
export async function readRows<Row>(reader: PageReader<Row>, most: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await reader.read(cursor, new AbortController().signal);
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null && rows.length < most);
  return rows.slice(0, most);
}
