import { BILLING_FILES, type BillingFileKey } from '../../shared/domain/billing-export';

type Texts = Record<string, string>;

/** A file of the export out of rows by column name; columns that are not named stay empty. */
export function exportText(kind: BillingFileKey, rows: readonly Texts[]): string {
  const columns = BILLING_FILES.find(({ key }) => key === kind)?.columns.map(({ name }) => name) ?? [];
  const lines = rows.map((row) => columns.map((name) => quoted(row[name] ?? '')).join(';'));
  return `${[columns.join(';'), ...lines].join('\r\n')}\r\n`;
}

function quoted(text: string): string {
  return /[;"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A person with number `n`, as billing writes it. */
export function person(n: number, more: Texts = {}): Texts {
  return {
    nr_klienta: String(100_000 + n).padStart(8, '0'),
    rodzaj: 'osoba',
    imie: 'Łucja',
    nazwisko: `Źdźbło${n}`,
    telefon: '58 681 02 46',
    email: `odbiorca${n}@example.org`,
    koresp_miejscowosc: 'Kartuzy',
    data_zmiany: '2026-10-01',
    ...more,
  };
}
