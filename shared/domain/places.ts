/**
 * Places of the application that may be named from outside the page: by a link `ibok://`, a notification, the tray, or
 * for a window of its own. They hold ids only, never names.
 */
const RECORD = /^\/(customers|premises|meters|deletions|registrations)\/[1-9][0-9]{0,17}$/;
const SCREENS: ReadonlySet<string> = new Set([
  '/',
  '/customers',
  '/registrations',
  '/orders',
  '/my-orders',
  '/deletions',
  '/imports',
  '/tasks',
  '/approvals',
  '/journal',
  '/health',
  '/settings',
]);

/** Whether a text is such a place. */
export function isPlace(text: string): boolean {
  return RECORD.test(text) || SCREENS.has(text);
}

/** The place a link names (`ibok://customers/12` → `/customers/12`); null for anything else. */
export function placeOfLink(link: string): string | null {
  if (link.length > 200 || !URL.canParse(link)) return null;
  const url = new URL(link);
  if (url.protocol !== 'ibok:' || url.username || url.password || url.port || url.search || url.hash) return null;
  const place = `/${url.host}${url.pathname}`.replace(/\/$/, '') || '/';
  return isPlace(place) ? place : null;
}

/** The link that leads to a place. */
export function linkTo(place: string): string {
  return `ibok:/${place}`;
}
