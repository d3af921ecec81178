import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import { parse, stringify } from 'devalue';
import type { ServerConfig } from '../../main/core/config';
import { type Core, createCore } from '../../main/core/core';
import { standardPorts } from '../../main/core/ports';
import type { AppRouter } from '../../main/core/router';
import type { Hint } from '../../shared/bridge';
import type { AppErrorShape } from '../../shared/errors';

/** A window without a screen: the real core over the real database, called as a host calls it. */
export interface Desk {
  core: Core;
  log: string[];
  /** A caller of its own; several may sign in to one core. */
  window(id: string): DeskWindow;
  close(): Promise<void>;
}

export type Client = ReturnType<typeof createTRPCClient<AppRouter>>;

export interface DeskWindow {
  id: string;
  api: Client;
  /** Signs in and returns the api. */
  signIn(login: string, password: string): Promise<Client>;
  /** Collects hints until the window is closed. */
  hints(): { seen: Hint[]; stop(): void };
}

/** A core on one server (id `main`), with its log kept in `log`. */
export function openDesk(
  server: Omit<ServerConfig, 'id' | 'name'>,
  options: { idleSeconds?: number; now?: () => Date } = {},
): Desk {
  const log: string[] = [];
  const ports = standardPorts((line) => log.push(line));
  if (options.now) ports.clock = { now: options.now };
  const core = createCore(ports, {
    servers: [{ id: 'main', name: 'Test', ...server }],
    idleSeconds: options.idleSeconds ?? 600,
  });
  return { core, log, window: (id) => deskWindow(core, id), close: () => core.close() };
}

function deskWindow(core: Core, id: string): DeskWindow {
  const caller = { id };
  const api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: 'http://desk/trpc',
        methodOverride: 'POST',
        transformer: { serialize: stringify, deserialize: parse },
        fetch: (url, init) => core.handle(new Request(url as string, init as RequestInit), caller),
      }),
    ],
  });
  return {
    id,
    api,
    signIn: async (login, password) => {
      await api.session.signIn.mutate({ server: 'main', login, password });
      return api;
    },
    hints: () => {
      const seen: Hint[] = [];
      const stop = new AbortController();
      void (async () => {
        for await (const hint of core.events(caller, stop.signal)) seen.push(hint);
      })();
      return { seen, stop: () => stop.abort() };
    },
  };
}

/** The code an api call was refused with; fails when it was not refused with a code. */
export async function refusalOf(call: Promise<unknown>): Promise<AppErrorShape> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError && error.data?.app) return error.data.app as AppErrorShape;
    throw error;
  }
  throw new Error('the call was not refused');
}
