import type { Day } from './calendar';
import { AddressBook } from './places';
import { type MeterRow, noRows, type OfficeRows } from './rows';

/** What the parts of one office share: the day it is made for, keys given out, addresses taken. Memory stays small. */
export class Ledger {
  readonly today: Day;
  readonly addresses = new AddressBook();
  /** The meter made last, whose factory number another maker may have given too. */
  meterBefore: MeterRow | undefined;
  readonly #last = new Map<keyof OfficeRows, number>();

  constructor(today: Day) {
    this.today = today;
  }

  /** The next key of a table, from 1. */
  nextId(table: keyof OfficeRows): number {
    const id = (this.#last.get(table) ?? 0) + 1;
    this.#last.set(table, id);
    return id;
  }

  /** How many rows a table has so far. */
  count(table: keyof OfficeRows): number {
    return this.#last.get(table) ?? 0;
  }

  /** Rows of one part, which only refer to each other and to the meter catalogue. */
  newPart(): OfficeRows {
    return noRows();
  }
}
