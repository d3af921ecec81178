import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { BillingEncoding } from '../../../shared/domain/billing-export';
import { AppError } from '../../core/errors';

/**
 * Turns the bytes of a file into text. Without `wanted`, bytes that are UTF-8 from end to end are read as that, all
 * others as Windows-1250; a file that is UTF-8 in most of its lines that can tell stays UTF-8, and the rest shows as
 * faults of single cells. Throws FILE_NOT_READABLE for UTF-16 and for what is no text.
 */
export function decodeExport(bytes: Uint8Array, wanted?: BillingEncoding): { text: string; encoding: BillingEncoding } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = buffer.length >= 2 && (buffer.readUInt16BE(0) === 0xfffe || buffer.readUInt16BE(0) === 0xfeff);
  if (utf16 || looksBinary(buffer)) throw new AppError('FILE_NOT_READABLE');
  const encoding = wanted ?? (isUtf8(buffer) || mostlyUtf8(buffer) ? 'utf-8' : 'windows-1250');
  const text = encoding === 'utf-8' ? new TextDecoder('utf-8').decode(buffer) : iconv.decode(buffer, 'windows-1250');
  return { text, encoding };
}

/** More than one NUL in a hundred bytes of the beginning: a picture, an archive, a workbook. */
function looksBinary(buffer: Buffer): boolean {
  const start = buffer.subarray(0, 4096);
  return start.filter((byte) => byte === 0).length * 100 > start.length;
}

/** Whether lines with Polish letters are UTF-8 more often than not. */
function mostlyUtf8(buffer: Buffer): boolean {
  let balance = 0;
  for (let from = 0; from < buffer.length; ) {
    const end = buffer.indexOf(10, from);
    const line = buffer.subarray(from, end < 0 ? buffer.length : end);
    if (line.some((byte) => byte > 127)) balance += isUtf8(line) ? 1 : -1;
    from = end < 0 ? buffer.length : end + 1;
  }
  return balance > 0;
}
