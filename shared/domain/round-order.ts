/** Where a technician goes, as far as the order of a round depends on it. */
export interface RoundPlace {
  route: string | null;
  city: string;
  street: string | null;
  houseNo: string;
  flatNo: string | null;
}

/** Polish letters where Poles expect them, and 9 before 10, 10 before 10A. */
const polish = new Intl.Collator('pl', { numeric: true, sensitivity: 'base' });

const PARTS = ['route', 'city', 'street', 'houseNo', 'flatNo'] as const satisfies readonly (keyof RoundPlace)[];

/**
 * The order of a round: by route, place, street, house and flat. What has no route is gone to last; a house without a
 * street stands before the streets of its place.
 */
export function byRound(a: RoundPlace, b: RoundPlace): number {
  if ((a.route === null) !== (b.route === null)) return a.route === null ? 1 : -1;
  for (const part of PARTS) {
    const difference = polish.compare(a[part] ?? '', b[part] ?? '');
    if (difference !== 0) return difference;
  }
  return 0;
}
