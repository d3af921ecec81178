import type pg from 'pg';

/**
 * The open connections of one person to one server. A server that falls silent without closing them (power cut, pulled
 * cable, firewall that forgot the connection) leaves statements waiting for TCP to give up; cutting all ends them at once.
 */
export class Wires {
  private readonly clients = new Set<pg.Client>();

  add(client: pg.Client): void {
    this.clients.add(client);
    client.once('end', () => this.clients.delete(client));
  }

  /** Drops every connection; what waits for an answer on one is rejected as "Connection terminated". */
  cut(): void {
    for (const client of [...this.clients]) drop(client);
  }
}

/** Ends a connection that nobody needs any more. Never rejects. */
export async function hangUp(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined);
}

/** Drops a connection without a word to the server. */
export function drop(client: pg.Client): void {
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}
