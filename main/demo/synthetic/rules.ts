export interface RuleValue {
  key: string;
  value: number;
  validFrom: string;
  source: string;
}

const PRACTICE = 'Praktyka branżowa; wartość domyślna, do potwierdzenia przez KPWiK';
const READING = 'Wartość domyślna kontroli odczytów, do potwierdzenia przez KPWiK';

const rule = (key: string, value: number, validFrom: string, source: string): RuleValue => ({
  key,
  value,
  validFrom,
  source,
});

/** Deadlines, thresholds and retention an office starts with. Every one is dated, and every one can be replaced. */
export const RULE_VALUES: readonly RuleValue[] = [
  rule('registration.due_from_working_days', 3, '2024-07-17', 'Zasady rejestracji IBOK (kpwik.kartuzy.pl), pkt 4'),
  rule('registration.due_to_working_days', 7, '2024-07-17', 'Zasady rejestracji IBOK (kpwik.kartuzy.pl), pkt 4'),
  rule('deletion.working_days', 7, '2024-07-17', PRACTICE),
  rule('complaint.days', 14, '2023-01-01', 'Ustawa o prawach konsumenta, art. 7a'),
  rule('complaint.escalation_day', 10, '2023-01-01', PRACTICE),
  rule('complaint.expertise_days', 7, '2024-07-17', PRACTICE),
  rule('information.phone_days', 3, '2024-07-17', PRACTICE),
  rule('information.letter_days', 14, '2024-07-17', PRACTICE),
  rule('instalments.days', 14, '2024-07-17', PRACTICE),
  rule('refund.days', 14, '2024-07-17', PRACTICE),
  rule('gdpr.answer_months', 1, '2018-05-25', 'RODO, art. 12 ust. 3'),
  rule('gdpr.extension_months', 2, '2018-05-25', 'RODO, art. 12 ust. 3'),
  rule('gdpr.breach_hours', 72, '2018-05-25', 'RODO, art. 33 ust. 1'),
  rule('accessibility.days', 7, '2019-09-20', 'Ustawa o zapewnianiu dostępności osobom ze szczególnymi potrzebami'),
  rule(
    'accessibility.longest_months',
    2,
    '2019-09-20',
    'Ustawa o zapewnianiu dostępności osobom ze szczególnymi potrzebami',
  ),
  rule('outage.notice_days', 7, '2024-07-17', PRACTICE),
  rule('outage.replacement_point_hours', 8, '2024-07-17', PRACTICE),
  rule('cutoff.notice_days', 20, '2018-01-01', 'Ustawa o zbiorowym zaopatrzeniu w wodę, art. 8 ust. 2'),
  rule('cutoff.unpaid_periods', 2, '2018-01-01', 'Ustawa o zbiorowym zaopatrzeniu w wodę, art. 8 ust. 1'),
  rule('regulations.notice_days', 14, '2024-07-17', PRACTICE),
  rule('legalization.months', 60, '2019-05-01', 'Dz.U. 2019 poz. 759 i Dz.U. 2022 poz. 1179'),
  rule('retention.invoice_years', 6, '2018-05-25', 'Ordynacja podatkowa, art. 70 § 1: 31 grudnia roku faktury + 6 lat'),
  rule('retention.read_log_months', 12, '2024-07-17', 'Rejestr wglądów: 12 miesięcy'),
  rule('alarm.cards_per_day', 300, '2024-07-17', 'Próg alarmu dla IOD: otwarte karty klientów na osobę i dzień'),
  rule('approval.valid_days', 14, '2024-07-17', 'Zasada dwóch osób: wniosek wygasa'),
  rule('approval.fresh_login_hours', 24, '2024-07-17', 'Zasada dwóch osób: świeże konto nie zatwierdza'),
  rule('reading.high_factor', 2, '2024-07-17', READING),
  rule('reading.high_least_volume', 10, '2024-07-17', READING),
  rule('reading.control_factor', 4, '2024-07-17', READING),
  rule('reading.low_factor', 0.4, '2024-07-17', READING),
  rule('reading.low_least_volume', 5, '2024-07-17', READING),
  rule('reading.zero_days', 30, '2024-07-17', READING),
  rule('reading.estimates_in_a_row', 2, '2024-07-17', READING),
  rule('reading.months_without_control', 6, '2024-07-17', READING),
];
