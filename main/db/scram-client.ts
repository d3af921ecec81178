import pg, { type ClientConfig } from 'pg';
import { drop } from './wires';

/** The server asked for the password in clear or as MD5, or let us in without proving that it knows it. */
export class UnsafeAuthentication extends Error {}

/** Longest wait for a server to take leave of a connection, in milliseconds. */
const LEAVE_MS = 1_000;

/** The parts of pg's client that the check below stands on; `tests/security/rogue-server` pins them. */
interface Internals {
  connection: NodeJS.EventEmitter & { stream: { destroy(): void } };
  _handleAuthSASLFinal(message: unknown): void;
}

/**
 * A pg client that does SCRAM and nothing else: the server must prove that it knows the password, and gets no byte
 * of it. pg itself obeys a request for the clear password (its `require_auth` is not released).
 */
export class ScramClient extends pg.Client {
  constructor(config?: string | ClientConfig) {
    const given = typeof config === 'string' ? { connectionString: config } : { ...config };
    super({ ...given, enableChannelBinding: Boolean(given.ssl) } as ClientConfig);
    const internals = this as unknown as Internals;
    let proven = false;
    const final = internals._handleAuthSASLFinal;
    internals._handleAuthSASLFinal = (message) => {
      final.call(this, message);
      proven = true;
    };
    internals.connection.on('authenticationOk', () => {
      if (!proven) this.refuse();
    });
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  /** Takes leave in order, and by force of a server that does not answer any more. */
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    const timer = setTimeout(() => drop(this), LEAVE_MS);
    this.once('end', () => clearTimeout(timer));
    if (!callback) return super.end();
    super.end(callback);
    return undefined;
  }

  protected refuse(): void {
    const { connection } = this as unknown as Internals;
    connection.emit('error', new UnsafeAuthentication('only SCRAM is accepted'));
    connection.stream.destroy();
  }
}
for (const name of ['_handleAuthCleartextPassword', '_handleAuthMD5Password']) {
  Object.defineProperty(ScramClient.prototype, name, { value: ScramClient.prototype['refuse' as never] });
}
