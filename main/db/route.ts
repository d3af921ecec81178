import type pg from 'pg';
import { type Connection, connectClient, type Endpoint } from './connect';
import { databaseFault } from './fault';
import { drop, hangUp } from './wires';

/** A server answered, but nothing can be written there: a standby, or one set to read only. */
export class OnlyStandby extends Error {
  override readonly name = 'OnlyStandby';
}

/** No host of a server took us in as a place to write. */
export class NoWritableHost extends Error {
  override readonly name = 'NoWritableHost';

  constructor(
    /** What each host said, in the order in which they answered. */
    readonly refusals: readonly unknown[],
    /** What the host said that could be written to when last heard of; a standby may not know a new password yet. */
    readonly ofLastWritable: unknown,
  ) {
    super('no host can be written to');
  }

  /**
   * The refusal that says most about what is wrong: one about the person or the certificate, before a standby that
   * answered, before silence.
   */
  get telling(): unknown {
    const weight = (error: unknown) => (error instanceof OnlyStandby ? 1 : databaseFault(error)?.lost ? 2 : 0);
    return [...this.refusals].sort((a, b) => weight(a) - weight(b))[0];
  }
}

/** A connection to the host that can be written to. */
export interface Reached {
  client: pg.Client;
  endpoint: Endpoint;
}

/** The host asked first gets this lead; the next is not kept waiting by one that is silent. */
const HEAD_START_MS = 300;
/** For connecting, signing in and saying whether it can be written to. */
const ATTEMPT_MS = 4_000;

/** The way to the writable one among the hosts of a server; remembers where it was found last. */
export class Route {
  private preferred = 0;

  constructor(readonly hosts: readonly Endpoint[]) {}

  /**
   * Signs in at the host that can be written to, the last known first. Where two claim it, the first that answers is
   * taken: keeping a deposed primary from coming back is the operator's part (docs/operations.md).
   * @throws NoWritableHost
   */
  connect(to: Connection, application?: string): Promise<Reached> {
    const waiting = this.inOrder();
    const [first] = waiting;
    const refusals: unknown[] = [];
    let ofFirst: unknown;
    let found = false;
    let lead: NodeJS.Timeout;
    return new Promise((resolve, reject) => {
      const next = () => {
        clearTimeout(lead);
        const endpoint = waiting.shift();
        if (!endpoint) return;
        lead = setTimeout(next, HEAD_START_MS);
        attempt(to, endpoint, application).then(
          (client) => {
            if (found) return void hangUp(client);
            found = true;
            clearTimeout(lead);
            this.preferred = this.hosts.indexOf(endpoint);
            resolve({ client, endpoint });
          },
          (error: unknown) => {
            refusals.push(error);
            if (endpoint === first) ofFirst = error;
            if (found) return;
            if (refusals.length === this.hosts.length) reject(new NoWritableHost(refusals, ofFirst));
            else next();
          },
        );
      };
      next();
    });
  }

  private inOrder(): Endpoint[] {
    return [...this.hosts.slice(this.preferred), ...this.hosts.slice(0, this.preferred)];
  }
}

async function attempt(to: Connection, endpoint: Endpoint, application?: string): Promise<pg.Client> {
  const client = await connectClient(to, { endpoint, timeoutMs: ATTEMPT_MS, ...(application ? { application } : {}) });
  const timer = setTimeout(() => drop(client), ATTEMPT_MS);
  try {
    const { rows } = await client.query<{ readOnly: boolean }>(
      `select pg_catalog.pg_is_in_recovery()
              or pg_catalog.current_setting('transaction_read_only')::boolean as "readOnly"`,
    );
    if (rows[0]?.readOnly !== false)
      throw new OnlyStandby(
        `nothing can be written at ${endpoint.host}:${endpoint.port}: it is a standby or read only`,
      );
    return client;
  } catch (error) {
    await hangUp(client);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
