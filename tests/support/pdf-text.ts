import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A run of text as it stands on a page; points, from the lower left corner. */
interface Run {
  text: string;
  left: number;
  right: number;
  bottom: number;
}

export interface ReadPdf {
  info: Record<string, unknown>;
  language: string | null;
  /** Per page: the text in the order it was drawn, a space between two lines. */
  pages: { text: string; runs: Run[] }[];
}

/** Reads a PDF back with pdf.js, as a search or a screen reader would. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false });
  const document = await task.promise;
  try {
    const metadata = await document.getMetadata();
    const pages = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const { items } = await (await document.getPage(number)).getTextContent();
      const runs = items.flatMap((item) =>
        'str' in item && item.str.trim() !== ''
          ? [
              {
                text: item.str,
                left: item.transform[4],
                right: item.transform[4] + item.width,
                bottom: item.transform[5],
              },
            ]
          : [],
      );
      pages.push({ text: runs.map(({ text }) => text).join(' '), runs });
    }
    const info = metadata.info as Record<string, unknown>;
    return { info, language: typeof info.Language === 'string' ? info.Language : null, pages };
  } finally {
    await task.destroy();
  }
}
