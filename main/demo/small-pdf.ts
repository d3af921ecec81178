/** First object of the pages; before them stand the catalogue, the list of pages and the typeface. */
const FIRST_PAGE = 4;

/**
 * A PDF of a few short lines a page, written by hand: what the demo office files as papers. The standard typeface it
 * names has no Polish letters, so lines must do without them.
 *
 * @param pages at least one.
 */
export function smallPdf(pages: readonly (readonly string[])[]): Buffer {
  const kids = pages.map((_, place) => `${FIRST_PAGE + 2 * place} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (pl-PL) >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, place) => pageObjects(lines, FIRST_PAGE + 2 * place + 1)),
  ];
  let text = '%PDF-1.7\n';
  const places: number[] = [];
  for (const [index, body] of objects.entries()) {
    places.push(text.length);
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  );
}

/** A page and what is drawn on it. */
function pageObjects(lines: readonly string[], contents: number): [page: string, contents: string] {
  const drawn = lines
    .map((line, place) => `BT /F1 ${place === 0 ? 20 : 12} Tf 72 ${760 - place * 28} Td (${line}) Tj ET`)
    .join('\n');
  return [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
  ];
}
