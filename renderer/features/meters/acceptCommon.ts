import type { AddMeterInput } from '../../../shared/contract/meters';

/** A type nobody had before, while it is typed. */
export interface NewType {
  maker: string;
  model: string;
  dn: string;
  q3: string;
  r: string;
  digits: string;
}

/** What the meters of a delivery have in common; stays while one scans, and is there again the next time. */
export interface AcceptCommon {
  typeId: string;
  /** Not null while a type is described instead of chosen. */
  newType: NewType | null;
  ownerKind: 'utility' | 'customer';
  stockPlace: string;
  withRadio: boolean;
}

export const BLANK_TYPE: NewType = { maker: '', model: '', dn: '20', q3: '2,5', r: '160', digits: '5' };
export const BLANK_COMMON: AcceptCommon = {
  typeId: '',
  newType: null,
  ownerKind: 'utility',
  stockPlace: '',
  withRadio: false,
};

const whole = (text: string, least: number, most: number): number | null => {
  const value = /^[0-9]{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
};

/** The type as the server takes it, or null while something is missing or out of its limits. */
export function typeOf({ typeId, newType }: AcceptCommon): AddMeterInput['type'] | null {
  if (!newType) return typeId || null;
  const q3 = newType.q3.trim().replace(',', '.');
  const [maker, model] = [newType.maker.trim(), newType.model.trim()];
  const [dn, digits] = [whole(newType.dn, 10, 500), whole(newType.digits, 3, 9)];
  const r = newType.r.trim() === '' ? null : whole(newType.r, 40, 1000);
  if (!maker || !model || dn === null || digits === null || (r === null && newType.r.trim() !== '')) return null;
  return /^[0-9]{1,4}(\.[0-9]{1,2})?$/.test(q3) && Number(q3) > 0 ? { maker, model, dn, q3, r, digits } : null;
}
