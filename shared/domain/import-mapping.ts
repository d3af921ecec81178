import { BILLING_FILES, type BillingFile, type BillingFileKey } from './billing-export';
import { foldText } from './fold';
import { ERROR_COLUMNS, type Header, type HeaderFaults } from './import-check';

/** Which field each column of a file is, in the order of the file; null is passed over. */
export type Mapping = readonly { column: string; field: string | null }[];

/** What other programs call our fields, folded; the field's own name and billing's column name count besides. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  customerNo: ['numer klienta', 'nr odbiorcy', 'numer odbiorcy', 'kod klienta', 'id klienta', 'nr kontrahenta'],
  firstName: ['imiona', 'pierwsze imie'],
  lastName: ['nazwisko odbiorcy'],
  companyName: ['nazwa firmy', 'firma', 'nazwa odbiorcy', 'nazwa kontrahenta'],
  kind: ['typ', 'rodzaj klienta', 'typ klienta', 'rodzaj umowy', 'rodzaj odczytu', 'typ odczytu', 'rodzaj faktury'],
  nip: ['numer nip', 'nr nip'],
  regon: ['numer regon', 'nr regon'],
  pesel: ['numer pesel', 'nr pesel'],
  bankAccount: ['rachunek', 'konto', 'nr konta', 'numer konta', 'numer rachunku', 'rachunek bankowy', 'iban', 'nrb'],
  phone: ['tel', 'nr telefonu', 'numer telefonu', 'telefon 1', 'komorka', 'telefon komorkowy'],
  phoneAlt: ['tel 2', 'drugi telefon', 'telefon stacjonarny'],
  email: ['e mail', 'mail', 'adres e mail', 'adres email', 'poczta elektroniczna'],
  emailAlt: ['e mail 2', 'drugi e mail', 'drugi email'],
  postalStreet: ['ulica korespondencyjna', 'koresp ul', 'ulica do korespondencji'],
  postalHouseNo: ['koresp nr', 'nr domu koresp', 'nr domu korespondencyjny'],
  postalFlatNo: ['koresp lokal', 'nr lokalu koresp'],
  postalCode: ['kod', 'kod poczt', 'koresp kod pocztowy'],
  postalCity: ['koresp miasto', 'miejscowosc korespondencyjna', 'miasto korespondencyjne'],
  deceasedOn: ['zgon', 'data smierci'],
  sourceUpdatedOn: ['zmieniono', 'data modyfikacji', 'ostatnia zmiana'],
  contractNo: ['numer umowy', 'umowa', 'kod umowy'],
  signedOn: ['data podpisania', 'zawarto', 'data umowy'],
  validFrom: ['od', 'wazna od', 'data od', 'obowiazuje od dnia'],
  validTo: ['do', 'wazna do', 'data do', 'obowiazuje do dnia'],
  status: ['status', 'stan umowy', 'stan wodomierza', 'status umowy'],
  pointCode: ['punkt', 'punkt poboru', 'kod ppw', 'nr punktu', 'numer punktu'],
  pointStatus: ['status punktu'],
  city: ['miasto', 'miejsc'],
  street: ['ul'],
  houseNo: ['nr', 'numer domu', 'dom', 'nr budynku', 'numer budynku'],
  flatNo: ['lokal', 'numer lokalu', 'mieszkanie', 'nr mieszkania'],
  suppliedFrom: ['dostawa od dnia', 'odbiorca od'],
  suppliedTo: ['dostawa do dnia', 'odbiorca do'],
  meterId: ['numer licznika', 'nr licznika', 'id wodomierza', 'licznik'],
  factoryNo: ['numer fabryczny', 'nr wodomierza', 'numer wodomierza', 'nr seryjny', 'numer seryjny'],
  maker: ['wytworca', 'marka'],
  producedYear: ['rok prod', 'rocznik'],
  place: ['miejsce zabudowy', 'miejsce montazu', 'lokalizacja'],
  markKind: ['typ cechy', 'rodzaj oznaczenia'],
  rawMark: ['cecha legalizacyjna', 'oznaczenie', 'cecha legalizacji', 'znak'],
  statedUntil: ['legalizacja wazna do', 'wazna do', 'koniec legalizacji', 'data waznosci', 'data waznosci legalizacji'],
  sealNo: ['plomba', 'numer plomby', 'plomby'],
  radioId: ['numer radiowy', 'nr modulu', 'numer modulu', 'nakladka'],
  dn: ['srednica', 'srednica dn'],
  acceptedOn: ['przyjeto', 'data dostawy'],
  installedOn: ['zamontowano', 'data zamontowania', 'data zabudowy'],
  removedOn: ['zdjeto', 'data zdjecia', 'data wymiany'],
  openingValue: ['stan poczatku', 'wskazanie poczatkowe'],
  finalValue: ['stan konca', 'wskazanie koncowe'],
  readOn: ['data', 'odczytano', 'dzien odczytu'],
  value: ['stan', 'odczyt', 'stan licznika', 'wartosc'],
  consumption: ['ilosc', 'm3', 'zuzycie m3'],
  rollover: ['rollover', 'przekrecenie licznika', 'obrot licznika'],
  invoiceNo: ['numer faktury', 'faktura', 'nr dokumentu', 'numer dokumentu'],
  issuedOn: ['wystawiono', 'data faktury'],
  dueOn: ['termin', 'data platnosci', 'platne do'],
  net: ['wartosc netto', 'kwota netto'],
  vat: ['kwota vat', 'podatek'],
  gross: ['wartosc brutto', 'kwota brutto', 'do zaplaty'],
};

const ours: readonly string[] = ERROR_COLUMNS;
const folded = (name: string) => foldText(name);

/** The columns of a header that may hold a field: not those our file of error rows adds. */
export function mappable(columns: readonly string[]): string[] {
  return columns.filter((column) => !ours.includes(column));
}

