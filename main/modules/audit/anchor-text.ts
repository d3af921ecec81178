/** The head of the seals of one day, as it leaves the database. */
export interface AnchorText {
  /** ISO day of the office. */
  day: string;
  lastEvent: string;
  events: string;
  /** 64 hexadecimal digits. */
  head: string;
  /** UTC, ISO 8601. */
  anchoredAt: string;
}

/** The anchor as a file: JSON, so that a program can compare it, with a name that sorts by day. */
export function anchorFile({ day, lastEvent, events, head, anchoredAt }: AnchorText): { name: string; text: string } {
  const text = `${JSON.stringify({ kind: 'ibok-seal-anchor', day, lastEvent, events, head, anchoredAt }, null, 2)}\n`;
  return { name: `kotwica-${day}.json`, text };
}

/** The anchor as a mail to the `index`-th officer. Holds no personal data, so any mail server may carry it. */
export function anchorMail(anchor: AnchorText, index: number) {
  const { day, lastEvent, events, head } = anchor;
  const file = anchorFile(anchor);
  return {
    subject: `Kotwica dziennika IBOK z dnia ${day}`,
    messageId: `kotwica-${day}-${index + 1}-${head.slice(0, 16)}`,
    text: [
      `Dziennik zdarzeń IBOK zapieczętowano ${anchor.anchoredAt} (UTC).`,
      '',
      `Ostatnie zdarzenie: ${lastEvent}`,
      `Zdarzeń razem: ${events}`,
      `Skrót łańcucha pieczęci (SHA-256): ${head}`,
      '',
      'Proszę zachować tę wiadomość poza systemem. W razie wątpliwości wartości te można porównać z dziennikiem',
      'na ekranie Dziennik, zakładka Pieczęcie: inny skrót oznacza, że zapieczętowane zdarzenia zmieniono.',
    ].join('\n'),
    attachment: { name: file.name, content: file.text },
  };
}
