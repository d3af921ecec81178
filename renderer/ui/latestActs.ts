import { useLayoutEffect, useMemo, useRef } from 'react';
import type { RowActs } from './TableRow';

/** The same object for the life of the table, doing what the latest one does: no row is rendered for its sake. */
export function useLatestActs<Row>(latest: RowActs<Row>): RowActs<Row> {
  const now = useRef(latest);
  useLayoutEffect(() => {
    now.current = latest;
  });
  return useMemo(
    () => ({
      activate: (...given) => now.current.activate(...given),
      open: (...given) => now.current.open(...given),
      check: (...given) => now.current.check(...given),
      edit: (...given) => now.current.edit(...given),
      leave: (...given) => now.current.leave(...given),
    }),
    [],
  );
}
