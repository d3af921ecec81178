/** Typed złoty (`123,45`, `1 234.5`) as grosze in text; null where it is no amount. */
export function groszeOf(typed: string): string | null {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/\s|zł$/g, ''));
  return match ? String(BigInt(match[1] ?? '') * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))) : null;
}

/** Grosze in text as złoty are typed: `12345` → `123,45`. */
export function typedAmount(grosze: string): string {
  const padded = grosze.padStart(3, '0');
  return `${padded.slice(0, -2)},${padded.slice(-2)}`;
}
