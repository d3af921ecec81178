import type { MeterRow } from '../../../shared/contract/meter-registry';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The register of meters: list and open meter share its pages. */
export const METERS = serverList<MeterRow>('meters', trpc.meters, client.meters);

/** The same rows as the planner arranges them: with columns, filters and saved views of its own. */
export const PLAN = serverList<MeterRow>('legalization', trpc.meters, client.meters);
