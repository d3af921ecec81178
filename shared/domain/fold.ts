const ASCII = 'abcdefghijklmnopqrstuvwxyz';
const FROM = 'ąćęłńóśźżäöüßéèêëáàâãåčçďěíîïñňôõøřšťúùûýž';
const UPPER = 'ĄĆĘŁŃÓŚŹŻÄÖÜẞÉÈÊËÁÀÂÃÅČÇĎĚÍÎÏÑŇÔÕØŘŠŤÚÙÛÝŽ';
const TO = 'acelnoszzaouseeeeaaaaaccdeiiinnooorstuuuyz';
const LETTERS = new Map(
  [...(ASCII.toUpperCase() + FROM + UPPER)].map((letter, index) => [letter, (ASCII + TO + TO)[index] ?? '']),
);

/**
 * Folds text for search exactly as `ibok.fold` does in the database: Polish and common European letters to lower-case
 * ASCII, everything but letters and digits to single spaces. Listed letters, because `toLowerCase` follows Unicode
 * where the server follows its locale.
 */
export function foldText(text: string): string {
  let folded = '';
  for (const letter of text) folded += LETTERS.get(letter) ?? letter;
  return folded.replace(/[^0-9a-z]+/g, ' ').trim();
}

/** The distinct words of a folded text: each must stand at a word start of a hit. */
export function foldedWords(text: string): string[] {
  return [...new Set(foldText(text).split(' ').filter(Boolean))];
}

/** The last nine digits of a phone number, as `ibok.phone_key`. */
export function phoneKey(text: string): string {
  return text.replace(/[^0-9]/g, '').slice(-9);
}
