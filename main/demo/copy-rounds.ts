import { COPY_TABLES } from './copy-tables';
import { generateOffice, type OfficeOptions } from './generate';

/** Customers in one round of COPYs: some 6 MB of text, whatever the size of the office. */
const ROUND = 2_000;

/**
 * The office as text for COPY, round after round. The next round is made a little at a time with {@link work}, in the
 * moments when PostgreSQL has its hands full with the one before.
 */
export class CopyRounds {
  readonly #parts: ReturnType<typeof generateOffice>;
  #texts = COPY_TABLES.map(() => '');
  #customers = 0;
  #ended = false;

  constructor(options: OfficeOptions) {
    this.#parts = generateOffice(options);
  }

  /** Adds up to so many parts to the next round, but not more than the round takes. */
  work(parts: number): void {
    for (let left = parts; left > 0 && !this.#full; left -= 1) {
      const next = this.#parts.next();
      if (next.done) {
        this.#ended = true;
        return;
      }
      for (const [place, { lines }] of COPY_TABLES.entries()) this.#texts[place] += lines(next.value);
      this.#customers += next.value.customers.length;
    }
  }

  /** The text of each table, in the order of COPY_TABLES; undefined when there is no more. */
  take(): string[] | undefined {
    this.work(Number.POSITIVE_INFINITY);
    if (this.#customers === 0) return undefined;
    const texts = this.#texts;
    this.#texts = COPY_TABLES.map(() => '');
    this.#customers = 0;
    return texts;
  }

  get #full(): boolean {
    return this.#ended || this.#customers >= ROUND;
  }
}
