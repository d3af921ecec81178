import type { OrderRecord } from '../../../shared/contract/orders';

/** A map of the address, and nothing but the address: no flat, no name, no number of a meter. */
export function mapAddress({ city, street, houseNo }: Pick<OrderRecord, 'city' | 'street' | 'houseNo'>): string {
  const words = street ? `${street} ${houseNo}, ${city}` : `${city} ${houseNo}`;
  return `https://www.openstreetmap.org/search?${new URLSearchParams({ query: words })}`;
}
