import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isPlace } from '../../../shared/domain/places';
import { host } from '../host';

/** Follows links, notices and the tray to their place. The router's own guards decide what is shown there. */
export function usePlaces(): void {
  const router = useRouter();
  useEffect(
    () =>
      host.onPlace((place) => {
        if (isPlace(place)) router.history.push(place);
      }),
    [router],
  );
}
