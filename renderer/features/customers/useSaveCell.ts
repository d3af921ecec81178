import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type CustomerRow, contactField } from '../../../shared/contract/customers';
import { client, trpc } from '../../app/trpc';
import type { CellChange, CellOutcome } from '../../ui/list/CellEditor';
import { useMay } from '../../ui/permissions';

/** Stores a cell of the customer list through the same compare as the form; undefined for those who may not. */
export function useSaveCell() {
  const cache = useQueryClient();
  const allowed = useMay('customers.editContact');
  const save = useCallback(
    async ({ id }: CustomerRow, column: string, { requestId, from, to }: CellChange): Promise<CellOutcome> => {
      const field = contactField.parse(column);
      const result = await client.customers.editContact.mutate({ id, requestId, changes: { [field]: { from, to } } });
      // The list is waited for: the editor goes when the stored value stands in the cell.
      await Promise.all([
        cache.invalidateQueries(trpc.customers.list.pathFilter()),
        cache.invalidateQueries(trpc.customers.card.queryFilter({ id })),
      ]);
      void cache.invalidateQueries(trpc.audit.history.pathFilter());
      void cache.invalidateQueries(trpc.undo.stack.pathFilter());
      if (result.status === 'saved') return { status: 'saved' };
      const sides = result.fields[field];
      return { status: 'conflict', mine: to, theirs: sides?.theirs ?? null, original: sides?.original ?? from };
    },
    [cache],
  );
  return allowed ? save : undefined;
}
