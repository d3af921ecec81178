import type { Rule } from '../../../shared/contract/rules';

/**
 * What was typed as the contract's decimal text (comma or point), or null when it is no number, has too many places or
 * lies outside the rule's bounds. Compared as whole thousandths: no floats.
 */
export function decimalOf(
  typed: string,
  { least, most, decimals }: Pick<Rule, 'least' | 'most' | 'decimals'>,
): string | null {
  const text = typed.trim().replace(/\s/g, '').replace(',', '.');
  if (!/^[0-9]{1,9}(\.[0-9]{1,3})?$/.test(text)) return null;
  const [whole = '0', places = ''] = text.split('.');
  if (places.replace(/0+$/, '').length > decimals) return null;
  const value = thousandths(text);
  if (value < thousandths(least) || value > thousandths(most)) return null;
  const kept = places.replace(/0+$/, '');
  return kept ? `${BigInt(whole)}.${kept}` : String(BigInt(whole));
}

function thousandths(text: string): bigint {
  const [whole = '0', places = ''] = text.split('.');
  return BigInt(whole) * 1000n + BigInt(places.padEnd(3, '0'));
}
