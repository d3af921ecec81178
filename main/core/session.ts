import type { Sequelize } from 'sequelize';
import type { Health } from '../../shared/contract/health';
import type { ConfiguredServer, ServerChoice, SessionState, Settings } from '../../shared/contract/session';
import { actionsOf } from '../../shared/permissions';
import type { Connection, Endpoint } from '../db/connect';
import { databaseFault } from '../db/fault';
import type { Models } from '../db/models';
import { type Reached, Route } from '../db/route';
import { type Reader, reader } from '../db/statements';
import { hangUp } from '../db/wires';
import { type CoreConfig, hostsOf, isLoopback, type ServerConfig, stalenessOf } from './config';
import { Connections, type ServerRoute, type Shared } from './connections';
import type { Actor, Caller } from './context';
import { AppError } from './errors';
import type { Hints } from './events';
import type { Clock, Log } from './ports';
import { signIn, type WhoAmI } from './sign-in';
import type { StandbyUse } from './standby';

interface Open {
  shared: Shared;
  draftKey: string;
  settings: Settings;
}

interface Session {
  server: ServerConfig;
  who: WhoAmI;
  status: 'newPassword' | 'active' | 'locked';
  /** null while locked: this window holds no connection and no password. */
  open: Open | null;
  lastSign: number;
}

/** The open part of a session, for procedures. */
export interface ActiveSession {
  actor: Actor;
  pool: Sequelize;
  models: Models;
  /** Reads from the primary, or from a standby where one is configured and fresh enough for this use. */
  reader(use: 'primary' | StandbyUse): Reader;
  /** To be told after each transaction, be it done or not. */
  wrote(): void;
  /** To be told what a procedure failed with: a host that refuses to write is left for the one that does not. */
  failed(error: unknown): void;
}

/** Who is signed in at which window. A session ends with its window, by sign-out, or when the login is ended. */
export class Sessions {
  private readonly sessions = new Map<string, Session>();
  /** The last act of each window: signing in, locking and ending happen one after the other. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly connections: Connections;
  /** One way to each server for all windows: where the writable host was found last is known to all. */
  private readonly routes: ReadonlyMap<string, ServerRoute>;
  private readonly idleTimer: NodeJS.Timeout;

  constructor(
    private readonly config: CoreConfig,
    private readonly hints: Hints,
    private readonly clock: Clock,
    private readonly log: Log,
    /** Told when a window's person leaves, so that nothing of this person waits for the next one. */
    private readonly left: (caller: Caller) => void,
    /** Told before a window's connections close, by a lock too: what reads on by itself must stop. */
    private readonly closing: (caller: Caller) => void,
  ) {
    this.routes = new Map(
      config.servers.map((server) => [
        server.id,
        { route: new Route(hostsOf(server)), stalenessMs: stalenessOf(server) },
      ]),
    );
    this.connections = new Connections(hints, (windows) => {
      for (const id of windows) void this.end({ id }).then(() => hints.emit(id, { topic: 'session', id: 'ended' }));
    });
    this.idleTimer = setInterval(() => this.lockIdle(), Math.min(5_000, config.idleSeconds * 250));
    this.idleTimer.unref();
  }

  /** What the window should show now. */
  state(caller: Caller): SessionState {
    const session = this.sessions.get(caller.id);
    if (!session) return { status: 'signedOut', servers: this.config.servers.map(choice) };
    const { login, displayName, group, serverVersion } = session.who;
    if (session.status !== 'active' || !session.open) {
      return { status: session.status === 'newPassword' ? 'newPassword' : 'locked', login, displayName };
    }
    return {
      status: 'active',
      idleSeconds: this.config.idleSeconds,
      user: {
        login,
        displayName,
        group,
        actions: actionsOf(group),
        settings: session.open.settings,
        draftKey: session.open.draftKey,
        server: { name: session.server.name, version: serverVersion, embedded: session.server.embedded },
      },
    };
  }

