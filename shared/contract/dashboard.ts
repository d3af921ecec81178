import { z } from 'zod';
import { cubicMetres } from './values';

/** First numbers of the Pulpit; a number the person may not see is null. */
export const figures = z.object({
  customers: z.int().nullable(),
  companies: z.int().nullable(),
  activePoints: z.int().nullable(),
  metersInstalled: z.int().nullable(),
  metersInStock: z.int().nullable(),
  activeContracts: z.int().nullable(),
  contractsEndingSoon: z.int().nullable(),
  pointsWithoutMeter: z.int().nullable(),
  readingsThisMonth: z.int().nullable(),
  /** Messages that wait to be sent, and those a person has to settle. */
  mailWaiting: z.int().nullable(),
  mailAttention: z.int().nullable(),
  staffActive: z.int(),
});
export type Figures = z.infer<typeof figures>;

const month = z.string().regex(/^[0-9]{4}-[0-9]{2}$/);

/** The last twelve full months. `readings` counts by how the value came; `volume` is m³ between readings. */
export const charts = z.object({
  readings: z.array(z.object({ month, actual: z.int(), customer: z.int(), remote: z.int(), estimate: z.int() })),
  volume: z.array(z.object({ month, volume: cubicMetres })),
});
export type Charts = z.infer<typeof charts>;
