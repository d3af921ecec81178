import { z } from 'zod';
import { cubicMetres, day, id } from './values';

/** A meter of the registry with every place it was ever built in. */
export const meterRecord = z.object({
  id,
  factoryNo: z.string(),
  radioId: z.string().nullable(),
  maker: z.string(),
  model: z.string(),
  dn: z.int(),
  q3: z.string(),
  r: z.int().nullable(),
  digits: z.int(),
  ownerKind: z.enum(['utility', 'customer']),
  status: z.enum(['in_stock', 'installed', 'removed', 'scrapped', 'lost']),
  acceptedOn: day.nullable(),
  installations: z.array(
    z.object({
      id,
      role: z.enum(['main', 'sub', 'deduction']),
      pointCode: z.string(),
      premiseId: id,
      address: z.string(),
      customerId: id.nullable(),
      customerName: z.string().nullable(),
      installedOn: day,
      removedOn: day.nullable(),
      openingValue: cubicMetres,
      finalValue: cubicMetres.nullable(),
      reason: z.string().nullable(),
    }),
  ),
});
export type MeterRecord = z.infer<typeof meterRecord>;
