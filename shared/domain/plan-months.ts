/** `count` months in a row from `first` on, as `YYYY-MM`. */
export function monthsFrom(first: string, count: number): string[] {
  const [year = 0, month = 1] = first.split('-').map(Number);
  return Array.from({ length: count }, (_, step) => {
    const index = year * 12 + (month - 1) + step;
    return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

/** The months from `from` to `to`, both included; none where `to` comes first. */
export function monthsBetween(from: string, to: string): string[] {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return monthsFrom(from, Math.max(0, index(to) - index(from) + 1));
}
