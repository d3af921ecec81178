import type { Random } from './random';

/** A locality of the municipality of Kartuzy or next to it; a village without streets has none. */
interface Locality {
  city: string;
  postalCode: string;
  district: string;
  /** Share of the office's sites. */
  weight: number;
  streets: readonly string[];
  /** Whether most of its houses stand on the sewer. */
  sewer: boolean;
}

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split(',')
    .map((name) => name.trim());

const KARTUZY = lines(`
  ul. 3 Maja, ul. Bielińskiego, ul. Bilikiewicza, ul. Bursztynowa, ul. Chmieleńska, ul. Ceynowy, ul. Derdowskiego,
  ul. Dworcowa, ul. Działkowa, ul. Dzikowskiego, ul. Gdańska, ul. Gryfa Pomorskiego, ul. Hallera, ul. Jeziorna,
  ul. Kaszubska, ul. Klasztorna, ul. Klonowa, ul. Kolejowa, ul. Kościerska, ul. Kościuszki, ul. Krótka, ul. Krzywa,
  ul. Leśna, ul. Ludowego Wojska Polskiego, ul. Majkowskiego, ul. Mestwina, ul. Mickiewicza, ul. Mściwoja II, ul. Nad Strugą,
  ul. Okopowa, ul. Parkowa, ul. Piłsudskiego, ul. Pogodna, ul. Polna, ul. Prokowska, ul. Przemysłowa, ul. Przy Rzeźni,
  Rynek, ul. Sambora, ul. Sędzickiego, ul. Sikorskiego, ul. Słoneczna, ul. Sobieskiego, ul. Szkolna, ul. Szpitalna,
  ul. Świętopełka, ul. Topolowa, al. Wolności, ul. Węglowa, ul. Wybickiego, ul. Wzgórze Wolności, ul. Zamkowa, ul. Zielona,
  os. Wybickiego, ul. Żwirowa, ul. Księdza Kanonika Bernarda Sychty i Towarzyszy Remusowych Wędrówek
`);

const village = (city: string, postalCode: string, weight: number, streets = '', sewer = false): Locality => ({
  city,
  postalCode,
  district: 'Gmina wiejska',
  weight,
  streets: streets ? lines(streets) : [],
  sewer,
});

const LOCALITIES: readonly Locality[] = [
  { city: 'Kartuzy', postalCode: '83-300', district: 'Kartuzy', weight: 46, streets: KARTUZY, sewer: true },
  village('Grzybno', '83-300', 6, 'ul. Kaszubska, ul. Słoneczna, ul. Wodna, ul. Ogrodowa, ul. Sosnowa', true),
  village('Dzierżążno', '83-332', 6, 'ul. Szkolna, ul. Kartuska, ul. Wczasowa, ul. Leśna, ul. Jeziorna', true),
  village('Kiełpino', '83-307', 6, 'ul. Szkolna, ul. Osiedlowa, ul. Łąkowa, ul. Rzemieślnicza', true),
  village('Prokowo', '83-300', 3, 'ul. Zwycięstwa, ul. Wiejska, ul. Brzozowa', true),
  village('Łapalice', '83-300', 3, 'ul. Kartuska, ul. Jeziorna, ul. Zamkowa'),
  village('Mirachowo', '83-328', 2, 'ul. Kasztelańska, ul. Leśna'),
  village('Brodnica Górna', '83-324', 2, 'ul. Księdza Rotty, ul. Długa'),
  village('Pomieczyno', '83-305', 2, 'ul. Szkolna, ul. Kościelna'),
  village('Sianowo', '83-328', 2),
  village('Staniszewo', '83-328', 2),
  village('Ręboszewo', '83-300', 2),
  village('Borowo', '83-332', 2, 'ul. Bukowa, ul. Gdańska'),
  village('Kosy', '83-300', 1),
  village('Smętowo Chmieleńskie', '83-303', 1),
  village('Sitno', '83-330', 1),
  village('Nowa Huta', '83-300', 1),
  village('Kolonia', '83-300', 1),
  village('Mezowo', '83-300', 1),
  village('Kaliska', '83-300', 1),
  village('Głusino', '83-328', 1),
  village('Bącz', '83-328', 1),
  village('Pomieczyńska Huta', '83-305', 1),
  village('Sianowska Huta', '83-328', 1),
  village('Stara Huta', '83-328', 1),
  village('Ucisko', '83-332', 1),
  village('Goręczyno', '83-311', 1),
  village('Kczewo', '83-330', 1),
];

const WEIGHTED = LOCALITIES.map((locality) => [locality, locality.weight] as const);

export interface Address {
  city: string;
  street: string | null;
  houseNo: string;
  postalCode: string;
  district: string;
  route: string;
  sewer: boolean;
}

/** Gives out addresses, each once: a street's numbers rise, with gaps and an occasional letter as on real streets. */
export class AddressBook {
  readonly #lastNumber = new Map<string, number>();

  /** @param inTown asks for an address in the town of Kartuzy. */
  next(random: Random, inTown = false): Address {
    const locality = inTown ? KARTUZY_TOWN : random.weighted(WEIGHTED);
    const place = locality.streets.length === 0 ? 0 : random.int(0, locality.streets.length - 1);
    const street = locality.streets[place] ?? null;
    const key = `${locality.city}/${street}`;
    const number = (this.#lastNumber.get(key) ?? 0) + random.weighted(STEPS);
    this.#lastNumber.set(key, number);
    const order = LOCALITIES.indexOf(locality);
    return {
      city: locality.city,
      street,
      houseNo: `${number}${random.chance(0.07) ? random.pick(['A', 'B', 'C']) : ''}`,
      postalCode: locality.postalCode,
      district: order === 0 ? `Kartuzy ${QUARTERS[place % QUARTERS.length]}` : locality.district,
      route: `${order === 0 ? 'K' : 'W'}-${String(order === 0 ? 1 + (place % 16) : order).padStart(2, '0')}`,
      sewer: random.chance(locality.sewer ? 0.93 : 0.12),
    };
  }
}

const [KARTUZY_TOWN] = LOCALITIES as readonly [Locality];
const QUARTERS = ['Centrum', 'Północ', 'Wschód', 'Zachód'] as const;
const STEPS = [
  [1, 6],
  [2, 3],
  [3, 1],
] as const;
