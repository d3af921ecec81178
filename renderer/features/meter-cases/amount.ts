/** Typed złoty (`123,45`, `1 234.5`) as grosze, up to 100 000 zł; null where it is no such amount. */
export function groszeOf(typed: string): number | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/\s|zł$/g, ''));
  if (!match) return null;
  const grosze = Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return grosze <= 10_000_000 ? grosze : null;
}

/** Grosze as złoty are typed: 12345 → `123,45`. */
export function typedAmount(grosze: number): string {
  const padded = String(grosze).padStart(3, '0');
  return `${padded.slice(0, -2)},${padded.slice(-2)}`;
}
