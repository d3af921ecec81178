import { z } from 'zod';
import { type CustomerListInput, customerKind, customerSortKey } from '../../../shared/contract/customers';

/**
 * What of the customer list stands in the address: filters and order that name no person. The words to filter by may
 * be a name or an address, so they stay in memory (`listMemory.ts`). A value that does not fit is dropped.
 */
export const customersSearch = z.object({
  kind: customerKind.optional().catch(undefined),
  cities: z.array(z.string().max(100)).max(50).optional().catch(undefined),
  deceased: z.literal(true).optional().catch(undefined),
  withoutPoint: z.literal(true).optional().catch(undefined),
  sort: customerSortKey.optional().catch(undefined),
  descending: z.literal(true).optional().catch(undefined),
});
export type CustomersSearch = z.infer<typeof customersSearch>;

/** The list as the core is asked for it; pages of 100 rows. */
export type ListQuestion = Required<Pick<CustomerListInput, 'filter' | 'sort' | 'limit'>>;

/** Address and words together, as one question. */
export function listQuestion(search: CustomersSearch, text: string): ListQuestion {
  const { kind, cities, deceased, withoutPoint, sort = 'name', descending = false } = search;
  const words = text.trim();
  return {
    filter: {
      ...(words && { text: words }),
      ...(kind && { kind }),
      ...(cities?.length && { cities }),
      ...(deceased && { deceased }),
      ...(withoutPoint && { withoutPoint }),
    },
    sort: { key: sort, descending },
    limit: 100,
  };
}

/** Whether anything narrows the list. */
export function isFiltered({ filter }: ListQuestion): boolean {
  return Object.keys(filter).length > 0;
}
