import { createContext, type ReactNode, useContext } from 'react';
import type { Action } from '../../shared/permissions';

const Actions = createContext<ReadonlySet<Action>>(new Set());

/** Tells everything below which actions the signed-in person may do. */
export function ActionsProvider({ actions, children }: { actions: readonly Action[]; children: ReactNode }) {
  return <Actions value={new Set(actions)}>{children}</Actions>;
}

/** Whether the signed-in person may do `action`. The database is the judge; this only keeps screens honest. */
export function useMay(action: Action): boolean {
  return useContext(Actions).has(action);
}
