import { deflateSync } from 'node:zlib';

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** One object of a PDF: its number and what stands between `obj` and `endobj`. */
type PdfObject = readonly [number: number, body: string];

/** A PDF with a cross-reference table of its own. `extra` follows the catalogue (1), the page tree (2) and the font (3). */
function pdfOf(objects: readonly PdfObject[]): Buffer {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets: number[] = [];
  for (const [number, body] of objects) {
    offsets[number] = text.length;
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const size = objects.length + 1;
  const entry = (at: number) => `${String(at).padStart(10, '0')} 00000 n \n`;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.slice(1).map(entry).join('')}`;
  return latin1(`${text}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`);
}

interface PdfOptions {
  /** What stands on each page, in Latin letters. */
  pages?: readonly string[];
  /** More entries of the catalogue, such as an open action. */
  catalogue?: string;
}

/** A small A4 document: a dark bar and one line of text on each page. */
export function pdfFile({ pages = ['Umowa'], catalogue = '' }: PdfOptions = {}): Buffer {
  const first = 4;
  const kids = pages.map((_, place) => `${first + place * 2} 0 R`).join(' ');
  const leaves = pages.flatMap((words, place): PdfObject[] => {
    const drawing = `0.05 0.35 0.35 rg 60 700 300 60 re f 0 g BT /F1 24 Tf 60 640 Td (${words}) Tj ET`;
    const page = first + place * 2;
    return [
      [
        page,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${page + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      ],
      [page + 1, `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
    ];
  });
  return pdfOf([
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`],
    [2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`],
    [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
    ...leaves,
  ]);
}

/** A page with one picture as a fax or an office scanner codes it (CCITT group 4): a black square. */
export function scannedPdf(): Buffer {
  // Every row as the one above, which is white, and the end of the block; black is told to be what white is.
  const rows = `${'\xff'.repeat(8)}\x00\x10\x01`;
  const drawing = 'q 300 0 0 300 100 300 cm /Im1 Do Q';
  return pdfOf([
    [1, '<< /Type /Catalog /Pages 2 0 R >>'],
    [2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>'],
    [
      3,
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im1 5 0 R >> >> >>',
    ],
    [4, `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`],
    [
      5,
      `<< /Type /XObject /Subtype /Image /Width 64 /Height 64 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 64 /Rows 64 /BlackIs1 true >> /Length ${rows.length} >>\nstream\n${rows}\nendstream`,
    ],
  ]);
}

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([latin1(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG that says it has `width` × `height` pixels; drawn in one colour when `drawn`, else with too few rows. */
export function pngFile(width = 64, height = 48, drawn = true): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + width * 3, 0);
  for (let at = 1; at < row.length; at += 3) row.set([0x0c, 0x5c, 0x5c], at);
  const rows = drawn ? Buffer.concat(Array.from({ length: height }, () => row)) : row;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The frame of a JPEG up to its picture data: enough for its header to be read. */
export function jpegFile(width = 64, height = 48, frame = 0xc0): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt16BE(height, 0);
  size.writeUInt16BE(width, 2);
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    Buffer.from([0xff, frame, 0, 11, 8]),
    size,
    Buffer.from('01011100', 'hex'),
    Buffer.from('ffda0008010100003f00', 'hex'),
    Buffer.from([0x00, 0xff, 0xd9]),
  ]);
}

/** A TIFF of one page, little-endian: a directory with width and height. */
export function tiffFile(width = 64, height = 48): Buffer {
  const entry = (tag: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(4, 2);
    bytes.writeUInt32LE(1, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  return Buffer.concat([
    Buffer.from('49492a0008000000', 'hex'),
    Buffer.from('0200', 'hex'),
    entry(256, width),
    entry(257, height),
    Buffer.alloc(4),
  ]);
}

/** An empty archive with one entry's name: local header, directory, end. */
export function zipFile(entryName = 'a.txt', before = 0): Buffer {
  const name = latin1(entryName);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt32LE(before, 42);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(before + local.length + name.length, 16);
  return Buffer.concat([local, name, central, name, end]);
}
