/**
 * The export of the billing system as files: what the import reads and the demo's sample export writes.
 *
 * Text files, `;` between fields, RFC 4180 quotes, one header row with exactly these names (any order; those marked
 * `mayBeAbsent` may be missing), UTF-8 with or
 * without BOM or Windows-1250. An empty field means "no value". Described for billing in docs/portal-and-billing.md.
 *
 * How a value is written, by kind:
 * - `text`    one line, NFC, at most 200 characters, no control, zero-width or bidi characters;
 * - `code`    letters, digits and `. / _ - space`; text, so leading zeros count;
 * - `integer` digits;
 * - `date`    `YYYY-MM-DD`;
 * - `decimal` m³ or m³/h with a decimal comma, at most three places (`12,5`);
 * - `amount`  złoty with a decimal comma and two places (`1433,99`), held as grosze;
 * - `bool`    `T` (yes) or `N` (no);
 * - `enum`    one of the words of the column, which stand for values of the database.
 */
export type ColumnKind = 'text' | 'code' | 'integer' | 'date' | 'decimal' | 'amount' | 'bool' | 'enum';

export type BillingFileKey = 'customers' | 'contracts' | 'premises' | 'meters' | 'readings' | 'invoices';

export interface BillingColumn {
  /** Name in the header row. */
  readonly name: string;
  /** Name in our code. */
  readonly field: string;
  readonly required: boolean;
  readonly kind: ColumnKind;
  /** Kind `enum` only: word in the file → value in the database. */
  readonly words?: Readonly<Record<string, string>>;
  /** Came to the format later: a header without it is whole all the same. */
  readonly mayBeAbsent?: true;
}

export interface BillingFile {
  readonly key: BillingFileKey;
  readonly fileName: string;
  /** Fields that together identify a row: a second row with the same values in one file is a duplicate. */
  readonly identity: readonly string[];
  readonly columns: readonly BillingColumn[];
}

export const BILLING_SEPARATOR = ';';
export const BILLING_ENCODINGS = ['utf-8', 'windows-1250'] as const;
export type BillingEncoding = (typeof BILLING_ENCODINGS)[number];

const required = (name: string, field: string, kind: ColumnKind) => ({ name, field, required: true, kind }) as const;
const optional = (name: string, field: string, kind: ColumnKind) => ({ name, field, required: false, kind }) as const;
const words = (name: string, field: string, map: Readonly<Record<string, string>>) =>
  ({ name, field, required: true, kind: 'enum', words: map }) as const;
const optionalWords = (name: string, field: string, map: Readonly<Record<string, string>>) =>
  ({ name, field, required: false, kind: 'enum', words: map }) as const;

/** A column that came to the format later. */
const later = <Column extends BillingColumn>(column: Column) => ({ ...column, mayBeAbsent: true }) as const;

/** Day of the last change in billing; becomes `source_updated_at`. */
const changedOn = optional('data_zmiany', 'sourceUpdatedOn', 'date');

/** A `osoba` needs `nazwisko`, a `firma` needs `nazwa`. Contact and postal columns count for new customers only. */
const customers: BillingFile = {
  key: 'customers',
  fileName: 'klienci.csv',
  identity: ['customerNo'],
  columns: [
    required('nr_klienta', 'customerNo', 'code'),
    words('rodzaj', 'kind', { osoba: 'person', firma: 'company' }),
    optional('imie', 'firstName', 'text'),
    optional('nazwisko', 'lastName', 'text'),
    optional('nazwa', 'companyName', 'text'),
    optional('nip', 'nip', 'code'),
    optional('regon', 'regon', 'code'),
    optional('pesel', 'pesel', 'code'),
    optional('nr_rachunku', 'bankAccount', 'code'),
    optional('telefon', 'phone', 'text'),
    optional('telefon_2', 'phoneAlt', 'text'),
    optional('email', 'email', 'text'),
    optional('email_2', 'emailAlt', 'text'),
    optional('koresp_ulica', 'postalStreet', 'text'),
    optional('koresp_nr_domu', 'postalHouseNo', 'text'),
    optional('koresp_nr_lokalu', 'postalFlatNo', 'text'),
    optional('koresp_kod', 'postalCode', 'text'),
    optional('koresp_miejscowosc', 'postalCity', 'text'),
    optional('data_zgonu', 'deceasedOn', 'date'),
    optional('vip', 'vip', 'bool'),
    changedOn,
  ],
};

