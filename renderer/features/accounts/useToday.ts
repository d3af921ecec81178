import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../app/trpc';

/** The office's day; empty until it is known. The clock of the desk never counts. */
export function useToday(): string {
  return useQuery(trpc.staff.colleagues.queryOptions()).data?.today ?? '';
}

/** The day `days` later. */
export function dayAway(day: string, days: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
