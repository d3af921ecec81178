import type { ExchangeRow } from '../../../shared/contract/exchanges';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** Acts at meters: list and open act share its pages. */
export const EXCHANGES = serverList<ExchangeRow>('exchanges', trpc.exchanges, client.exchanges);