const contracts: BillingFile = {
  key: 'contracts',
  fileName: 'umowy.csv',
  identity: ['contractNo'],
  columns: [
    required('nr_umowy', 'contractNo', 'code'),
    required('nr_klienta', 'customerNo', 'code'),
    words('rodzaj', 'kind', { woda: 'water', ścieki: 'sewage', 'woda i ścieki': 'water_and_sewage' }),
    optional('data_zawarcia', 'signedOn', 'date'),
    required('obowiazuje_od', 'validFrom', 'date'),
    optional('obowiazuje_do', 'validTo', 'date'),
    words('stan', 'status', {
      projekt: 'draft',
      obowiązuje: 'active',
      rozwiązana: 'terminated',
      wygasła: 'expired',
    }),
    changedOn,
  ],
};

/**
 * One row per point and supply; a point that nobody is supplied at has one row without `nr_klienta`. The columns of the
 * premise and of the point are repeated on each row of a point. `dostawa_do` is the first day no longer supplied.
 */
const premises: BillingFile = {
  key: 'premises',
  fileName: 'posesje_i_punkty.csv',
  identity: ['pointCode', 'suppliedFrom'],
  columns: [
    required('kod_punktu', 'pointCode', 'code'),
    required('miejscowosc', 'city', 'text'),
    optional('ulica', 'street', 'text'),
    required('nr_domu', 'houseNo', 'text'),
    optional('nr_lokalu', 'flatNo', 'text'),
    required('kod_pocztowy', 'postalCode', 'text'),
    optional('rejon', 'district', 'text'),
    optional('trasa', 'route', 'text'),
    optional('teryt_terc', 'terytTerc', 'code'),
    optional('teryt_simc', 'terytSimc', 'code'),
    optional('teryt_ulic', 'terytUlic', 'code'),
    optional('polozenie', 'place', 'text'),
    words('stan_punktu', 'pointStatus', { czynny: 'active', nieczynny: 'inactive' }),
    optional('nr_klienta', 'customerNo', 'code'),
    optional('nr_umowy', 'contractNo', 'code'),
    optional('dostawa_od', 'suppliedFrom', 'date'),
    optional('dostawa_do', 'suppliedTo', 'date'),
  ],
};

/**
 * One row per meter and installation; a meter never built in has one row without `kod_punktu`. `id_licznika` is the
 * number the portal shows and becomes the meter's id. `id_licznika_nadrz` names the main meter whose installation at
 * the same point, on the day of `data_montazu`, is the parent. `cecha` is the mark on the meter as it stands there (`M21`,
 * `05/2027`, `2017`, `2022-03-15`), `legalizacja_do` what the papers say beside it, `miejsce` where it hangs or lies.
 */
