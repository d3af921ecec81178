import { randomUUID } from 'node:crypto';
import { initTRPC, TRPCError } from '@trpc/server';
import { parse, stringify } from 'devalue';
import { ZodError } from 'zod';
import type { AppErrorShape } from '../../shared/errors';
import { type Action, may } from '../../shared/permissions';
import { databaseFault } from '../db/fault';
import { inTransaction, type Writer } from '../db/statements';
import type { BaseContext, Caller, LongContext, ReadContext, WriteContext } from './context';
import { AppError, errorShape, toAppError } from './errors';
import type { Clock, Log } from './ports';
import type { ActiveSession, Sessions } from './session';
import type { Slots } from './slots';
import type { StandbyUse } from './standby';

/** What every request brings before anybody is known. */
export interface RequestContext {
  caller: Caller;
  sessions: Sessions;
  slots: Slots;
  caughtMail: string | null;
  clock: Clock;
  log: Log;
  requestId: string;
}

const t = initTRPC.context<RequestContext>().create({
  transformer: { serialize: stringify, deserialize: parse },
  isDev: false,
  errorFormatter({ shape, error, ctx }) {
    const app =
      refusedUnread(error) ?? errorShape(causeOf(error), (incident, fault) => report(ctx?.log, incident, fault));
    return { ...shape, message: app.code, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, app } };
  },
});

/** A request tRPC itself could not read: no such procedure, no JSON, a value the transformer refuses. */
function refusedUnread(error: TRPCError): AppErrorShape | null {
  const unread = UNREADABLE.has(error.code) && !(error.cause && toAppError(error.cause));
  return unread ? { code: 'REQUEST_REFUSED', details: {} } : null;
}
const UNREADABLE = new Set([
  'BAD_REQUEST',
  'PARSE_ERROR',
  'NOT_FOUND',
  'METHOD_NOT_SUPPORTED',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** What really happened. An answer that breaks its own contract is a bug, not the caller's wrong input. */
function causeOf(error: TRPCError): unknown {
  const brokenAnswer = error.code === 'INTERNAL_SERVER_ERROR' && error.cause instanceof ZodError;
  return brokenAnswer ? error : (error.cause ?? error);
}

/** A bug's kind and place go to the log under the incident's id; its text may quote data and does not. */
function report(log: Log | undefined, incident: string, fault: unknown): void {
  const place = fault instanceof Error ? (fault.stack?.match(/\n\s+at .*/g) ?? []).slice(0, 4).join(' ').trim() : '';
  const { sqlstate = '', constraint = '' } = databaseFault(fault) ?? {};
  log?.error('bug', {
    incident,
    kind: fault instanceof Error ? fault.name : typeof fault,
    sqlstate,
    constraint,
    place,
  });
}

export const router = t.router;

/** Builds procedures that need nobody signed in: the session itself. */
export const sessionProcedure = t.procedure;

/**
 * Builds the query named `action`: signed in, allowed by the permission table, statements outside a transaction.
 * `from` says whether `db` may ask a standby that is fresh enough (main/core/standby.ts); a query that is written to
 * the read log may not. Throws NOT_SIGNED_IN, LOCKED, PASSWORD_MUST_BE_CHANGED or NOT_ALLOWED.
 */
export function readProcedure(action: Action, from: 'primary' | StandbyUse = 'primary') {
  return t.procedure.use(async ({ ctx, next }) => {
    const { base, session } = admit(ctx, action);
    const read: ReadContext = { ...base, db: session.reader(from), models: session.models };
    const result = await next({ ctx: read });
    if (!result.ok) session.failed(result.error.cause);
    return result;
  });
}

/**
 * Builds the command named `action`: as `readProcedure`, with every statement in one transaction. Where the server ended
 * it for a ring of waiting, nothing of it is stored, and it is tried once more.
 */
export function writeProcedure(action: Action) {
  return t.procedure.use(async ({ ctx, next }) => {
    const { base, session } = admit(ctx, action);
    const attempt = () =>
      transact(session, ctx.requestId, async (db) => {
        const write: WriteContext = { ...base, db };
        const result = await next({ ctx: write });
        // A returned failure would commit: only a throw rolls the transaction back.
        if (!result.ok) throw result.error;
        return result;
      });
    return attempt()
      .catch((error: unknown) => {
        if (!inDeadlock(error)) throw error;
        return attempt();
      })
      .catch((error: unknown) => {
        throw error instanceof TRPCError ? error : wrapped(error);
      });
  });
}

const inDeadlock = (error: unknown): boolean =>
  databaseFault(error instanceof TRPCError ? error.cause : error)?.sqlstate === '40P01';

/**
 * Builds the long command named `action`: it may outlive its answer, so it opens its transactions itself, in the pool
 * of the person. Signing out waits for the one that is open.
 */
export function longProcedure(action: Action) {
  return t.procedure.use(async ({ ctx, next }) => {
    const { base, session } = admit(ctx, action);
    const long: LongContext = {
      ...base,
      transact: (work) => transact(session, ctx.requestId, work),
      snapshot: (work) => transact(session, ctx.requestId, work, 'snapshot'),
    };
    return next({ ctx: long });
  });
}

/** One transaction of a person; the session learns of it, because a commit whose answer was lost may have been done. */
async function transact<T>(
  session: ActiveSession,
  requestId: string,
  work: (db: Writer) => Promise<T>,
  isolation?: 'snapshot',
): Promise<T> {
  try {
    return await inTransaction(session.pool, requestId, work, isolation);
  } catch (error) {
    session.failed(error instanceof TRPCError ? error.cause : error);
    throw error;
  } finally {
    session.wrote();
  }
}

/** The session behind a request and what every procedure gets of it, once the permission table allows the action. */
function admit(ctx: RequestContext, action: Action): { base: BaseContext; session: ActiveSession } {
  const session = ctx.sessions.active(ctx.caller);
  if (!may(session.actor.group, action)) throw wrapped(new AppError('NOT_ALLOWED'));
  const { caller, clock, log, slots, caughtMail, requestId } = ctx;
  return { session, base: { caller, actor: session.actor, clock, log, slots, caughtMail, requestId } };
}

function wrapped(error: unknown): TRPCError {
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause: error });
}

/** A request's own id, for the log and the audit rows. */
export const newRequestId = (): string => randomUUID();
