import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { parse, stringify } from 'devalue';
import type { AppRouter } from '../../main/core/router';
import { errorShape } from '../ui/errorShape';
import { host } from './host';

const SESSION_FAULTS: readonly string[] = ['NOT_SIGNED_IN', 'LOCKED', 'PASSWORD_MUST_BE_CHANGED'];
let sessionFault: () => void = () => undefined;

/** Calls `listener` when any request is refused because the session is locked, ended or not yet complete. */
export function onSessionFault(listener: () => void): void {
  sessionFault = listener;
}

function watch(error: unknown): void {
  if (SESSION_FAULTS.includes(errorShape(error).code)) sessionFault();
}

/** Reads are repeated once after a lost connection: the database drops the query that it was killed in. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: watch }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 1 && errorShape(error).code === 'CONNECTION_LOST',
      retryDelay: 400,
      refetchOnWindowFocus: false,
      // The host tells what changed; the system's own idea of being online says nothing about our server.
      networkMode: 'always',
      staleTime: 30_000,
      // As long as a record's tab may reasonably stay open; lock and sign-out drop all of it at once.
      gcTime: 60 * 60_000,
    },
    mutations: { networkMode: 'always' },
  },
});

interface Asked {
  body?: unknown;
  signal?: AbortSignal | null | undefined;
}

/** Moves one tRPC request through the host. What is asked for travels in the body, never in the address. */
const throughHost = async (input: unknown, init?: Asked): Promise<Response> => {
  const url = new URL(String(input), 'http://core');
  const answer = await unlessAborted(
    host.request(url.pathname + url.search, typeof init?.body === 'string' ? init.body : ''),
    init?.signal,
  );
  return new Response(answer.body, { status: answer.status, headers: { 'content-type': 'application/json' } });
};

/** The bridge cannot call a request back; an answer that nobody waits for any more is dropped. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return answer;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new DOMException('superseded', 'AbortError'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject);
  });
}

export const client = createTRPCClient<AppRouter>({
  links: [
    httpBatchLink({
      url: 'http://core/trpc',
      methodOverride: 'POST',
      transformer: { serialize: stringify, deserialize: parse },
      fetch: throughHost,
    }),
  ],
});

/** Query and mutation options of every procedure: `useQuery(trpc.customers.card.queryOptions({ id }))`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
