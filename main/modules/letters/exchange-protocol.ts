import { toCubicMetres, toLitres } from '../../../shared/domain/consumption';
import type { Block } from '../../pdf/letter';
import { shortDay, wordFor } from './letters.words';

/** One side of an exchange as it stands in the protocol: m³ as decimal text, days ISO. */
interface Side {
  meterId: string;
  factoryNo: string;
  type: string;
  dn: number;
  q3: string;
  role: string;
  place: string | null;
  ownerKind: string;
  installedOn: string;
  opening: string;
  final: string | null;
  mark: string | null;
  validUntil: string | null;
}

interface SealLine {
  sealNo: string;
  kind: string;
  place: string;
}

/** What the protocol of an exchange, a first installation or a removal says (ibok.exchange_letter_facts). */
export interface ExchangeDetails {
  reason: string;
  note: string | null;
  customerNo: string | null;
  pointPlace: string | null;
  doneBy: string;
  old: Side | null;
  new: Side | null;
  previous: { value: string; readOn: string } | null;
  used: string | null;
  sealsOff: SealLine[];
  sealsOn: SealLine[];
}

/** `48.000` → 48 m³ */
const volume = (value: string | null | undefined): string => (value ? `${plain(value)} m³` : '—');
const plain = (value: string): string => toCubicMetres(toLitres(value)).replace('.', ',');

/**
 * Both meters side by side, what was read of them, seals, and the lines on which technician and customer sign: one page, to be
 * signed on the spot. `recipient` is name and address of whoever is supplied there.
 */
export function exchangeBlocks(details: ExchangeDetails, recipient: readonly string[]): Block[] {
  const { old, new: fresh, note, customerNo, pointPlace, reason, doneBy } = details;
  const [name, ...address] = recipient;
  return [
    {
      is: 'pairs',
      rows: [
        ['Odbiorca', [name, customerNo && `nr klienta ${customerNo}`].filter(Boolean).join(', ') || '—'],
        ['Adres', address.join(', ') || '—'],
        ['Miejsce wodomierza', (fresh ?? old)?.place || pointPlace || '—'],
        ['Powód', wordFor('exchangeReason', reason)],
        ['Wykonał(a)', doneBy],
        ...(note ? [['Uwagi', note] as [string, string]] : []),
      ],
    },
    {
      is: 'table',
      columns: [
        { title: old && fresh ? 'Wodomierze' : 'Wodomierz', share: 3 },
        ...(old ? [{ title: 'Zdjęty', share: 4 }] : []),
        ...(fresh ? [{ title: 'Założony', share: 4 }] : []),
      ],
      rows: meterRows(details),
    },
    ...sealBlocks(details),
    { is: 'signature', label: 'podpis odbiorcy albo jego przedstawiciela', beside: 'podpis wykonującego czynność' },
  ];
}

/** What is known of each meter; what went through is the old one's alone. */
function meterRows({ old, new: fresh, previous, used }: ExchangeDetails): string[][] {
  const sides = [old, fresh].filter((side) => side !== null);
  const row = (label: string, of: (side: Side) => string): string[] => [label, ...sides.map(of)];
  const ofOld = (value: string) => (side: Side) => (side === old ? value : '—');
  return [
    row('Numer wodomierza', ({ meterId }) => meterId),
    row('Numer fabryczny', ({ factoryNo }) => factoryNo),
    row('Typ', ({ type, dn, q3 }) => `${type}, DN ${dn}, Q3 ${plain(q3)}`),
    row(
      'Rodzaj, właściciel',
      ({ role, ownerKind }) => `${wordFor('meterRole', role)}, ${wordFor('ownerKind', ownerKind)}`,
    ),
    row('Legalizacja', ({ mark, validUntil }) =>
      mark && validUntil ? `${mark}, ważna do ${shortDay(validUntil)}` : '—',
    ),
    ...(previous
      ? [row('Poprzedni odczyt', ofOld(`${volume(previous.value)} z dnia ${shortDay(previous.readOn)}`))]
      : []),
    row('Stan liczydła', (side) =>
      side === old ? `${volume(side.final)} (końcowy)` : `${volume(side.opening)} (początkowy)`,
    ),
    ...(previous ? [row('Zużycie do wymiany', ofOld(volume(used)))] : []),
  ];
}

function sealBlocks({ sealsOff, sealsOn }: ExchangeDetails): Block[] {
  const row = (what: string) => (seal: SealLine) => [
    what,
    seal.sealNo,
    wordFor('sealKind', seal.kind),
    wordFor('sealPlace', seal.place),
  ];
  const rows = [...sealsOff.map(row('zdjęta')), ...sealsOn.map(row('założona'))];
  if (rows.length === 0) return [];
  return [
    {
      is: 'table',
      columns: [
        { title: 'Plomby', share: 2 },
        { title: 'Numer', share: 3 },
        { title: 'Rodzaj', share: 3 },
        { title: 'Miejsce', share: 3 },
      ],
      rows,
    },
  ];
}
