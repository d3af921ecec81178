import { useTranslation } from 'react-i18next';

export type Language = 'pl' | 'en';

const ZONE = 'Europe/Warsaw';
const NBSP = '\u00a0';
const MINUS = '\u2212';
const LOCALE: Record<Language, string> = { pl: 'pl-PL', en: 'en-GB' };

/** ISO text of an instant or the instant itself. */
type Instant = string | Date;

/** How values look to the person, in one language. Numbers are grouped always and carry a true minus. */
export interface Format {
  /** `YYYY-MM-DD` → 22.11.2026 */
  date(day: string): string;
  /** → 22.11.2026, 14:05, in the office's zone wherever the computer stands */
  dateTime(at: Instant): string;
  /** → 14:05 */
  time(at: Instant): string;
  /** `YYYY-MM` → lis 2026 */
  month(month: string): string;
  /** Grosze → 1 433,99 zł */
  money(grosze: number | bigint): string;
  /** Decimal text → 1 234,5 m³; never through a float. `places` 3 keeps the zeros, so that a column lines up */
  volume(cubicMetres: string, places?: 0 | 3): string;
  /** Decimal text → 1 234,5 */
  decimal(value: string): string;
  /** → 10 000 */
  count(value: number): string;
  /** Seconds ago → 40 s temu, 5 min temu */
  ago(seconds: number): string;
}

/** Same glyphs from every ICU version: hyphen → minus, any space → no-break space. */
function polish(text: string): string {
  return text.replace(/^-/, MINUS).replace(/\s/g, NBSP);
}

/** Noon, so that a calendar day stays itself whatever is done with it. */
function noon(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

/** Builds the formats of a language. */
export function createFormat(language: Language): Format {
  const locale = LOCALE[language];
  const numeric = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;
  const spelled = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  const days = language === 'pl' ? numeric : spelled;
  const clock = { hour: '2-digit', minute: '2-digit', timeZone: ZONE } as const;
  const dateOf = new Intl.DateTimeFormat(locale, { ...days, timeZone: 'UTC' });
  const dateInZone = new Intl.DateTimeFormat(locale, { ...days, timeZone: ZONE });
  const timeOf = new Intl.DateTimeFormat(locale, clock);
  const monthOf = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const zloty = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, useGrouping: 'always' });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3, useGrouping: 'always' });
  const litres = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
    useGrouping: 'always',
  });
  const agoOf = new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'always' });

  const decimal = (value: string) => polish(number.format(value as Intl.StringNumericLiteral));
  return {
    date: (day) => dateOf.format(noon(day)),
    dateTime: (at) => `${dateInZone.format(new Date(at))}, ${timeOf.format(new Date(at))}`,
    time: (at) => timeOf.format(new Date(at)),
    month: (month) => monthOf.format(noon(`${month}-01`)),
    money: (grosze) => `${polish(zloty.format(zlotyText(BigInt(grosze))))}${NBSP}zł`,
    volume: (cubicMetres, places = 0) =>
      `${places === 3 ? polish(litres.format(cubicMetres as Intl.StringNumericLiteral)) : decimal(cubicMetres)}${NBSP}m³`,
    decimal,
    count: (value) => polish(number.format(value)),
    ago: (seconds) =>
      polish(
        seconds < 60 ? agoOf.format(-Math.round(seconds), 'second') : agoOf.format(-Math.round(seconds / 60), 'minute'),
      ),
  };
}

/** Whole grosze as an exact decimal text of złoty. */
function zlotyText(grosze: bigint): Intl.StringNumericLiteral {
  const magnitude = grosze < 0n ? -grosze : grosze;
  const text = `${magnitude / 100n}.${String(magnitude % 100n).padStart(2, '0')}`;
  return `${grosze < 0n ? '-' : ''}${text}` as Intl.StringNumericLiteral;
}

const FORMATS: Record<Language, Format> = { pl: createFormat('pl'), en: createFormat('en') };

/** The formats of the language on screen. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return FORMATS[i18n.language === 'en' ? 'en' : 'pl'];
}