const meters: BillingFile = {
  key: 'meters',
  fileName: 'wodomierze.csv',
  identity: ['meterId', 'installedOn'],
  columns: [
    required('id_licznika', 'meterId', 'integer'),
    required('nr_fabryczny', 'factoryNo', 'code'),
    required('producent', 'maker', 'text'),
    required('model', 'model', 'text'),
    required('dn', 'dn', 'integer'),
    required('q3', 'q3', 'decimal'),
    optional('r', 'r', 'integer'),
    required('cyfry', 'digits', 'integer'),
    words('wlasciciel', 'ownerKind', { zakład: 'utility', odbiorca: 'customer' }),
    words('stan', 'status', {
      magazyn: 'in_stock',
      zamontowany: 'installed',
      zdjęty: 'removed',
      złomowany: 'scrapped',
      zaginiony: 'lost',
    }),
    optional('data_przyjecia', 'acceptedOn', 'date'),
    optional('nr_radiowy', 'radioId', 'code'),
    optional('kod_punktu', 'pointCode', 'code'),
    optionalWords('rola', 'role', { główny: 'main', podlicznik: 'sub', odliczeniowy: 'deduction' }),
    optional('id_licznika_nadrz', 'parentMeterId', 'integer'),
    optional('data_montazu', 'installedOn', 'date'),
    optional('data_demontazu', 'removedOn', 'date'),
    optional('stan_poczatkowy', 'openingValue', 'decimal'),
    optional('stan_koncowy', 'finalValue', 'decimal'),
    optional('powod', 'reason', 'text'),
    changedOn,
    later(optional('rok_produkcji', 'producedYear', 'integer')),
    later(optional('miejsce', 'place', 'text')),
    later(
      optionalWords('rodzaj_cechy', 'markKind', {
        'M i rok': 'm_year',
        'miesiąc ważności': 'until_month',
        'rok ważności': 'until_year',
        'rok legalizacji': 'done_year',
        'data legalizacji': 'date',
      }),
    ),
    later(optional('cecha', 'rawMark', 'text')),
    later(optional('legalizacja_do', 'statedUntil', 'date')),
    later(optional('nr_plomby', 'sealNo', 'code')),
  ],
};

/**
 * Belongs to the installation of the meter whose period holds the day (both ends included). `przekrecenie` says that the
 * register passed its highest value before this reading and began anew: it may then be lower than the one before.
 */
const readings: BillingFile = {
  key: 'readings',
  fileName: 'odczyty.csv',
  identity: ['meterId', 'readOn'],
  columns: [
    required('id_licznika', 'meterId', 'integer'),
    required('data_odczytu', 'readOn', 'date'),
    required('wskazanie', 'value', 'decimal'),
    words('rodzaj', 'kind', {
      inkasent: 'actual',
      odbiorca: 'customer',
      radiowy: 'remote',
      kontrolny: 'control',
      szacunek: 'estimate',
      początkowy: 'opening',
      końcowy: 'final',
    }),
    optional('zuzycie', 'consumption', 'decimal'),
    later(optional('przekrecenie', 'rollover', 'bool')),
  ],
};

const invoices: BillingFile = {
  key: 'invoices',
  fileName: 'faktury.csv',
  identity: ['invoiceNo'],
  columns: [
    required('nr_faktury', 'invoiceNo', 'code'),
    words('rodzaj', 'kind', { faktura: 'invoice', korekta: 'correction', duplikat: 'duplicate' }),
    required('nr_klienta', 'customerNo', 'code'),
    optional('nr_umowy', 'contractNo', 'code'),
    required('data_wystawienia', 'issuedOn', 'date'),
    required('termin_platnosci', 'dueOn', 'date'),
    required('netto', 'net', 'amount'),
    required('vat', 'vat', 'amount'),
    required('brutto', 'gross', 'amount'),
    optional('nr_faktury_korygowanej', 'correctsNo', 'code'),
    optional('nr_ksef', 'ksefNo', 'code'),
    optional('data_ksef', 'ksefOn', 'date'),
    optionalWords('tryb_ksef', 'ksefMode', { online: 'online', offline24: 'offline24', awaria: 'outage' }),
    optionalWords('dostarczenie', 'delivery', { papier: 'paper', 'e-mail': 'email', portal: 'portal', KSeF: 'ksef' }),
    optional('upo', 'upo', 'bool'),
    changedOn,
  ],
};

/** Order matters: a file refers only to files before it (a correcting invoice also to an earlier row of its own file). */
export const BILLING_FILES: readonly BillingFile[] = [customers, contracts, premises, meters, readings, invoices];
