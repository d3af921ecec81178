import { z } from 'zod';
import { cubicMetres, day, id, instant } from './values';

export const readingKind = z.enum(['actual', 'customer', 'remote', 'control', 'estimate', 'opening', 'final']);
export const readingState = z.enum([
  'received',
  'flagged',
  'deferred',
  'released',
  'rejected',
  'withdrawn',
  'fetched',
  'acknowledged',
  'refused',
  'reversed',
]);
export type ReadingState = z.infer<typeof readingState>;

export const reading = z.object({
  id,
  readOn: day,
  value: cubicMetres,
  /** Since the reading before at the same installation; null for the first. */
  consumption: cubicMetres.nullable(),
  kind: readingKind,
  state: readingState,
  enteredAt: instant,
});
export type Reading = z.infer<typeof reading>;

/** Readings of one installation, newest first. */
export const readingSeries = z.object({
  installationId: id,
  meterId: id,
  factoryNo: z.string(),
  role: z.enum(['main', 'sub', 'deduction']),
  pointCode: z.string(),
  address: z.string(),
  removedOn: day.nullable(),
  readings: z.array(reading),
});
export type ReadingSeries = z.infer<typeof readingSeries>;

/** Consumption of a supply point's main meters per month, exchanges stitched: each m³ spread over its days. */
export const monthlyConsumption = z.object({
  pointCode: z.string(),
  months: z.array(z.object({ month: z.string().regex(/^[0-9]{4}-[0-9]{2}$/), volume: cubicMetres })),
});
export type MonthlyConsumption = z.infer<typeof monthlyConsumption>;

export const customerReadings = z.object({
  series: z.array(readingSeries),
  consumption: z.array(monthlyConsumption),
});
export type CustomerReadings = z.infer<typeof customerReadings>;
