/** Codes of the database in the words of a letter. Letters are Polish, whatever language their maker's screen has. */
export const WORDS = {
  channel: {
    web: 'przez stronę internetową',
    paper: 'na papierze, w siedzibie przedsiębiorstwa',
    post: 'pocztą',
    email: 'e-mailem',
  },
  relation: { holder: 'osoba, z którą zawarto umowę', manager: 'zarządca', proxy: 'pełnomocnik' },
  via: {
    portal: 'wniosek złożony przez IBOK',
    letter: 'wniosek złożony pismem',
    in_person: 'wniosek złożony osobiście',
    contract_end: 'zakończenie umowy',
    death: 'śmierć właściciela konta',
  },
  identity: {
    portal: 'zalogowanie w IBOK',
    signature: 'podpis',
    identity_card: 'okazanie dokumentu tożsamości',
    pesel: 'zgodność numeru PESEL',
    nip: 'zgodność numeru NIP',
    death_notice: 'akt zgonu',
    contract: 'dane z umowy',
  },
  action: { delete: 'usunięto', clear: 'usunięto dane osobowe', keep: 'pozostaje' },
  basis: {
    accountability: 'rozliczalność (RODO, art. 5 ust. 2)',
    contract: 'umowa o zaopatrzenie w wodę i odprowadzanie ścieków',
    tax: 'przepisy podatkowe (Ordynacja podatkowa, art. 70 § 1)',
  },
  part: {
    sessions: 'Sesje w IBOK',
    credentials: 'Hasło (skrót)',
    tokens: 'Odnośniki jednorazowe',
    sign_ins: 'Historia logowań',
    preferences: 'Ustawienia konta',
    change_requests: 'Prośby o zmianę danych',
    blocks: 'Blokady konta',
    tasks: 'Zadania biura',
    mails: 'Wiadomości e-mail',
    documents: 'Dokumenty konta i wniosku',
    access: 'Powiązania z klientami',
    registrations: 'Wnioski o założenie konta',
    remarks: 'Uwagi we wniosku o usunięcie',
    account: 'Konto',
    trail: 'Wartości w dzienniku zmian',
    acceptances: 'Akceptacje Regulaminu',
    notices: 'Zawiadomienia o Regulaminie',
    consents: 'Zgody',
    requests: 'Wnioski o usunięcie',
    customers: 'Dane klienta',
    contracts: 'Umowy',
    invoices: 'Faktury',
  },
  result: { meets: 'wodomierz spełnia wymagania', fails: 'wodomierz nie spełnia wymagań' },
  act: { exchange: 'wymiana wodomierza', installation: 'montaż wodomierza', removal: 'demontaż wodomierza' },
  exchangeReason: {
    legalization: 'koniec ważności legalizacji',
    damage: 'uszkodzenie',
    frost: 'zamarznięcie',
    expertise: 'ekspertyza',
    request: 'wniosek odbiorcy',
    theft: 'kradzież',
    new_point: 'nowy punkt poboru',
    supply_ended: 'zakończenie dostaw',
    other: 'inny',
  },
  meterRole: { main: 'główny', sub: 'podlicznik', deduction: 'do odliczeń' },
  ownerKind: { utility: 'przedsiębiorstwo', customer: 'odbiorca' },
  sealKind: { plastic: 'plastikowa', lead: 'ołowiana', wire: 'drutowa', sticker: 'naklejka' },
  sealPlace: { counter: 'liczydło', coupling: 'śrubunek', module: 'moduł radiowy' },
  cost: { customer: 'odbiorca usług', utility: 'przedsiębiorstwo' },
  consequence: {
    meets:
      'Działanie wodomierza było prawidłowe, dlatego koszt ekspertyzy ponosi odbiorca, który jej zażądał. Dotychczasowe rozliczenia pozostają bez zmian.',
    meets_own:
      'Działanie wodomierza było prawidłowe. Ekspertyzę zleciło przedsiębiorstwo i ono ponosi jej koszt. Dotychczasowe rozliczenia pozostają bez zmian.',
    fails:
      'Działanie wodomierza było nieprawidłowe, dlatego koszt ekspertyzy ponosi przedsiębiorstwo. Ilość wody za czas nieprawidłowego działania ustalimy na nowo zgodnie z przepisami; o rozliczeniu zawiadomimy odrębnym pismem.',
  },
} as const;

/** The word for a code; a code that came later than this list stands for itself. */
export function wordFor(list: keyof typeof WORDS, code: string | null | undefined): string {
  const words: Readonly<Record<string, string>> = WORDS[list];
  return code ? (words[code] ?? code) : '—';
}

const MONTHS = [
  'stycznia',
  'lutego',
  'marca',
  'kwietnia',
  'maja',
  'czerwca',
  'lipca',
  'sierpnia',
  'września',
  'października',
  'listopada',
  'grudnia',
];

/** `2026-11-22` → 22 listopada 2026 r. Written out here: a newer ICU must not make other bytes of the same letter. */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year} r.`;
}

/** `2026-11-22` → 22.11.2026 */
export function shortDay(day: string): string {
  return day.split('-').reverse().join('.');
}

/** Grosze → 1 433,99 zł */
export function zloty(grosze: string): string {
  const value = BigInt(grosze);
  const whole = String(value / 100n).replace(/\B(?=(\d{3})+$)/g, ' ');
  return `${whole},${String(value % 100n).padStart(2, '0')} zł`;
}
