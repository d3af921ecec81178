import type { Hint } from '../../shared/bridge';

/**
 * Topic (a table) → query paths that show its rows; `byId` ones are read again only for the row that changed.
 * A map, since any login may send any topic, also the name of something that every object has.
 */
const SHOWN_BY = new Map<string, readonly { path: readonly [string, string?]; byId?: boolean }[]>(
  Object.entries({
    customers: [
      { path: ['customers', 'card'], byId: true },
      { path: ['customers', 'points'], byId: true },
      { path: ['customers', 'list'] },
      { path: ['customers', 'count'] },
      { path: ['customers', 'search'] },
      { path: ['audit'] },
    ],
    premises: [
      { path: ['customers', 'premise'], byId: true },
      { path: ['customers', 'points'] },
      { path: ['customers', 'list'] },
    ],
    supply_points: [{ path: ['customers', 'points'] }, { path: ['customers', 'premise'] }],
    supplies: [{ path: ['customers', 'points'] }, { path: ['customers', 'premise'] }],
    contracts: [{ path: ['customers', 'points'] }],
    documents: [{ path: ['documents'] }, { path: ['meterCases', 'get'] }],
    legal_holds: [{ path: ['customers', 'card'] }, { path: ['deletions'] }],
    meters: [
      { path: ['meters', 'get'], byId: true },
      { path: ['meters', 'events'], byId: true },
      { path: ['meters', 'atPoint'] },
      { path: ['meters', 'list'] },
      { path: ['meters', 'count'] },
      { path: ['legalization'] },
      { path: ['customers', 'points'] },
      { path: ['customers', 'premise'] },
    ],
    meter_installations: [
      { path: ['meterCases'] },
      { path: ['meters'] },
      { path: ['legalization'] },
      { path: ['customers', 'points'] },
      { path: ['customers', 'premise'] },
    ],
    readings: [{ path: ['readings'] }, { path: ['customers', 'points'] }],
    imports: [{ path: ['imports'] }, { path: ['dashboard'] }],
    bulk_acts: [{ path: ['bulk'] }, { path: ['undo', 'stack'] }],
    saved_views: [{ path: ['lists', 'views'] }, { path: ['lists', 'counters'] }],
    staff_members: [{ path: ['staff'] }, { path: ['tasks'] }, { path: ['approvals'] }],
    presence: [{ path: ['presence'] }],
    follow_ups: [{ path: ['tasks'] }, { path: ['audit', 'history'] }, { path: ['undo', 'stack'] }],
    approvals: [{ path: ['approvals'] }, { path: ['deletions', 'get'] }, { path: ['audit', 'history'] }],
    accounts: [
      { path: ['accounts', 'get'], byId: true },
      { path: ['accounts', 'signIns'], byId: true },
      { path: ['accounts', 'list'] },
      { path: ['accounts', 'count'] },
      { path: ['accounts', 'ofCustomer'] },
      { path: ['audit', 'history'] },
    ],
    data_change_requests: [
      { path: ['dataChanges', 'list'] },
      { path: ['dataChanges', 'count'] },
      { path: ['dataChanges', 'ofAccount'] },
    ],
    registrations: [
      { path: ['registrations', 'get'], byId: true },
      { path: ['registrations', 'list'] },
      { path: ['registrations', 'count'] },
      { path: ['registrations', 'counters'] },
      { path: ['audit', 'history'] },
    ],
    deletion_requests: [{ path: ['deletions'] }, { path: ['audit', 'history'] }],
    service_orders: [
      { path: ['orders'] },
      { path: ['meterCases'] },
      { path: ['meters'] },
      { path: ['legalization'] },
      { path: ['audit', 'history'] },
    ],
    letter_runs: [{ path: ['letterRuns'] }, { path: ['meters'] }, { path: ['legalization'] }],
    exchanges: [{ path: ['exchanges'] }, { path: ['audit', 'history'] }],
    meter_cases: [{ path: ['meterCases'] }, { path: ['audit', 'history'] }],
    outbox: [{ path: ['mail'] }, { path: ['regulations'] }],
    letters: [{ path: ['letters'] }],
    regulation_versions: [{ path: ['regulations'] }, { path: ['audit', 'history'] }],
    templates: [{ path: ['templates'] }],
    rule_values: [{ path: ['rules'] }, { path: ['audit', 'history'] }],
    holidays: [{ path: ['holidays'] }],
  }),
);

/** Whether a query (tRPC's key: `[path, {input}]`) shows what the hint names. */
export function concerns(hint: Hint, queryKey: readonly unknown[]): boolean {
  const [path, options] = queryKey as [readonly string[], { input?: { id?: string } }?];
  return (SHOWN_BY.get(hint.topic) ?? []).some(
    (shown) =>
      shown.path.every((part, index) => part === path[index]) &&
      (!shown.byId || !hint.id || hint.id === '*' || options?.input?.id === hint.id),
  );
}

/** Whether asking the query again is written to the read log. */
export function isLogged(queryKey: readonly unknown[]): boolean {
  const [path] = queryKey as [readonly string[]];
  return path[0] === 'customers' && path[1] === 'card';
}
