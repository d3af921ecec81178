import { drawBlock } from './blocks';
import type { Faces } from './fonts';
import type { Letter } from './letter';
import { MARGIN, MM, PAGE, Sheets, type Style, TEXT_WIDTH } from './sheets';
import { Volume } from './volume';

const NAME: Style = { size: 11.5, leading: 15, weight: 'bold' };
const CONTACT: Style = { size: 8.5, leading: 12, grey: true };
const ADDRESS: Style = { size: 10.5, leading: 14 };
/** For an address of more lines than the window has room for at the usual size. */
const LONG_ADDRESS: Style = { size: 8.5, leading: 11 };
const ASIDE: Style = { size: 10, leading: 14 };
const ASIDE_LABEL: Style = { size: 8.5, leading: 12, grey: true };
const SUBJECT: Style = { size: 12, leading: 17, weight: 'bold' };
const SMALL: Style = { size: 7.5, leading: 10, grey: true };

/** Window of a DL envelope by DIN 5008, form B: 85 × 45 mm, 45 mm below the sheet's upper edge. */
const WINDOW = { top: 48 * MM, width: 80 * MM, height: 42 * MM };
const ASIDE_LEFT = 118 * MM;
const BODY_TOP = 103 * MM;
const NOBODY_TOP = 74 * MM;

/**
 * Draws a letter on A4. The same letter gives the same bytes, on any machine. Fonts are embedded by the letters that
 * are used; `whole` embeds them all (what a picture of the subset is compared with). Throws NoGlyph.
 */
export async function drawLetter(
  letter: Letter,
  faces: Faces,
  fonts: 'subset' | 'whole' = 'subset',
): Promise<Uint8Array> {
  const volume = await Volume.open(faces, fonts);
  addLetter(volume, letter);
  return volume.close({ title: letter.subject, author: letter.letterhead.name, madeAt: letter.madeAt });
}

/** Draws a letter, with page numbers of its own, at the end of a document. Throws NoGlyph, and leaves nothing then. */
export function addLetter(volume: Volume, letter: Letter): void {
  const sheets = new Sheets(volume);
  drawHead(sheets, letter);
  for (const block of letter.blocks) drawBlock(sheets, block);
  drawMargins(sheets, letter);
  sheets.bind();
}

/** Letterhead, address in the window, place and date, reference, subject. */
function drawHead(sheets: Sheets, { letterhead, recipient, placeAndDate, reference, subject }: Letter): void {
  const left = MARGIN.left;
  let top = 14 * MM;
  const name = sheets.lines(letterhead.name, TEXT_WIDTH, NAME);
  sheets.put(name, { left, top }, NAME);
  top += name.length * NAME.leading + 1;
  const { lines, phone, email, website } = letterhead;
  const contact = sheets.lines([...lines, `tel. ${phone}`, email, website].join('  ·  '), TEXT_WIDTH, CONTACT);
  sheets.put(contact, { left, top }, CONTACT);
  top += contact.length * CONTACT.leading + 5;
  sheets.rule(left, top, TEXT_WIDTH);

  const aside = PAGE.width - MARGIN.right - ASIDE_LEFT;
  const dated = sheets.lines(placeAndDate, aside, ASIDE);
  let asideTop = Math.max(WINDOW.top, top + 6);
  sheets.put(dated, { left: ASIDE_LEFT, top: asideTop }, ASIDE);
  asideTop += dated.length * ASIDE.leading + 6;
  sheets.put(['Nasz znak'], { left: ASIDE_LEFT, top: asideTop }, ASIDE_LABEL);
  asideTop += ASIDE_LABEL.leading;
  const signs = sheets.lines(reference, aside, ASIDE);
  sheets.put(signs, { left: ASIDE_LEFT, top: asideTop }, ASIDE);

  const addressBottom = drawAddress(sheets, recipient, Math.max(WINDOW.top, top + 6));
  const least = recipient.length > 0 ? BODY_TOP : NOBODY_TOP;
  sheets.top = Math.max(least, addressBottom + 8 * MM, asideTop + signs.length * ASIDE.leading + 8 * MM);
  const subjectLines = sheets.lines(subject, TEXT_WIDTH, SUBJECT);
  sheets.put(subjectLines, { left, top: sheets.top }, SUBJECT);
  sheets.top += subjectLines.length * SUBJECT.leading + 8;
}

/** The address; smaller where it would leave the window, and never cut. Answers where it ends. */
function drawAddress(sheets: Sheets, recipient: readonly string[], top: number): number {
  const set = (style: Style) => recipient.flatMap((line) => sheets.lines(line, WINDOW.width, style));
  const usual = set(ADDRESS);
  const fits = usual.length * ADDRESS.leading <= WINDOW.height;
  const [lines, style] = fits ? [usual, ADDRESS] : [set(LONG_ADDRESS), LONG_ADDRESS];
  sheets.put(lines, { left: MARGIN.left, top }, style);
  return top + lines.length * style.leading;
}

/** What stands at the edges of each page, once it is known how many there are. */
function drawMargins(sheets: Sheets, { letterhead, reference }: Letter): void {
  const { left } = MARGIN;
  const legal = sheets.lines(
    `${letterhead.registerLine}. Ochrona danych osobowych: ${letterhead.privacyEmail}`,
    TEXT_WIDTH,
    SMALL,
  );
  const count = sheets.pages.length;
  for (const [at, page] of sheets.pages.entries()) {
    if (at > 0) {
      sheets.put([`${reference}`], { left, top: 14 * MM, page }, SMALL);
      sheets.rule(left, 20 * MM, TEXT_WIDTH, page);
    }
    const top = PAGE.height - 25 * MM;
    sheets.rule(left, top, TEXT_WIDTH, page);
    sheets.put(legal, { left, top: top + 4, page }, SMALL);
    const number = [`Strona ${at + 1} z ${count}`];
    const numberTop = top + 4 + legal.length * SMALL.leading + 2;
    sheets.put(number, { left, top: numberTop, width: TEXT_WIDTH, align: 'right', page }, SMALL);
  }
}