  /** Signs in; a session this window had before ends. Throws the SIGN_IN_*, SERVER_* and SCHEMA_* codes. */
  signIn(caller: Caller, serverId: string, login: string, password: string): Promise<SessionState> {
    return this.inTurn(caller, () => this.enter(caller, serverId, login, password));
  }

  private async enter(caller: Caller, serverId: string, login: string, password: string): Promise<SessionState> {
    const server = this.config.servers.find(({ id }) => id === serverId);
    if (!server) throw new AppError('NOT_FOUND');
    const { route, to } = this.connection(server, login, password);
    const { reached, who } = await signIn(server, to, route.route);
    await this.leave(caller);
    const session: Session = {
      server,
      who,
      status: who.mustChangePassword ? 'newPassword' : 'active',
      open: null,
      lastSign: this.clock.now().getTime(),
    };
    session.open = await this.open(caller, to, route, reached);
    this.sessions.set(caller.id, session);
    this.log.info('signed-in', { group: who.group });
    return this.state(caller);
  }

  /** Opens a locked session again as the same person. */
  unlock(caller: Caller, password: string): Promise<SessionState> {
    return this.inTurn(caller, () => {
      const session = this.sessions.get(caller.id);
      if (session?.status !== 'locked') throw new AppError('NOT_SIGNED_IN');
      return this.enter(caller, session.server.id, session.who.login, password);
    });
  }

  /** Closes the pool and forgets the password; the person stays known to this window. */
  lock(caller: Caller): Promise<SessionState> {
    return this.inTurn(caller, async () => {
      const session = this.sessions.get(caller.id);
      if (session?.status === 'active') {
        session.status = 'locked';
        await this.shut(caller, session);
        this.hints.emit(caller.id, { topic: 'session', id: 'locked' });
      }
      return this.state(caller);
    });
  }

  /** Ends the session and its connections. */
  end(caller: Caller): Promise<void> {
    return this.inTurn(caller, () => this.leave(caller));
  }

  private async leave(caller: Caller): Promise<void> {
    const session = this.sessions.get(caller.id);
    this.sessions.delete(caller.id);
    this.left(caller);
    if (session) await this.shut(caller, session);
  }

