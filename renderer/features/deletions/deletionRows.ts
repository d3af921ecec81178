import type { DeletionRow } from '../../../shared/contract/deletions';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The requests for deletion: list and open request share its pages. */
export const DELETIONS = serverList<DeletionRow>('deletions', trpc.deletions, client.deletions);
