import type { BulkAct } from '../../../shared/contract/lists';

/** The words for what became of a row: an act that makes something for each row has changed none. */
export const outcomeWords = ({ is }: BulkAct): 'made' | 'outcome' => (is === 'planOrders' ? 'made' : 'outcome');
