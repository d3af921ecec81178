import { describe, expect, it } from 'vitest';
import { Slots } from '../../main/core/slots';
import { fileType } from '../../main/modules/documents/file-type';
import { HOSTILE_FILES } from '../support/hostile-files';
import { jpegFile, pdfFile, pngFile, tiffFile } from '../support/sample-files';

/** As a file really comes in: through a slot, which cleans its name and knows the size limit. */
function arrive(fileName: string, bytes: Uint8Array): { storedAs: string } | { refused: string } {
  const slots = new Slots(() => 0);
  try {
    const { slot } = slots.put('anna', fileName, bytes);
    const { name, bytes: taken } = slots.take('anna', slot) ?? { name: '', bytes };
    fileType(name, taken);
    return { storedAs: name };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

describe('a file of the hostile corpus', () => {
  it.each(HOSTILE_FILES.map((file) => [file.what, file] as const))('%s', (_, { fileName, bytes, verdict }) => {
    expect(arrive(fileName, bytes())).toEqual(verdict);
  });
});

describe('the type of an honest file', () => {
  it.each([
    ['umowa.pdf', pdfFile(), 'application/pdf'],
    ['UMOWA.PDF', pdfFile(), 'application/pdf'],
    ['zdjecie.jpg', jpegFile(), 'image/jpeg'],
    ['zdjecie.JPEG', jpegFile(), 'image/jpeg'],
    ['zdjecie.png', pngFile(), 'image/png'],
    ['skan.tiff', tiffFile(), 'image/tiff'],
    ['notatka.txt', Buffer.from('Zażółć gęślą jaźń\r\n\tkoniec'), 'text/plain'],
    ['notatka.txt', Buffer.from('5a61bff3b3e620676ab6b6e1', 'hex'), 'text/plain'],
  ])('%s', (name, bytes, mime) => {
    expect(fileType(name, bytes)).toBe(mime);
  });

  it('is found in a file that stands in the middle of a larger memory', () => {
    const memory = Buffer.concat([Buffer.from('<html>'), pdfFile()]);
    expect(fileType('umowa.pdf', new Uint8Array(memory.buffer, memory.byteOffset + 6, memory.length - 6))).toBe(
      'application/pdf',
    );
  });

  it('takes a picture of exactly 40 million pixels and none more', () => {
    expect(fileType('a.png', pngFile(8000, 5000, false))).toBe('image/png');
    expect(() => fileType('a.png', pngFile(8000, 5001, false))).toThrow('FILE_IMAGE_TOO_LARGE');
  });
});
