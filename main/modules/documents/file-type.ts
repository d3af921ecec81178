import type { DocumentMime } from '../../../shared/contract/documents';
import { AppError } from '../../core/errors';
import { demandDrawableImage } from './image-header';

/** Extensions that fit what a file is; the first is the usual one. */
const EXTENSIONS: Record<DocumentMime, readonly string[]> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/tiff': ['tif', 'tiff'],
  'text/plain': ['txt'],
};

/** How a file of each kind begins, at its very first byte. Text has no sign of its own and comes last. */
const SIGNATURES: readonly { mime: DocumentMime; hex: string }[] = [
  { mime: 'application/pdf', hex: '255044462d' },
  { mime: 'image/jpeg', hex: 'ffd8ff' },
  { mime: 'image/png', hex: '89504e470d0a1a0a' },
  { mime: 'image/tiff', hex: '49492a00' },
  { mime: 'image/tiff', hex: '4d4d002a' },
];

/** Archives that another program would find inside, wherever they begin. Six bytes do not come about by chance. */
const ARCHIVES = ['526172211a07', '377abcaf271c'].map((hex) => Buffer.from(hex, 'hex'));
/** Formats that are known by bytes in the middle of the file: tar, ISO 9660. */
const ELSEWHERE = [
  { at: 257, sign: Buffer.from('ustar', 'latin1') },
  { at: 0x8001, sign: Buffer.from('CD001', 'latin1') },
];
const ZIP_END = Buffer.from('504b0506', 'hex');
const ZIP_END_SIZE = 22;
const ZIP_COMMENT = 0xffff;

const PDF_END = Buffer.from('%%EOF', 'latin1');
/** Readers look for a PDF's end in its last KiB. */
const PDF_TAIL = 1024;
const PNG_END = Buffer.from('49454e44ae426082', 'hex');

/** The beginning of a page, picture or program that is written in letters. */
const MARKUP =
  /^\s*(?:<(?:!doctype|!--|\?|html|head|body|script|svg|iframe|object|embed|img|meta|style|link|xml|math)|\{\\rtf|#!|%!ps)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;

/**
 * What a file is, by its content first and then by its name: PDF, JPEG, PNG, TIFF or plain text, nothing else
 * (security.md I1, I2). Only signatures and an image's header are looked at; nothing is decoded or unpacked.
 * Throws FILE_EMPTY, FILE_TYPE_REFUSED, FILE_TWO_KINDS, FILE_WRONG_EXTENSION, FILE_INCOMPLETE, FILE_IMAGE_TOO_LARGE.
 */
export function fileType(name: string, bytes: Uint8Array): DocumentMime {
  if (bytes.byteLength === 0) throw new AppError('FILE_EMPTY');
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mime = bySignature(content) ?? asText(content);
  if (!mime) throw new AppError('FILE_TYPE_REFUSED');
  if (hidesArchive(content)) throw new AppError('FILE_TWO_KINDS');
  const extension = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (!EXTENSIONS[mime].includes(extension)) {
    throw new AppError('FILE_WRONG_EXTENSION', { kind: EXTENSIONS[mime][0]?.toUpperCase() ?? '' });
  }
  if (!isWhole(mime, content)) throw new AppError('FILE_INCOMPLETE');
  if (mime !== 'application/pdf' && mime !== 'text/plain') demandDrawableImage(mime, content);
  return mime;
}

function bySignature(content: Buffer): DocumentMime | null {
  return SIGNATURES.find(({ hex }) => content.subarray(0, hex.length / 2).toString('hex') === hex)?.mime ?? null;
}

/** Letters of UTF-8 or windows-1250 without control characters, and not the source of a page, picture or program. */
function asText(content: Buffer): DocumentMime | null {
  const text = decoded(content, 'utf-8') ?? decoded(content, 'windows-1250');
  return text === null || CONTROL.test(text) || MARKUP.test(text) ? null : 'text/plain';
}

function decoded(content: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

/** A file that another program would open as an archive is two files, and only one of them was looked at. */
function hidesArchive(content: Buffer): boolean {
  return (
    ELSEWHERE.some(({ at, sign }) => content.subarray(at, at + sign.length).equals(sign)) ||
    ARCHIVES.some((sign) => content.includes(sign)) ||
    endsAsZip(content)
  );
}

/** A ZIP is found by its end: 22 bytes and a comment. Its numbers must fit, as four bytes alone may be an accident. */
function endsAsZip(content: Buffer): boolean {
  const first = Math.max(0, content.length - ZIP_END_SIZE - ZIP_COMMENT);
  for (let at = content.lastIndexOf(ZIP_END); at >= first; at = at === 0 ? -1 : content.lastIndexOf(ZIP_END, at - 1)) {
    if (at + ZIP_END_SIZE > content.length) continue;
    const entries = content.readUInt16LE(at + 10);
    const oneDisk = content.readUInt32LE(at + 4) === 0 && content.readUInt16LE(at + 8) === entries;
    if (oneDisk && content.readUInt32LE(at + 12) <= at) return true;
  }
  return false;
}

function isWhole(mime: DocumentMime, content: Buffer): boolean {
  if (mime === 'application/pdf') return content.includes(PDF_END, Math.max(0, content.length - PDF_TAIL));
  return mime !== 'image/png' || content.includes(PNG_END);
}
