import type { PDFDocument } from 'pdf-lib';
import type { Face, Faces } from './fonts';
import type { Fonts } from './sheets';

/** Fixed: a random part would make other bytes of the same paper. The six capitals mark a subset (PDF 1.7, 9.6.4). */
const NAMES = { regular: 'IBOKRG+NotoSans-Regular', bold: 'IBOKBD+NotoSans-Bold' } as const;

/** Embeds the typeface by the letters that are used; `whole` embeds all of them. */
export async function embedFaces(
  document: PDFDocument,
  faces: Faces,
  fonts: 'subset' | 'whole' = 'subset',
): Promise<Fonts> {
  const embed = (face: Face) => {
    // Each face is parsed once in a thread's life, however many documents it goes into.
    document.registerFontkit({ create: () => face.font } as unknown as Parameters<PDFDocument['registerFontkit']>[0]);
    return document.embedFont(face.bytes, {
      subset: fonts === 'subset',
      customName: NAMES[face.weight],
      features: { liga: false },
    });
  };
  const regular = await embed(faces.regular);
  const bold = await embed(faces.bold);
  return { regular, bold };
}
