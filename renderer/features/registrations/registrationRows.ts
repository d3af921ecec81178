import type { RegistrationRow } from '../../../shared/contract/registrations';
import { serverList } from '../../app/lists/serverList';
import { client, trpc } from '../../app/trpc';

/** The queue of applications: list and open application share its pages. */
export const REGISTRATIONS = serverList<RegistrationRow>('registrations', trpc.registrations, client.registrations);
