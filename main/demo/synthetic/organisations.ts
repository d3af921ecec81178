import type { Address } from './places';
import type { Random } from './random';

export type OrganisationKind = 'company' | 'community' | 'municipal';

const BRANCHES = [
  'Piekarnia',
  'Restauracja',
  'Zakład Stolarski',
  'Hotel',
  'Pensjonat',
  'Ośrodek Wypoczynkowy',
  'Gospodarstwo Ogrodnicze',
  'Masarnia',
  'Myjnia Samochodowa',
  'Zakład Fryzjerski',
  'Przychodnia Lekarska',
  'Hurtownia Budowlana',
  'Pralnia',
  'Tartak',
  'Przetwórnia Ryb',
  'Stacja Paliw',
  'Warsztat Samochodowy',
  'Apteka',
] as const;

const BRANDS = [
  '„Kaszubka”',
  '„Gryf”',
  '„Jezioranka”',
  '„Złota Góra”',
  '„Remus”',
  '„Pod Lipami”',
  '„Radunia”',
  '„Bursztyn”',
  '„Święto Truskawki”',
  '„Żuraw”',
  '„Ćwikła i Synowie”',
  '„Szwajcaria Kaszubska”',
  '„Łabędź”',
  '„Źródełko”',
  '„Stolem”',
  '„Pomerania”',
] as const;

const FORMS = [
  ['Sp. z o.o.', 5],
  ['s.c.', 3],
  ['Sp. j.', 2],
  ['S.A.', 1],
  ['Spółka z ograniczoną odpowiedzialnością Spółka komandytowa', 1],
] as const;

const MUNICIPAL = [
  'Szkoła Podstawowa nr',
  'Przedszkole Samorządowe nr',
  'Zespół Szkół Ogólnokształcących nr',
  'Ochotnicza Straż Pożarna jednostka nr',
  'Świetlica Wiejska nr',
  'Gminny Ośrodek Zdrowia nr',
  'Dom Pomocy Społecznej nr',
  'Zarząd Zasobów Komunalnych oddział',
] as const;

/** Whole long names; `*` stands for a surname. */
const LONG = [
  'Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe * i Wspólnicy Spółka z ograniczoną odpowiedzialnością Spółka komandytowa w restrukturyzacji',
  'Kaszubska Spółdzielnia Producentów Truskawki, Ziemniaka oraz Przetworów Owocowo-Warzywnych imienia Rodziny *',
  'Stowarzyszenie Miłośników Dziedzictwa Kulturowego i Przyrodniczego Szwajcarii Kaszubskiej „* i Przyjaciele”',
  'Zakład Instalacji Sanitarnych, Wodociągowych i Kanalizacyjnych oraz Usług Koparko-Ładowarką * Spółka jawna',
] as const;

/** A name that tells the kind of customer. Four in a hundred are 90 characters and longer, as real registers have them. */
export function organisationName(random: Random, kind: OrganisationKind, address: Address, surname: string): string {
  const place = address.street === null ? `${address.city} ${address.houseNo}` : `${address.street} ${address.houseNo}`;
  const overlong = random.chance(0.04);
  if (kind === 'community') {
    return overlong
      ? `Wspólnota Mieszkaniowa Nieruchomości położonej w miejscowości ${address.city}, ${place} wraz z garażami i terenem przyległym`
      : `Wspólnota Mieszkaniowa ${place}`;
  }
  if (kind === 'municipal') {
    return overlong
      ? `${random.pick(MUNICIPAL)} ${random.int(1, 12)} z Oddziałami Integracyjnymi imienia Aleksandra Majkowskiego w miejscowości ${address.city}`
      : `${random.pick(MUNICIPAL)} ${random.int(1, 12)} w miejscowości ${address.city}`;
  }
  if (overlong) return random.pick(LONG).replace('*', surname);
  const branch = random.pick(BRANCHES);
  if (random.chance(0.35)) return `${branch} ${surname}`;
  return `${branch} ${random.pick(BRANDS)} ${random.weighted(FORMS)}`;
}
