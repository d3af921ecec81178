import { createTRPCClient, httpLink } from '@trpc/client';
import { parse, stringify } from 'devalue';
import type { AppRouter } from '../../main/core/router';
import { TEST_PASSWORD } from '../support/postgres';
import type { Engine, JobName } from './engine';

export type Client = ReturnType<typeof createTRPCClient<AppRouter>>;

/** Where a flow acts: one window for each login. */
export interface Stage {
  /** The window of this login, whoever is signed in there. */
  window(login: string): Client;
  /** The same, signed in at the first call. */
  api(login: string): Promise<Client>;
  put(login: string, name: string, content: string | Uint8Array): Promise<string>;
  job(name: JobName): Promise<void>;
  close(): Promise<void>;
}

/** Windows over an engine. */
export function openStage(engine: Engine): Stage {
  const signedIn = new Map<string, Promise<Client>>();
  const window = (login: string): Client =>
    createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: 'http://core.invalid/trpc',
          methodOverride: 'POST',
          transformer: { serialize: stringify, deserialize: parse },
          fetch: async (url, init) => {
            const { pathname } = new URL(String(url));
            return new Response(await engine.request(login, pathname, String(init?.body ?? '')));
          },
        }),
      ],
    });
  return {
    window,
    api: (login) => {
      const known = signedIn.get(login) ?? signIn(window(login), login);
      signedIn.set(login, known);
      // A sign-in that failed is tried again by the next act.
      known.catch(() => signedIn.delete(login));
      return known;
    },
    put: (login, name, content) =>
      engine.put(login, name, typeof content === 'string' ? new TextEncoder().encode(content) : content),
    job: (name) => engine.job(name),
    close: () => engine.close(),
  };
}

/** Signs in with the password of the tests; resolves with the window. */
export async function signIn(window: Client, login: string): Promise<Client> {
  await window.session.signIn.mutate({ server: 'main', login, password: TEST_PASSWORD });
  return window;
}
