import type { AccountRow } from '../../../shared/contract/accounts';
import type { DataChangeRow } from '../../../shared/contract/data-changes';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The list of accounts: list and open record share its pages. */
export const ACCOUNTS = serverList<AccountRow>('accounts', trpc.accounts, client.accounts);

/** The queue of data changes. */
export const DATA_CHANGES = serverList<DataChangeRow>('datachanges', trpc.dataChanges, client.dataChanges);
