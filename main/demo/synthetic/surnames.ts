const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** The commonest surnames of the country, drawn more often than the rest. */
const FREQUENT = list(`
  Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski
  Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król
`);

/** Surnames of Kashubia and the coast. */
const KASHUBIAN = list(`
  Labuda Formela Hirsz Miotk Dampc Bronk Cyman Deyk Ellwart Falk Gosz Gruba Grzenkowicz Hinc Hewelt Jereczek Kąkol Klasa
  Klawikowski Konkel Koss Krefta Kreft Kuczkowski Kwidziński Lejk Literski Marszałkowski Maszota Melcer Mielewczyk Naczk
  Niklas Okrój Pelowski Penk Plichta Pobłocki Potrykus Pryczkowski Reclaf Reiter Richert Rolbiecki Rompca Skierka Stenka
  Stolc Sychta Szczypior Szlas Szreder Tandek Teclaf Treder Trepczyk Ustarbowski Wenta Wica Wejer Ziemann Zielke Zelewski
  Bigus Block Bobkowski Bojanowski Brzeski Choszcz Cieszyński Cybula Czapiewski Damaszk Dargacz Dułak Dzięcielski
  Ebertowski Engler Etmański Flisikowski Fularczyk Gafka Garski Gawin Gliniecki Goyke Groth Grucza Gruchała Grzonka Hallmann
  Hapka Hering Herman Jakusz Jaszczerski Jażdżewski Jelinski Kaszubowski Kitowski Klein Klinkosz Knut Kobiela Kolka Kostuch
  Kotłowski Krampa Kroll Krużycki Kulas Kulwikowski Langa Laska Leik Lemańczyk Leszk Lewna Lidzbarski Lubner Łącki Mach
  Malek Malinowski Mańkowski Markowski Megier Merchel Młyński Myszk Necel Neubauer Niedźwiecki Nastały Orlikowski Pałubicki
  Patok Paszylk Pepliński Petk Piastowski Pionk Piotrkowicz Płotka Pluto Prądzyński Recław Reszka Ropel Roszman Rutkowski
  Rybakowski Sikorski Selke Serkowski Skrzypkowski Skwiercz Smentoch Socha Sildatk Stankowski Stencel Stoltmann Syldatk
  Szulist Szutenberg Szymikowski Thiel Toruńczak Tusk Uzdrowski Walkusz Wandtke Warmowski Wirkus Wittbrodt Wolski Wróblewski
  Wyczk Zaborowski Zabrocki Zalewski Zblewski Zdrojewski Zimny Złoch Żelewski Żaczek
`);

const COMMON = list(`
  Adamczyk Andrzejewski Antczak Augustyniak Bąk Banach Baran Baranowski Bartczak Bednarek Białek Bielecki Błaszczyk
  Bogusz Borkowski Brzeziński Buczek Budzyński Cebula Chmielewski Chojnacki Cichocki Cieślak Czaja Czajkowski Czarnecki
  Czerwiński Ćwikła Ćwiek Ćwik Dąbek Dobrowolski Domański Dominiak Drozd Duda Dudek Dziedzic Dzięcioł Fijałkowski Filipek
  Florek Frankowski Gajewski Gałązka Gawlik Gąsior Głowacki Gołębiewski Górecki Górski Grochowski Gutowski Janicki Janik
  Jarosz Jasiński Jastrzębski Jaworski Jędrzejewski Jóźwiak Kaczor Kaczyński Kalinowski Kania Karczewski Karpiński Kasprzak
  Kędzierski Kłos Kołodziej Konieczny Kopeć Korzeniowski Kos Kosiński Kowalewski Kozak Kozieł Krajewski Kruk Krupa
  Krzemiński Kubiak Kucharski Kuczyński Kujawa Kulesza Kurek Kurowski Laskowski Leśniak Leśniewski Lipiński Lis Lisowski
  Łapiński Łaski Łoś Łuczak Łukasik Łukaszewski Maciejewski Madej Majchrzak Majewski Makowski Malec Małecki Marciniak
  Marczak Markiewicz Marzec Matuszewski Matysiak Michalak Mikołajczyk Milewski Misiak Morawski Mroczek Mróz Musiał Muszyński
  Napierała Niemiec Nowacki Nowakowski Nowicki Olszewski Orłowski Osiński Ostrowski Owczarek Pająk Paluch Panek Pasternak
  Pawlak Pawlik Pietrzak Piątek Pilarski Polak Popławski Przybylski Przybysz Ptak Pytel Rak Ratajczak Rogowski Rosiński
  Różański Różycki Rudnicki Rybak Rybicki Rzepka Sadowski Sawicki Sikora Skiba Skowroński Słowik Smoliński Sobczak Sobczyk
  Sobolewski Sokołowski Sosnowski Sowa Sowiński Stachowiak Stasiak Stefański Stępień Strzelecki Sypniewski Szczepański Szewczyk
  Szulc Szydłowski Szymczak Ślązak Śliwa Śliwiński Śmigielski Świątek Świderski Tomaszewski Tomczak Tomczyk Turek Urban
  Urbański Urbaniak Walczak Wasilewski Wawrzyniak Wesołowski Węgrzyn Wieczorek Wierzbicki Wilczek Wilk Winiarski Wrona
  Wysocki Zaremba Zawadzki Zięba Ziółkowski Źrebiec Źródlak Żak Żebrowski Żukowski Żuk Żurawski Żuchowski Żyła Żmuda
  Biały Cichy Czarny Dobry Łagodny Wesoły Zielony Grządziel Gżegżółka Szczęsny Chrząszcz Trzmiel Świerszcz Dżaman
`);

/** Double and overlong names, which layouts must bear. */
const RARE = [
  'Nowak-Łoś',
  'Żuk-Ćwikła',
  'Kowalski-Szczypior',
  'Źrebiec-Okrój',
  'von Krockow-Pobłocki',
  'Brzęczyszczykiewicz-Konstantynopolitańczykowski',
  'Jażdżewski-Prądzyński-Świętopełkowicz',
  'Wolfeschlegelsteinhausenbergerdorff',
  "O'Brien",
  'Müller',
  'Ševčenko',
];

export const SURNAME_GROUPS = [
  [FREQUENT, 24],
  [KASHUBIAN, 38],
  [COMMON, 36],
  [RARE, 2],
] as const satisfies readonly (readonly [readonly string[], number])[];

/** Adjectives have a feminine form, each part of a double name its own: Kowalski-Szczypior → Kowalska-Szczypior. */
export function feminine(surname: string): string {
  return surname
    .split('-')
    .map((part) =>
      part
        .replace(/(sk|ck|dzk)i$/, '$1a')
        .replace(/^(Biał|Cich|Czarn|Dobr|Łagodn|Wesoł|Zielon|Szczęsn|Zimn|Konieczn)y$/, '$1a'),
    )
    .join('-');
}
