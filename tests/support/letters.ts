import type { LetterFacts } from '../../main/modules/letters/letters.facts';
import type { LetterKind } from '../../shared/contract/letters';

/** Every sign that a Polish letter may need and a typeface may lack. */
export const SIGNS = 'ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż „Sitno” – — 3,50 € § 12 № 7 ½ m³ CO₂';

const LETTERHEAD: LetterFacts['letterhead'] = {
  name: 'Wodociągi Próbne Sp. z o.o.',
  lines: ['ul. Źródlana 4', '83-300 Kartuzy'],
  phone: '58 600 00 00',
  email: 'biuro@example.com',
  website: 'www.example.com',
  registerLine: 'Sąd Rejonowy, KRS 0000000000, NIP 000-00-00-000, kapitał zakładowy 8 696 000,00 zł',
  privacyEmail: 'iod@example.com',
};

const DETAILS: Partial<Record<LetterKind, LetterFacts['details']>> = {
  application_copy: {
    channel: 'paper',
    email: 'zofia.zuk@example.com',
    phone: '600100200',
    relation: 'holder',
    customerNo: '000123',
    invoiceNo: 'F/4',
    invoiceGross: '143399',
    originalPlace: 'segregator 3',
    dueTo: '2026-12-01',
    regulations: '2024-07-17',
    clauses: [
      { title: 'Regulamin', body: 'Akceptuję Regulamin IBOK.', given: true },
      { title: 'E-faktura', body: 'Wyrażam zgodę na e-faktury.', given: false },
    ],
  },
  deletion_protocol: {
    via: 'portal',
    identity: 'portal',
    dueOn: '2026-12-01',
    forwardedBy: 'Anna Klerk',
    approvedBy: 'Barbara Starsza',
    plan: [
      { part: 'sessions', action: 'delete', basis: null, count: 2 },
      { part: 'invoices', action: 'keep', basis: 'tax', count: 3, until: '2032-12-31' },
    ],
  },
  exchange_protocol: {
    reason: 'legalization',
    note: 'Zawór za wodomierzem nieszczelny.',
    customerNo: '000123',
    pointPlace: 'piwnica',
    doneBy: 'Tomasz Technik',
    old: {
      meterId: '1000000000001',
      factoryNo: 'AP21-004711',
      type: 'Apator Smart C+',
      dn: 20,
      q3: '4.00',
      role: 'main',
      place: 'piwnica, za wodomierzem zawór',
      ownerKind: 'utility',
      installedOn: '2021-11-03',
      opening: '0.000',
      final: '398.000',
      mark: 'M21',
      validUntil: '2026-11-30',
    },
    new: {
      meterId: '1000000000002',
      factoryNo: 'AP26-000815',
      type: 'Apator Smart C+',
      dn: 20,
      q3: '4.00',
      role: 'main',
      place: 'piwnica',
      ownerKind: 'utility',
      installedOn: '2026-11-22',
      opening: '1.000',
      final: null,
      mark: 'M26',
      validUntil: '2031-11-30',
    },
    previous: { value: '350.000', readOn: '2026-10-01' },
    used: '48.000',
    sealsOff: [{ sealNo: 'KP-017', kind: 'lead', place: 'coupling' }],
    sealsOn: [
      { sealNo: 'KP-100', kind: 'plastic', place: 'coupling' },
      { sealNo: 'KP-101', kind: 'sticker', place: 'module' },
    ],
  },
};

/** Facts of a letter as the database gives them, with made-up people. */
export function letterFacts(kind: LetterKind, more: Partial<LetterFacts> = {}): LetterFacts {
  const nobody = kind === 'deletion_protocol';
  return {
    kind,
    record: nobody ? 'deletion_requests:4' : 'registrations:12',
    madeAt: '2026-11-22T12:00:00Z',
    today: '2026-11-22',
    reference: 'IBOK/W-000012/2026',
    name: nobody ? null : 'Zofia Żuk',
    address: nobody
      ? null
      : { street: 'Mściwoja II', houseNo: '4', flatNo: '7', postalCode: '83-300', city: 'Kartuzy' },
    template: { subject: `Pismo próbne: ${kind}`, body: `Szanowni Państwo,\n\n${SIGNS}\n\nZ poważaniem` },
    fields: {},
    details: DETAILS[kind] ?? {},
    letterhead: LETTERHEAD,
    ...more,
  };
}
