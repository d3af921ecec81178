/** What a function of the portal was refused with. */
interface Refusal {
  code?: string;
  constraint?: string;
  column?: string;
  message?: string;
}

const BY_CONSTRAINT: Readonly<Record<string, string>> = {
  registrations_pesel: 'Numer PESEL jest błędny.',
  registrations_nip: 'Numer NIP jest błędny.',
  registrations_too_many: 'Na ten adres e-mail czeka już pięć wniosków. Poczekaj na ich rozpatrzenie.',
  email_form: 'To nie jest jeden adres e-mail.',
  phone_form: 'To nie jest numer telefonu.',
  postal_code_form: 'Kod pocztowy ma postać 83-300.',
  line_clean: 'Tekst zawiera niedozwolone znaki.',
  line_length: 'Tekst jest za długi.',
};

const BY_SQLSTATE: Readonly<Record<string, string>> = {
  IB002: 'Nie znaleziono.',
  IB004: 'Formularz jest niekompletny albo zawiera błędną wartość.',
  IB005: 'Ten formularz został już wysłany z innymi danymi. Otwórz go ponownie.',
  IB006: 'Tego nie można teraz zrobić.',
  IB011: 'Ten odnośnik został już użyty.',
  IB012: 'Ten odnośnik wygasł. O nowy poproś w Biurze Obsługi Klienta.',
  IB013: 'Ten odnośnik został zastąpiony nowszym. Użyj ostatniej wiadomości.',
};

/** A refusal of the database as a customer reads it; throws what is no refusal. */
export function sentenceOf(error: unknown): string {
  const { code = '', constraint = '' } = (error ?? {}) as Refusal;
  const sentence = BY_CONSTRAINT[constraint] ?? BY_SQLSTATE[code] ?? (code === '23514' ? BY_SQLSTATE.IB004 : undefined);
  if (sentence === undefined) throw error;
  return sentence;
}
