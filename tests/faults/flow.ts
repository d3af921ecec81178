import { TRPCClientError } from '@trpc/client';
import type { Client as Connection } from 'pg';
import type { AppErrorShape, ErrorCode } from '../../shared/errors';
import type { TestDatabase } from '../support/postgres';
import type { Stage } from './stage';

/** One act, planted and ready. Doing it again is sending the same request again. */
export interface Act {
  /** Resolves with what the person is told, without what differs from one answer to the next by design. */
  perform(stage: Stage): Promise<unknown>;
  /** Everything the act may change, read past the cable: rows, number of audit rows, number of stored acts. */
  state(): Promise<unknown>;
  /** Lets go of what the act holds in the stage, where that is more than the next act needs. */
  leave?(stage: Stage): Promise<void>;
}

/** A flow that writes. A new one is one entry in FLOWS. */
export interface Flow {
  name: string;
  /** Plants what the act needs. Nothing of a former act may be in its way. */
  prepare(office: Office): Promise<Act>;
  /** The act ends with nothing stored, as a cancelled import does. */
  leavesNothing?: boolean;
  /** The act is stored portion by portion, each whole, and goes on where it was cut off. */
  inPortions?: boolean;
  /** The person is told at once that the act goes on; what `perform` waits for is its end, which may be longer. */
  goesOn?: boolean;
  /** Why a round takes too long for `npm test`; it is left to `npm run faults`. */
  slow?: string;
}

/** The database of the faults, reached past the cable. */
export class Office {
  constructor(readonly database: TestDatabase) {}

  /** Runs `work` as the superuser on a connection of its own: the server may have been away since the last. */
  async asSuperuser<T>(work: (client: Connection) => Promise<T>): Promise<T> {
    const client = await this.database.asSuperuser();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.asSuperuser(async (client) => (await client.query<Row>(sql, values)).rows);
  }
}

/** The code an act was refused with; undefined for what is no refusal of ours. */
export function codeOf(error: unknown): ErrorCode | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  return (error.data?.app as AppErrorShape | undefined)?.code;
}

/** `work`, with the refusals that tell that it had been done before as its result. */
export async function doneOnce<T>(work: Promise<T>, told: T, codes: readonly ErrorCode[]): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = codeOf(error);
    if (code && codes.includes(code)) return told;
    throw error;
  }
}
