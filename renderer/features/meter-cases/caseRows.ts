import type { MeterCaseRow } from '../../../shared/contract/meter-cases';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The cases: list and open case share its pages. */
export const METER_CASES = serverList<MeterCaseRow>('metercases', trpc.meterCases, client.meterCases);
