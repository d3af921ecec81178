import { useLocalStorage } from '@mantine/hooks';
import type { z } from 'zod';
import { cardPurpose } from '../../../shared/contract/customers';
import { useSession } from '../../app/session';

export type CardPurpose = z.infer<typeof cardPurpose>;

/**
 * Why this person opens cards; kept on this workstation, because a day at the counter is all visits. Per login: what one
 * clerk chose must not be logged as the reason of the next.
 */
export function usePurpose(): [CardPurpose, (purpose: CardPurpose) => void] {
  const { user } = useSession();
  const [purpose, setPurpose] = useLocalStorage<CardPurpose>({
    key: `ibok-card-purpose:${user.login}`,
    defaultValue: 'phone_call',
    getInitialValueInEffect: false,
    deserialize: (text) => cardPurpose.catch('phone_call').parse(text),
    serialize: (value) => value,
  });
  return [purpose, setPurpose];
}
