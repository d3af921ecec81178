import type { Random } from './random';
import { feminine, SURNAME_GROUPS } from './surnames';

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

const WOMEN = list(`
  Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Elżbieta Zofia Teresa Joanna Magdalena Monika Jadwiga
  Danuta Irena Halina Helena Beata Aleksandra Marta Dorota Janina Grażyna Jolanta Iwona Renata Bożena Urszula Natalia
  Karolina Paulina Sylwia Justyna Wanda Stanisława Genowefa Aneta Bogumiła Kazimiera Weronika Hanna Alicja Łucja Róża
  Gertruda Brygida Regina Gabriela Edyta Emilia Wioletta Żaneta Oliwia Julia Zuzanna Maja Lena Iga Celina Felicja Leokadia
  Otylia Adela Bernadeta Bogusława Cecylia Dominika Eryka
`);

const MEN = list(`
  Jan Andrzej Piotr Krzysztof Stanisław Tomasz Paweł Józef Marcin Marek Michał Grzegorz Jerzy Tadeusz Adam Łukasz Zbigniew
  Ryszard Dariusz Henryk Mariusz Kazimierz Wojciech Robert Mateusz Marian Rafał Jacek Janusz Mirosław Maciej Sławomir
  Jarosław Kamil Wiesław Roman Władysław Jakub Artur Zdzisław Edward Mieczysław Damian Dawid Przemysław Sebastian Czesław
  Leszek Daniel Waldemar Bartosz Świętopełk Mściwój Brunon Alojzy Augustyn Zygmunt Gerard Hubert Feliks Franciszek Ignacy
  Leon Bernard Edmund Eugeniusz Bogdan Żegota Benedykt Klemens
`);

export interface PersonName {
  female: boolean;
  firstName: string;
  lastName: string;
}

/** A name with the surname in the form of its bearer. One person in thirty has two first names. */
export function personName(random: Random, family = surname(random)): PersonName {
  const female = random.chance(0.46);
  const names = female ? WOMEN : MEN;
  const second = random.chance(0.033) ? ` ${random.pick(names)}` : '';
  return { female, firstName: random.pick(names) + second, lastName: female ? feminine(family) : family };
}

function surname(random: Random): string {
  return random.pick(random.weighted<readonly string[]>(SURNAME_GROUPS));
}

/** All surnames and first names the office draws from (tests count them). */
export const NAME_POOL = {
  surnames: [...new Set(SURNAME_GROUPS.flatMap(([names]) => names))],
  women: WOMEN,
  men: MEN,
};
