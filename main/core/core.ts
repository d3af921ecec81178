import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Hint, Slot } from '../../shared/bridge';
import type { Connection } from '../db/connect';
import { blockEndedAccounts, purgeAccountTokens } from '../modules/accounts/accounts.jobs';
import { expireApprovals } from '../modules/approvals/approvals.jobs';
import { anchorSeals, purgeReadLog, sealAuditTrail } from '../modules/audit/audit.jobs';
import { refreshAddresses } from '../modules/customers/customers.jobs';
import { executeDeletions, purgeDeletions } from '../modules/deletions/deletions.jobs';
import { purgeUploads } from '../modules/documents/documents.jobs';
import { noted } from '../modules/health/health.jobs';
import { forgetImports } from '../modules/imports/imports.service';
import { foldLegalizationCounts } from '../modules/legalization/legalization.jobs';
import { stopExports } from '../modules/lists/lists.service';
import { sendMails } from '../modules/mail/mail.jobs';
import { reapIdleSessions } from '../modules/staff/staff.jobs';
import { purgeUndo } from '../modules/undo/undo.jobs';
import type { CoreConfig } from './config';
import type { Caller } from './context';
import { Hints } from './events';
import { runJobs, type Worker } from './jobs';
import type { Ports, WorkerPorts } from './ports';
import { newRequestId, type RequestContext } from './procedure';
import { appRouter } from './router';
import { Sessions } from './session';
import { Slots } from './slots';

export type { Connection as WorkerConnection } from '../db/connect';
export type { Caller } from './context';
export { AppError, toAppError } from './errors';
export { refusal, refuseRequest } from './gate';
export type { Worker } from './jobs';

/** The application without a window. A host knows nothing else of it. */
export interface Core {
  /** Answers one tRPC request (`/trpc/…`) of a caller its host has proven. Never rejects. */
  handle(request: Request, caller: Caller): Promise<Response>;
  /** Live hints for a caller until `signal` aborts. */
  events(caller: Caller, signal: AbortSignal): AsyncIterable<Hint>;
  slots: {
    /** Throws AppError FILE_TOO_LARGE or SERVER_BUSY. */
    put(caller: Caller, name: string, bytes: Uint8Array): Slot;
    take(caller: Caller, slot: string): { name: string; bytes: Uint8Array } | null;
  };
  /** The window is gone: its session ends, its connections close. */
  forget(caller: Caller): Promise<void>;
  close(): Promise<void>;
}

/** Puts the application together over its ports. */
export function createCore(ports: Ports, config: CoreConfig): Core {
  const hints = new Hints();
  const slots = new Slots(() => ports.clock.now().getTime());
  const left = ({ id }: Caller) => {
    slots.forget(id);
    forgetImports(id);
  };
  const sessions = new Sessions(config, hints, ports.clock, ports.log, left, ({ id }) => stopExports(id));
  return {
    handle: (req, caller) => {
      const createContext = (): RequestContext => ({
        caller,
        sessions,
        slots,
        caughtMail: config.caughtMail ?? null,
        clock: ports.clock,
        log: ports.log,
        requestId: newRequestId(),
      });
      return fetchRequestHandler({
        endpoint: '/trpc',
        req,
        router: appRouter,
        createContext,
        allowMethodOverride: true,
        // An expected error is an answer: a status of 500 would stand as a fault in the browser's console.
        responseMeta: () => ({ status: 200 }),
      });
    },
    events: (caller, signal) => hints.of(caller.id, signal),
    slots: {
      put: (caller, name, bytes) => slots.put(caller.id, name, bytes),
      take: (caller, slot) => slots.take(caller.id, slot),
    },
    forget: (caller) => sessions.end(caller),
    close: () => sessions.close(),
  };
}

/** The jobs of all modules, without a window, as the role `ibok_worker`. */
export function createWorker(ports: WorkerPorts, to: Connection): Worker {
  const jobs = [
    sealAuditTrail,
    reapIdleSessions,
    refreshAddresses,
    purgeUploads,
    purgeReadLog,
    purgeUndo,
    expireApprovals,
    blockEndedAccounts,
    purgeAccountTokens,
    executeDeletions,
    purgeDeletions,
    foldLegalizationCounts,
    anchorSeals(ports),
    sendMails(ports),
  ];
  return runJobs(ports, to, jobs.map(noted));
}
