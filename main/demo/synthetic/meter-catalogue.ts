import { type Random, shuffledNumber } from './random';
import type { MeterTypeRow } from './rows';

type Style = 'eight digits' | 'letters and digits' | 'digits and year';

interface Maker {
  name: string;
  /** Three letters of the manufacturer in a wireless M-Bus address. */
  radioCode: string;
  style: Style;
}

const APATOR = { name: 'Apator Powogaz', radioCode: 'APA', style: 'eight digits' } as const;
const DIEHL = { name: 'Diehl Metering', radioCode: 'DME', style: 'letters and digits' } as const;
const ITRON = { name: 'Itron', radioCode: 'ITW', style: 'letters and digits' } as const;
const METRON = { name: 'Metron', radioCode: 'MET', style: 'eight digits' } as const;
const SENSUS = { name: 'Sensus', radioCode: 'SEN', style: 'eight digits' } as const;
const ZENNER = { name: 'Zenner', radioCode: 'ZRI', style: 'digits and year' } as const;

/** Maker, model, DN, Q3, R, digits of the register, share of all meters. */
const TYPES: readonly (readonly [Maker, string, number, string, number, number, number])[] = [
  [APATOR, 'JS 1,6-02 Smart C+', 15, '1.60', 100, 5, 12],
  [APATOR, 'JS 2,5-02 Smart C+', 20, '2.50', 160, 5, 22],
  [APATOR, 'JS 4-02 Master C+', 20, '4.00', 160, 5, 8],
  [DIEHL, 'Altair V4', 20, '2.50', 160, 5, 9],
  [DIEHL, 'Hydrus 2.0', 20, '4.00', 400, 6, 6],
  [ITRON, 'Aquadis+', 15, '2.50', 160, 5, 8],
  [ITRON, 'Flodis', 20, '2.50', 80, 5, 6],
  [METRON, 'JS 2,5', 20, '2.50', 63, 5, 8],
  [SENSUS, '620', 20, '4.00', 315, 5, 6],
  [SENSUS, 'Residia Jet', 15, '2.50', 160, 5, 4],
  [ZENNER, 'ETKD-N', 15, '2.50', 80, 5, 5],
  [APATOR, 'JS 6,3', 25, '6.30', 100, 5, 2],
  [ZENNER, 'MTKD-N', 32, '10.00', 80, 5, 2],
  [DIEHL, 'Corona MWN', 40, '16.00', 100, 6, 1],
  [APATOR, 'MWN 50 Nubis', 50, '25.00', 100, 6, 1],
  [SENSUS, 'MeiStream Plus', 80, '63.00', 100, 7, 1],
];

const SMALL_TYPES = 11;

/** The catalogue as rows; the id is the place in it. */
export const METER_TYPES: readonly MeterTypeRow[] = TYPES.map(([maker, model, dn, q3, r, digits], place) => ({
  id: place + 1,
  maker: maker.name,
  model,
  dn,
  q3,
  r,
  digits,
}));

const HOUSEHOLD = TYPES.slice(0, SMALL_TYPES).map((type, place) => [place + 1, type[6]] as const);
const BUILDING = TYPES.slice(SMALL_TYPES).map((type, place) => [SMALL_TYPES + place + 1, type[6]] as const);

/** Id of a type that suits the place: households up to DN 20, buildings and plants above. */
export function meterType(random: Random, large: boolean): number {
  return random.weighted(large ? BUILDING : HOUSEHOLD);
}

function makerOf(typeId: number): Maker {
  const type = TYPES[typeId - 1];
  if (!type) throw new RangeError(`No meter type ${typeId}`);
  return type[0];
}

/** A number in the maker's own style: leading zeros, letters, or with the year of make behind a slash. */
export function factoryNo(typeId: number, meterId: number, yearOfMake: number): string {
  const style = makerOf(typeId).style;
  if (style === 'eight digits') return `0${shuffledNumber(meterId, 7, 271_828)}`;
  if (style === 'digits and year') return `${shuffledNumber(meterId, 7, 314_159)}/${yearOfMake % 100}`;
  return `I${yearOfMake % 100}EA${shuffledNumber(meterId, 7, 577_215)}X`;
}

/** Address of the radio module, which is not the factory number of the meter. */
export function radioId(typeId: number, meterId: number): string {
  return makerOf(typeId).radioCode + shuffledNumber(meterId, 8, 141_421);
}

/** Whether two types number their meters alike, so that the same number may stand on both. */
export function sameNumbering(typeId: number, otherTypeId: number): boolean {
  const one = makerOf(typeId);
  const other = makerOf(otherTypeId);
  return one.name !== other.name && one.style === other.style;
}
