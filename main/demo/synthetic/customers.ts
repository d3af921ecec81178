import { addMonths, type Day, isoDay } from './calendar';
import { syntheticNip, syntheticNrb, syntheticPesel, syntheticRegon } from './identifiers';
import { type OrganisationKind, organisationName } from './organisations';
import { type PersonName, personName } from './people';
import type { Address } from './places';
import type { Random } from './random';
import type { CustomerRow } from './rows';

/** Customer numbers are text: six digits with their leading zeros. */
const NUMBER_LENGTH = 6;

/** A private customer who lives at the address. Some lack PESEL, phone or e-mail, as in every old register. */
export function personCustomer(
  random: Random,
  id: number,
  today: Day,
  address: Address,
  name = personName(random),
): CustomerRow {
  const born = isoDay(addMonths(today, -12 * random.int(24, 91)) - random.int(0, 364));
  return {
    ...blankCustomer(random, id, today),
    kind: 'person',
    firstName: name.firstName,
    lastName: name.lastName,
    nip: random.chance(0.04) ? syntheticNip(random) : null,
    pesel: random.chance(0.88) ? syntheticPesel(random, born, name.female) : null,
    bankAccount: random.chance(0.6) ? syntheticNrb(id) : null,
    ...contact(random, id, mailName(name)),
    ...postal(random, address),
    deceasedOn: random.chance(0.015) ? isoDay(today - random.int(5, 700)) : null,
  };
}

export function organisationCustomer(
  random: Random,
  id: number,
  today: Day,
  address: Address,
  kind: OrganisationKind,
): CustomerRow {
  const boss = personName(random).lastName;
  return {
    ...blankCustomer(random, id, today),
    kind: 'company',
    companyName: organisationName(random, kind, address, boss),
    nip: random.chance(0.97) ? syntheticNip(random) : null,
    regon: random.chance(0.92) ? syntheticRegon(random, random.chance(0.06)) : null,
    bankAccount: random.chance(0.8) ? syntheticNrb(id) : null,
    ...contact(random, id, kind === 'company' ? 'biuro' : 'sekretariat'),
    ...postal(random, address),
  };
}

function blankCustomer(random: Random, id: number, today: Day): CustomerRow {
  return {
    id,
    customerNo: String(id).padStart(NUMBER_LENGTH, '0'),
    kind: 'person',
    firstName: '',
    lastName: '',
    companyName: '',
    nip: null,
    regon: null,
    pesel: null,
    bankAccount: null,
    phone: null,
    phoneAlt: null,
    email: null,
    emailAlt: null,
    postalStreet: null,
    postalHouseNo: null,
    postalFlatNo: null,
    postalCode: null,
    postalCity: null,
    deceasedOn: null,
    vip: random.chance(0.004),
    ...officeFields(id),
    sourceUpdatedOn: isoDay(today - random.int(1, 400)),
  };
}

/** What the office has noted itself over the years: by the number, so that nothing else of the data depends on it. */
function officeFields(id: number): Pick<CustomerRow, 'preferredContact' | 'officeNote'> {
  const place = (id * 7919) % 1000;
  return {
    preferredContact: place < 380 ? (WAYS[place % WAYS.length] ?? null) : null,
    officeNote: place % 41 === 0 ? (NOTES[id % NOTES.length] ?? null) : null,
  };
}

const WAYS = ['phone', 'phone', 'email', 'email', 'letter', 'visit'] as const;
const NOTES = [
  'Prosi o telefon po godz. 16',
  'Klucz do studzienki u sąsiada pod nr 3',
  'Pies na posesji – przed wizytą zadzwonić',
  'Faktury odbiera osobiście w biurze',
  'Wizyty najlepiej przed południem',
  'Wodomierz w piwnicy, wejście od podwórza',
  'Sprawy prowadzi córka (pełnomocnictwo w aktach)',
] as const;

type Contact = Pick<CustomerRow, 'phone' | 'phoneAlt' | 'email' | 'emailAlt'>;

function contact(random: Random, id: number, mailbox: string): Contact {
  const domain = random.pick(['example.com', 'example.org', 'example.net']);
  return {
    phone: random.chance(0.87) ? phone(random) : null,
    phoneAlt: random.chance(0.12) ? phone(random) : null,
    email: random.chance(0.62) ? `${mailbox}${id}@${domain}` : null,
    emailAlt: random.chance(0.04) ? `${mailbox}.${id}@poczta.example.org` : null,
  };
}

/** Numbers as clerks typed them over the years: with and without the country, spaces or hyphens. */
function phone(random: Random): string {
  if (random.chance(0.2)) return `+48 58 68${random.int(1, 6)} ${random.digits(2)} ${random.digits(2)}`;
  const [network, middle, end] = [random.pick(MOBILE), random.digits(3), random.digits(3)];
  return random.weighted([
    [`+48 ${network} ${middle} ${end}`, 6],
    [`${network} ${middle} ${end}`, 2],
    [`${network}-${middle}-${end}`, 1],
    [`${network}${middle}${end}`, 1],
  ]);
}

const MOBILE = ['500', '512', '531', '601', '604', '662', '698', '723', '792', '880'] as const;

function mailName(name: PersonName): string {
  return `${name.firstName.charAt(0)}.${name.lastName}`
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFD')
    .replace(/[^a-z.-]/g, '')
    .slice(0, 40);
}

/** One customer in eight gets letters elsewhere than at the supplied address. */
function postal(random: Random, address: Address): Partial<CustomerRow> {
  if (!random.chance(0.12)) return {};
  const [postalCity, postalCode, postalStreet] = random.pick(ELSEWHERE);
  if (random.chance(0.1)) {
    return {
      postalCity: address.city,
      postalCode: address.postalCode,
      postalHouseNo: `skr. poczt. ${random.int(1, 90)}`,
    };
  }
  return {
    postalCity,
    postalCode,
    postalStreet,
    postalHouseNo: String(random.int(1, 120)),
    postalFlatNo: random.chance(0.7) ? String(random.int(1, 60)) : null,
  };
}

const ELSEWHERE = [
  ['Gdańsk', '80-180', 'ul. Kartuska'],
  ['Gdynia', '81-366', 'ul. Świętojańska'],
  ['Sopot', '81-704', 'ul. Bohaterów Monte Cassino'],
  ['Żukowo', '83-330', 'ul. Gdyńska'],
  ['Kościerzyna', '83-400', 'ul. Długa'],
  ['Bydgoszcz', '85-001', 'ul. Królowej Jadwigi'],
  ['Warszawa', '00-950', 'al. Jerozolimskie'],
  ['Łódź', '90-001', 'ul. Piotrkowska'],
] as const;
