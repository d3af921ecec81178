import type { Client } from 'pg';
import { withoutIndexes } from './bulk-indexes';

/**
 * Makes what lists and the planner ask for, the registry's rows and their counts by month, from the meters just loaded.
 * It looks each of them up by key, so their tables have their indexes and statistics by now.
 *
 * @param client a superuser's, in the loader's transaction, with ordinary triggers off: the one that counts is let run.
 */
export async function fillMeterRegistry(client: Client): Promise<void> {
  const putIndexesBack = await withoutIndexes(client, ['meter_registry']);
  await client.query('alter table ibok.meter_registry enable always trigger count_insert');
  await client.query('select ibok.refill_meter_registry()');
  await client.query('alter table ibok.meter_registry enable trigger count_insert');
  await putIndexesBack();
  await client.query('analyze ibok.meter_registry');
}
