import { useEffect, useRef } from 'react';
import type { ListArrangement } from './useSavedViews';

/**
 * Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. A saved
 * view is shown here, as soon as the views are read; what else a list's address may ask for is `show`'s.
 */
export function useAddressed<Search extends { view?: string | undefined }>(
  search: Search,
  { showView }: Pick<ListArrangement, 'showView'>,
  show?: (search: Search) => void,
): void {
  const done = useRef<Search>(null);
  useEffect(() => {
    if (done.current === search) return;
    if (search.view && showView(search.view) === null) return;
    done.current = search;
    show?.(search);
  });
}
