import { PDFDocument, PDFHexString, PDFName, type PDFOperator, PDFPageLeaf, type PDFRef } from 'pdf-lib';
import { embedFaces } from './embed';
import type { Faces, Weight } from './fonts';
import { type Fonts, PAGE, round } from './sheets';

/** What a file says of itself; `madeAt` (ISO 8601) is its date. */
export interface About {
  title: string;
  author?: string;
  madeAt: string;
}

/**
 * A document while it is drawn. All its pages share one dictionary of fonts, and each is compressed as soon as it is
 * bound: what was drawn of thousands of pages would fill the memory otherwise.
 */
export class Volume {
  private readonly resources: PDFRef;
  /** Glyphs met so far, as text names them: laying each line out anew was nearly all of the time a letter took. */
  private readonly glyphs: Readonly<Record<Weight, Map<string, string>>> = { regular: new Map(), bold: new Map() };
  /** Pages bound so far. */
  count = 0;

  private constructor(
    private readonly document: PDFDocument,
    readonly faces: Faces,
    private readonly fonts: Fonts,
  ) {
    const named = { regular: fonts.regular.ref, bold: fonts.bold.ref } satisfies Record<Weight, PDFRef>;
    this.resources = document.context.register(document.context.obj({ Font: named }));
  }

  /** An empty one. `whole` embeds all letters of the typeface, not only those that are used. */
  static async open(faces: Faces, fonts: 'subset' | 'whole' = 'subset'): Promise<Volume> {
    const document = await PDFDocument.create({ updateMetadata: false });
    return new Volume(document, faces, await embedFaces(document, faces, fonts));
  }

  /** A line as its font's glyphs. A letter of its own for each sign: the typeface is used without ligatures. */
  encode(line: string, weight: Weight): PDFHexString {
    const known = this.glyphs[weight];
    let hex = '';
    for (const sign of line) {
      let glyph = known.get(sign);
      if (glyph === undefined) {
        glyph = this.fonts[weight].encodeText(sign).asString();
        known.set(sign, glyph);
      }
      hex += glyph;
    }
    return PDFHexString.of(hex);
  }

  /** Puts a page at the end. */
  bind(operators: readonly PDFOperator[]): void {
    const { context, catalog } = this.document;
    const page = PDFPageLeaf.withContextAndParent(context, catalog.get(PDFName.of('Pages')) as PDFRef);
    page.set(PDFName.of('MediaBox'), context.obj([0, 0, round(PAGE.width), round(PAGE.height)]));
    page.set(PDFName.of('Resources'), this.resources);
    page.set(PDFName.of('Contents'), context.register(context.flateStream(operators.join('\n'))));
    catalog.Pages().pushLeafNode(context.register(page));
    this.count += 1;
  }

  /** The whole as a file. Nothing may be bound any more. */
  close(about: About): Promise<Uint8Array> {
    const { document } = this;
    const at = new Date(about.madeAt);
    document.setTitle(about.title, { showInWindowTitleBar: true });
    document.setLanguage('pl-PL');
    if (about.author) document.setAuthor(about.author);
    document.setCreator('IBOK Desk');
    document.setProducer('IBOK Desk');
    document.setCreationDate(at);
    document.setModificationDate(at);
    return document.save({ addDefaultPage: false });
  }
}
