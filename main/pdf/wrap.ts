/** Conjunctions and prepositions of one letter do not stay behind at the end of a Polish line. */
const SHORT_WORD = /(?<=^|[\s(„])([aiouwzAIOUWZ]) (?=\S)/g;
/** Groups of a number's digits, and a number and its unit, stay together. */
const WITHIN_NUMBER = /(?<=\d) (?=\d{3}(?!\d)|zł|m³|€|r\.)/g;
const NO_BREAK = '\u00a0';

/**
 * Breaks a text into lines no wider than `room`; its own line ends stay. A word wider than a line is broken inside.
 * `widthOf` measures a text. Lines bear plain spaces only, so that they can be searched for as they were typed.
 */
export function wrap(text: string, room: number, widthOf: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, room, widthOf));
}

function wrapParagraph(paragraph: string, room: number, widthOf: (text: string) => number): string[] {
  const glued = paragraph.replace(SHORT_WORD, `$1${NO_BREAK}`).replace(WITHIN_NUMBER, NO_BREAK);
  const lines: string[] = [];
  const space = widthOf(' ');
  let line = '';
  let taken = 0;
  for (const word of glued.split(/[ \t]+/).filter((part) => part !== '')) {
    let rest = word.replaceAll(NO_BREAK, ' ');
    let width = widthOf(rest);
    if (line !== '' && taken + space + width > room) {
      lines.push(line);
      line = '';
      taken = 0;
    }
    while (line === '' && width > room) {
      const head = headOf(rest, room, widthOf);
      lines.push(head);
      rest = rest.slice(head.length);
      width = widthOf(rest);
    }
    taken += width + (line === '' ? 0 : space);
    line = line === '' ? rest : `${line} ${rest}`;
  }
  return [...lines, line];
}

/** As many characters from the beginning as fit, one at least. */
function headOf(word: string, room: number, widthOf: (text: string) => number): string {
  let head = '';
  let width = 0;
  for (const character of word) {
    width += widthOf(character);
    if (head !== '' && width > room) break;
    head += character;
  }
  return head;
}