/** What a header is remembered by: its columns, folded, whatever their order. */
export function headerSignature(columns: readonly string[]): string {
  return mappable(columns).map(folded).sort().join('\n');
}

/** What each column of a header probably is: by billing's name first, then by what others call the field; each once. */
export function suggestMapping(columns: readonly string[], file: BillingFile): Mapping {
  const taken = new Set<string>();
  const found = new Map<string, string>();
  const rounds: ((column: string, field: string, name: string) => boolean)[] = [
    (column, _field, name) => column === name,
    (column, field, name) => [folded(name), folded(field)].includes(folded(column)),
    (column, field) => SYNONYMS[field]?.includes(folded(column)) ?? false,
  ];
  for (const fits of rounds) {
    for (const column of mappable(columns)) {
      if (found.has(column)) continue;
      const match = file.columns.find(({ field, name }) => !taken.has(field) && fits(column, field, name));
      if (!match) continue;
      taken.add(match.field);
      found.set(column, match.field);
    }
  }
  return mappable(columns).map((column) => ({ column, field: found.get(column) ?? null }));
}

/** The kind of file that most of its required columns are found for. */
export function guessKind(columns: readonly string[]): BillingFileKey {
  const share = (file: BillingFile) => {
    const found = new Set(suggestMapping(columns, file).map(({ field }) => field));
    const required = file.columns.filter((column) => column.required);
    return required.filter(({ field }) => found.has(field)).length / required.length + found.size / 1_000;
  };
  const best = BILLING_FILES.toSorted((a, b) => share(b) - share(a))[0];
  return best?.key ?? 'customers';
}

/** The header as a mapping reads it, or what is wrong with the mapping: required fields left out, one field twice. */
export function mappedHeader(
  columns: readonly string[],
  file: BillingFile,
  mapping: Mapping,
): { header: Header } | { faults: HeaderFaults } {
  const byField = new Map(file.columns.map((column) => [column.field, column]));
  const fieldOf = new Map(mapping.map(({ column, field }) => [column, field]));
  const header: Header = columns.map((column) => byField.get(fieldOf.get(column) ?? ''));
  const fields = header.flatMap((column) => (column ? [column.field] : []));
  const faults: HeaderFaults = {
    missing: file.columns.filter(({ required, field }) => required && !fields.includes(field)).map(({ name }) => name),
    unknown: mapping.filter(({ field }) => field !== null && !byField.has(field)).map(({ column }) => column),
    duplicate: [...new Set(columns.filter((column, place) => columns.indexOf(column) !== place))].concat(
      file.columns.filter(({ field }) => fields.indexOf(field) !== fields.lastIndexOf(field)).map(({ name }) => name),
    ),
  };
  return Object.values(faults).some((list) => list.length > 0) ? { faults } : { header };
}

/** Fields that a header does not have: what is stored of them stays as it is. */
export function absentFields(file: BillingFile, header: Header): string[] {
  const present = new Set(header.map((column) => column?.field));
  return file.columns.filter(({ field, mayBeAbsent }) => !mayBeAbsent && !present.has(field)).map(({ field }) => field);
}
