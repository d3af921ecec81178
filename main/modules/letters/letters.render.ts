import type { LetterKind } from '../../../shared/contract/letters';
import { renderMail } from '../../../shared/domain/mail-template';
import { AppError } from '../../core/errors';
import { type Block, type Letter, type Letterhead, NoGlyph } from '../../pdf/letter';
import { renderPdf } from '../../pdf/threads';
import { type ExchangeDetails, exchangeBlocks } from './exchange-protocol';
import type { ApplicationDetails, LetterFacts, ProtocolDetails } from './letters.facts';
import { longDay, shortDay, wordFor, zloty } from './letters.words';

/**
 * Draws a letter as PDF in a thread of its own: the same facts and letterhead give the same bytes, in any process.
 * Throws LETTER_CHARACTER for a text with a character the typeface cannot draw.
 */
export async function renderLetter(kind: LetterKind, facts: LetterFacts, letterhead: Letterhead): Promise<Uint8Array> {
  try {
    return await renderPdf(composeLetter(kind, facts, letterhead));
  } catch (error) {
    if (error instanceof NoGlyph) throw new AppError('LETTER_CHARACTER', { character: error.character });
    throw error;
  }
}

/** What stands on the paper, part by part. */
export function composeLetter(kind: LetterKind, facts: LetterFacts, letterhead: Letterhead): Letter {
  const { subject, text } = renderMail(facts.template, fieldsInWords(facts.fields));
  const body = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph): Block => ({ is: 'text', text: paragraph }));
  return {
    letterhead,
    recipient: recipientOf(facts),
    placeAndDate: placeAndDate(letterhead, facts.today),
    reference: facts.reference,
    subject,
    blocks: [...body, ...APPENDED[kind](facts)],
    madeAt: facts.madeAt,
  };
}

const SIGNATURE: Block = { is: 'signature', label: 'podpis osoby upoważnionej' };

/** What follows the text of each kind. */
const APPENDED: Record<LetterKind, (facts: LetterFacts) => Block[]> = {
  activation: () => [SIGNATURE],
  refusal: () => [SIGNATURE],
  regulations_confirmation: () => [SIGNATURE],
  exchange_protocol: (facts) => exchangeBlocks(facts.details as ExchangeDetails, namedRecipient(facts)),
  expertise_result: () => [SIGNATURE],
  application_copy: ({ details, name, address }) => [
    ...applicationBlocks(details as ApplicationDetails, name, addressLines(address)),
    { is: 'signature', label: 'za zgodność z wnioskiem: data i podpis osoby przyjmującej' },
  ],
  deletion_protocol: ({ details }) => [
    ...protocolBlocks(details as ProtocolDetails),
    { is: 'signature', label: 'podpis osoby sporządzającej protokół' },
  ],
};

function fieldsInWords(fields: LetterFacts['fields']): Record<string, string> {
  const words = { ...fields };
  for (const name of ['channel', 'result', 'cost', 'consequence', 'act'] as const) {
    if (fields[name]) words[name] = wordFor(name, fields[name]);
  }
  return words;
}

/** A protocol is signed where it is written and goes into no envelope. */
function recipientOf(facts: LetterFacts): string[] {
  return facts.kind === 'exchange_protocol' ? [] : namedRecipient(facts);
}

function namedRecipient({ name, address }: LetterFacts): string[] {
  return name ? [name, ...addressLines(address)] : [];
}

/** Street and number, then postal code and place; without a street the number stands with the place. */
export function addressLines(address: LetterFacts['address']): string[] {
  if (!address) return [];
  const { street, houseNo, flatNo, postalCode, city } = address;
  const number = [houseNo, flatNo].filter(Boolean).join('/');
  const first = [street || city, number].filter(Boolean).join(' ');
  return [first, [postalCode, city].filter(Boolean).join(' ')].filter((line) => line !== '');
}

/** „Kartuzy, 22 listopada 2026 r.”: the place is the last line of the office's address without the postal code. */
export function placeAndDate({ lines }: Letterhead, day: string): string {
  return `${(lines.at(-1) ?? '').replace(/^\d{2}-\d{3}\s+/, '')}, ${longDay(day)}`;
}

function applicationBlocks(details: ApplicationDetails, name: string | null, address: string[]): Block[] {
  const { channel, email, phone, relation, customerNo, invoiceNo, invoiceGross, originalPlace, dueTo, regulations } =
    details;
  const rows: [string, string | null][] = [
    ['Sposób złożenia', wordFor('channel', channel)],
    ['Imię i nazwisko', name],
    ['Adres', address.join(', ')],
    ['E-mail', email],
    ['Telefon', phone],
    ['Występuje jako', wordFor('relation', relation)],
    ['Numer klienta', customerNo],
    ['Numer faktury', invoiceNo],
    ['Kwota brutto faktury', invoiceGross && zloty(invoiceGross)],
    ['Wersja Regulaminu', regulations],
    ['Oryginał przechowywany', originalPlace],
    ['Termin rozpatrzenia', shortDay(dueTo)],
  ];
  return [
    { is: 'heading', text: 'Dane wniosku' },
    { is: 'pairs', rows: rows.map(([label, value]): [string, string] => [label, value || '—']) },
    { is: 'heading', text: 'Oświadczenia' },
    {
      is: 'table',
      columns: [
        { title: 'Treść', share: 6 },
        { title: 'Złożone', share: 1 },
      ],
      rows: details.clauses.map(({ body, given }) => [body, given ? 'tak' : 'nie']),
    },
  ];
}

function protocolBlocks({ via, identity, dueOn, plan, forwardedBy, approvedBy }: ProtocolDetails): Block[] {
  const done = plan.filter(({ action }) => action !== 'keep');
  const kept = plan.filter(({ action, count }) => action === 'keep' && count > 0);
  return [
    {
      is: 'pairs',
      rows: [
        ['Podstawa', wordFor('via', via)],
        ['Tożsamość potwierdzono', wordFor('identity', identity)],
        ['Termin wykonania', shortDay(dueOn)],
        ['Sprawdzenie i przekazanie', forwardedBy ?? '—'],
        ['Zatwierdzenie', approvedBy ?? '—'],
      ],
    },
    { is: 'heading', text: 'Usunięte' },
    {
      is: 'table',
      columns: [
        { title: 'Dane', share: 4 },
        { title: 'Czynność', share: 3 },
        { title: 'Liczba', share: 1, align: 'right' },
      ],
      rows: done.map(({ part, action, count }) => [wordFor('part', part), wordFor('action', action), String(count)]),
    },
    { is: 'heading', text: 'Pozostające z mocy prawa' },
    {
      is: 'table',
      columns: [
        { title: 'Dane', share: 3 },
        { title: 'Podstawa', share: 5 },
        { title: 'Do dnia', share: 2 },
        { title: 'Liczba', share: 1, align: 'right' },
      ],
      rows: kept.map(({ part, basis, until, count }) => [
        wordFor('part', part),
        wordFor('basis', basis),
        until ? shortDay(until) : 'przez czas umowy',
        String(count),
      ]),
    },
  ];
}