  /** Two sign-ins at once would each open connections and one would never be closed. */
  private async inTurn<T>(caller: Caller, act: () => T | Promise<T>): Promise<T> {
    const before = this.turns.get(caller.id);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return act();
    })();
    this.turns.set(caller.id, mine);
    try {
      return await mine;
    } finally {
      if (this.turns.get(caller.id) === mine) this.turns.delete(caller.id);
    }
  }

  /** A sign of the person at the keyboard: the idle clock starts anew. */
  touch(caller: Caller): void {
    const session = this.sessions.get(caller.id);
    if (session) session.lastSign = this.clock.now().getTime();
  }

  /** Remembers the settings just stored, so that the next state tells them. */
  settingsSaved(caller: Caller, settings: Settings): void {
    const open = this.sessions.get(caller.id)?.open;
    if (open) open.settings = settings;
  }

  /** The open session of a caller. Throws NOT_SIGNED_IN, LOCKED or PASSWORD_MUST_BE_CHANGED. */
  active(caller: Caller): ActiveSession {
    const session = this.sessions.get(caller.id);
    if (session?.status === 'newPassword') throw new AppError('PASSWORD_MUST_BE_CHANGED');
    return this.opened(caller);
  }

  /** As `active`, also for a person who must change the password first. */
  opened(caller: Caller): ActiveSession {
    const session = this.sessions.get(caller.id);
    if (!session) throw new AppError('NOT_SIGNED_IN');
    if (!session.open) throw new AppError('LOCKED');
    const { login, group } = session.who;
    const { pool, models, link, standby } = session.open.shared;
    const primary = reader(pool);
    return {
      actor: { login, group },
      pool,
      models,
      reader: (use) => (standby && use !== 'primary' ? standby.over(primary, use) : primary),
      wrote: () => standby?.wrote(),
      failed: (error) => {
        if (databaseFault(error)?.sqlstate === READ_ONLY) link.distrust();
      },
    };
  }

  /** The installation's list of servers, and which one this window works on. Throws NOT_SIGNED_IN. */
  configured(caller: Caller): ConfiguredServer[] {
    const session = this.sessions.get(caller.id);
    if (!session) throw new AppError('NOT_SIGNED_IN');
    return this.config.servers.map((server) => ({
      ...choice(server),
      hosts: hostsOf(server).length,
      readsFrom: stalenessOf(server) === null ? 'primary' : 'standby',
      current: server.id === session.server.id,
    }));
  }

  /** Which hosts this window works on, for the health page. Throws NOT_SIGNED_IN or LOCKED. */
  hostsInUse(caller: Caller): Health['hosts'] {
    const session = this.sessions.get(caller.id);
    if (!session) throw new AppError('NOT_SIGNED_IN');
    if (!session.open) throw new AppError('LOCKED');
    const { link, standby } = session.open.shared;
    const name = ({ host, port }: Endpoint) => `${host}:${port}`;
    const state = standby?.state() ?? null;
    return {
      count: hostsOf(session.server).length,
      writable: link.writable && name(link.writable),
      standby: state && { host: name(state.endpoint), lagSeconds: state.lagSeconds },
    };
  }

  /** Proves a person's present password without touching the session. Throws SIGN_IN_WRONG_PASSWORD. */
  async prove(caller: Caller, password: string): Promise<{ serverId: string; login: string }> {
    const session = this.sessions.get(caller.id);
    if (!session) throw new AppError('NOT_SIGNED_IN');
    const { route, to } = this.connection(session.server, session.who.login, password);
    const { reached } = await signIn(session.server, to, route.route);
    await hangUp(reached.client);
    return { serverId: session.server.id, login: session.who.login };
  }

  /** Ends every session. */
  async close(): Promise<void> {
    clearInterval(this.idleTimer);
    await Promise.all([...this.sessions.keys()].map((id) => this.end({ id })));
  }

  private connection(server: ServerConfig, user: string, password: string): { route: ServerRoute; to: Connection } {
    const { id, database, ca } = server;
    const route = this.routes.get(id);
    if (!route) throw new AppError('NOT_FOUND');
    const { hosts } = route.route;
    if (!ca && !hosts.every(({ host }) => isLoopback(host))) throw new AppError('SIGN_IN_NOT_TRUSTED');
    return { route, to: { hosts, database, user, password, ca: ca ?? null } };
  }

  private async open(caller: Caller, to: Connection, server: ServerRoute, reached: Reached): Promise<Open> {
    const shared = await this.connections.join(caller.id, to, server, reached);
    try {
      return { shared, ...(await ownSettings(shared.pool)) };
    } catch (error) {
      await this.connections.leave(caller.id, shared);
      throw error;
    }
  }

  private async shut(caller: Caller, session: Session): Promise<void> {
    const { open } = session;
    session.open = null;
    this.closing(caller);
    if (open) await this.connections.leave(caller.id, open.shared);
  }

  private lockIdle(): void {
    const limit = this.clock.now().getTime() - this.config.idleSeconds * 1000;
    for (const [id, session] of this.sessions) {
      if (session.status === 'active' && session.lastSign < limit) void this.lock({ id });
    }
  }
}

/** SQLSTATE of a write at a server that only reads. */
const READ_ONLY = '25006';

function choice({ id, name, embedded }: ServerConfig): ServerChoice {
  return { id, name, embedded };
}

/** The person's own settings row; made with its draft key at the first sign-in. */
async function ownSettings(pool: Sequelize): Promise<{ settings: Settings; draftKey: string }> {
  const db = reader(pool);
  await db.rows(`insert into ibok.staff_settings (language) values ('pl') on conflict (login) do nothing`);
  const [row] = await db.rows<Settings & { draftKey: string }>(
    `select language, theme, density, text_size as "textSize", single_keys as "singleKeys", encode(draft_key, 'base64') as "draftKey"
       from ibok.staff_settings where login = session_user`,
  );
  if (!row) throw new AppError('SIGN_IN_NOT_ALLOWED');
  const { draftKey, ...settings } = row;
  return { settings, draftKey };
}
