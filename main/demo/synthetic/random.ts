/**
 * Reproducible chance: the same seed gives the same office on every machine.
 * The generator is mulberry32 (public domain, 32 bits of state): plenty for synthetic data, never for secrets.
 */
export class Random {
  #state: number;

  /** @param seeds mixed into one state, so that (seed, 17) and (seed, 18) share nothing. */
  constructor(...seeds: number[]) {
    this.#state = seeds.reduce(
      (state, seed) => Math.imul(state ^ (seed >>> 0), 0x9e3779b1) ^ (state >>> 15),
      0x2545f491,
    );
    this.next();
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('Nothing to pick from.');
    return item;
  }

  /** Picks by weight: `weighted([['a', 3], ['b', 1]])` gives `a` three times out of four. */
  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let left = this.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    throw new RangeError('Nothing to pick from.');
  }

  /** As many random digits, leading zeros included. */
  digits(count: number): string {
    let text = '';
    while (text.length < count) text += this.int(0, 9);
    return text;
  }
}

/**
 * The n-th member of a shuffled 0 … 10^digits − 1: looks random, never repeats within the range, and needs no memory.
 * @param salt other salts give other orders.
 */
export function shuffledNumber(n: number, digits: number, salt: number): string {
  const range = 10 ** digits;
  // 7654321 ends in 1 and so shares no factor with a power of ten: the product permutes the range.
  const value = (BigInt(n) * 7_654_321n + BigInt(salt)) % BigInt(range);
  return value.toString().padStart(digits, '0');
}
