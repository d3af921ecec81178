import { Outlet, useMatches } from '@tanstack/react-router';
import type { Action } from '../../shared/permissions';
import { Can } from '../ui/Can';
import { NoAccess } from '../ui/ErrorState';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** What one must be allowed to do to see the screen. */
    action?: Action;
  }
}

/** The screen of the address, or word that it does not belong to the person's role: an address can be typed by hand. */
export function AllowedOutlet() {
  const action = useMatches({ select: (matches) => matches.at(-1)?.staticData.action });
  if (!action) return <Outlet />;
  return (
    <Can action={action} otherwise={<NoAccess page />}>
      <Outlet />
    </Can>
  );
}
