import { setTimeout } from 'node:timers/promises';
import type { ClientBase } from 'pg';

/** Resolves once some session of the database waits for a lock: only then a test may let the other one go on. */
export async function untilSomebodyWaits(client: ClientBase): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (rowCount) return;
    await setTimeout(20);
  }
  throw new Error('nobody waits for a lock');
}
