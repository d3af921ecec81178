import { z } from 'zod';
import { id } from '../../../shared/contract/values';
import { DUES, PRESETS } from './registrationPresets';

/** What the address asks the queue to show: a preset, an urgency, a saved view by its id, or the form for a new one. */
export const registrationsSearch = z.object({
  show: z.enum(PRESETS).optional().catch(undefined),
  due: z.enum(DUES).optional().catch(undefined),
  view: z.preprocess((given) => (typeof given === 'number' ? String(given) : given), id.optional()).catch(undefined),
  create: z.literal(true).optional().catch(undefined),
});
export type RegistrationsSearch = z.infer<typeof registrationsSearch>;

export const REGISTRATION_TABS = ['data', 'documents', 'letters', 'history'] as const;
export type RegistrationTab = (typeof REGISTRATION_TABS)[number];

/** What of an open application stands in the address: the part shown. */
export const registrationSearch = z.object({ tab: z.enum(REGISTRATION_TABS).optional().catch(undefined) });
export type RegistrationSearch = z.infer<typeof registrationSearch>;
