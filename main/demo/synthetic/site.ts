import { addMonths, type Day } from './calendar';
import type { Ledger } from './ledger';
import type { Random } from './random';
import type { Cycle } from './reading-series';
import type { OfficeRows } from './rows';

/** A part of the office under construction: a house, a block of flats, a company with all its places. */
export interface Site {
  ledger: Ledger;
  part: OfficeRows;
  random: Random;
  cycle: Cycle;
  /** First day of the readings kept. */
  since: Day;
}

export function startSite(ledger: Ledger, random: Random): Site {
  return {
    ledger,
    random,
    part: ledger.newPart(),
    cycle: { monthOfQuarter: random.int(0, 2), dayOfMonth: random.int(3, 27) },
    since: addMonths(ledger.today, -random.int(24, 30)),
  };
}
