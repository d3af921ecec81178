import type { DocumentMime } from '../../../shared/contract/documents';
import { AppError } from '../../core/errors';

/** The most pixels an image may have: a sheet of A4 at 600 dpi has 35 million. */
const MAX_PIXELS = 40_000_000;

interface Size {
  width: number;
  height: number;
}

type ImageMime = Exclude<DocumentMime, 'application/pdf' | 'text/plain'>;
const READERS: Record<ImageMime, (content: Buffer) => Size | null> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/tiff': tiffSize,
};

/**
 * Refuses an image that would take too much memory once drawn, by its header alone: a few kilobytes may hold
 * gigabytes of one colour (security.md I2). Throws FILE_INCOMPLETE without a readable header, FILE_IMAGE_TOO_LARGE.
 */
export function demandDrawableImage(mime: ImageMime, content: Buffer): void {
  const size = READERS[mime](content);
  if (!size || size.width === 0 || size.height === 0) throw new AppError('FILE_INCOMPLETE');
  if (size.width * size.height > MAX_PIXELS)
    throw new AppError('FILE_IMAGE_TOO_LARGE', { megapixels: MAX_PIXELS / 1e6 });
}

/** The first chunk must be IHDR (PNG, section 11.2.1). */
function pngSize(content: Buffer): Size | null {
  if (content.length < 24 || content.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
}

/** Start-of-frame markers are C0–CF without DHT (C4), JPG (C8) and DAC (CC) (ITU-T T.81, table B.1). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Walks the segments up to the first frame, one step each, so that no content makes it slow. */
function jpegSize(content: Buffer): Size | null {
  let at = 2;
  while (at + 9 <= content.length) {
    const marker = content[at + 1] ?? 0;
    if (content[at] !== 0xff) return null;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (isFrame(marker)) return { height: content.readUInt16BE(at + 5), width: content.readUInt16BE(at + 7) };
    // The picture's data, or its end, before any frame.
    if (marker === 0xda || marker === 0xd9) return null;
    const length = content.readUInt16BE(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

const TIFF_WIDTH = 256;
const TIFF_HEIGHT = 257;
const TIFF_SHORT = 3;
const TIFF_LONG = 4;

/** Width and height of the first page: entries of the first directory (TIFF 6.0, section 2). */
function tiffSize(content: Buffer): Size | null {
  const little = content[0] === 0x49;
  const u16 = (at: number) => (little ? content.readUInt16LE(at) : content.readUInt16BE(at));
  const u32 = (at: number) => (little ? content.readUInt32LE(at) : content.readUInt32BE(at));
  if (content.length < 8) return null;
  const directory = u32(4);
  if (directory + 2 > content.length) return null;
  const end = directory + 2 + u16(directory) * 12;
  if (end > content.length) return null;
  const size: Size = { width: 0, height: 0 };
  for (let at = directory + 2; at < end; at += 12) {
    const tag = u16(at);
    if (tag !== TIFF_WIDTH && tag !== TIFF_HEIGHT) continue;
    const type = u16(at + 2);
    if (type !== TIFF_SHORT && type !== TIFF_LONG) return null;
    size[tag === TIFF_WIDTH ? 'width' : 'height'] = type === TIFF_SHORT ? u16(at + 8) : u32(at + 8);
  }
  return size;
}
