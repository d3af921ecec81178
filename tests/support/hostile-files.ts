import { MAX_SLOT_BYTES } from '../../shared/bridge';
import type { ErrorCode } from '../../shared/errors';
import { jpegFile, pdfFile, pngFile, tiffFile, zipFile } from './sample-files';

/** A file somebody might send us, and what becomes of it: refused with a code, or stored under a harmless name. */
export interface HostileFile {
  /** Completes "… is". */
  what: string;
  fileName: string;
  bytes: () => Buffer;
  verdict: { refused: ErrorCode } | { storedAs: string };
}

const text = (content: string) => () => Buffer.from(content, 'utf8');
const hex = (content: string) => () => Buffer.from(content, 'hex');
const join = (...parts: Buffer[]) => Buffer.concat(parts);
const pdf = () => pdfFile();
const refused = (code: ErrorCode) => ({ refused: code });
const TYPE = refused('FILE_TYPE_REFUSED');
const TWO = refused('FILE_TWO_KINDS');
const CUT = refused('FILE_INCOMPLETE');
const NAME = refused('FILE_WRONG_EXTENSION');
const PIXELS = refused('FILE_IMAGE_TOO_LARGE');

const file = (what: string, fileName: string, bytes: () => Buffer, verdict: HostileFile['verdict']): HostileFile => ({
  what,
  fileName,
  bytes,
  verdict,
});

/** Formats that are not taken, under their own names and under borrowed ones. */
const KINDS: readonly HostileFile[] = [
  file(
    'a picture that is a program',
    'logo.svg',
    text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    TYPE,
  ),
  file('the same with a declaration', 'logo.svg', text('<?xml version="1.0"?>\n<svg onload="alert(1)"/>'), TYPE),
  file('SVG as text', 'rysunek.txt', text('  <svg onload="alert(1)"></svg>'), TYPE),
  file('SVG behind a byte order mark', 'rysunek.txt', text('\ufeff<svg/>'), TYPE),
  file('SVG as PNG', 'rysunek.png', text('<svg/>'), TYPE),
  file('a page', 'strona.html', text('<!DOCTYPE html><script>alert(1)</script>'), TYPE),
  file('a page as text', 'pismo.txt', text('<html><body onload=alert(1)>'), TYPE),
  file('a page in a comment as text', 'pismo.txt', text('<!-- x --><script>alert(1)</script>'), TYPE),
  file('a page as PDF', 'pismo.pdf', text('<html>%PDF-1.7'), TYPE),
  file('a document with a macro', 'pismo.docm', () => zipFile('word/vbaProject.bin'), TYPE),
  file('a document of an office suite', 'pismo.docx', () => zipFile('word/document.xml'), TYPE),
  file('a document of an office suite as PDF', 'pismo.pdf', () => zipFile('word/document.xml'), TYPE),
  file('an old document of an office suite', 'pismo.doc', hex('d0cf11e0a1b11ae1000000'), TYPE),
  file('rich text', 'pismo.txt', text('{\\rtf1\\ansi{\\object\\objocx}}'), TYPE),
  file('an archive', 'skany.zip', () => zipFile(), TYPE),
  file('an archive as JPEG', 'skan.jpg', () => zipFile(), TYPE),
  file('an archive of another kind', 'skany.rar', hex('526172211a0701003392b5e50a'), TYPE),
  file('7z', 'skany.7z', hex('377abcaf271c00048d9bd50f'), TYPE),
  file('gzip', 'skany.gz', hex('1f8b0800000000000003'), TYPE),
  file('a Windows program', 'faktura.exe', text('MZ\u0000\u0003\u0000program'), TYPE),
  file('a Windows program as PDF', 'faktura.pdf', text('MZ\u0000\u0003\u0000program'), TYPE),
  file('a Linux program', 'faktura.pdf', hex('7f454c4602010100'), TYPE),
  file('a shell script as text', 'instrukcja.txt', text('#!/bin/sh\nrm -rf /'), TYPE),
  file('PostScript as text', 'wydruk.txt', text('%!PS-Adobe-3.0\n(x) run'), TYPE),
  file('a link of Windows', 'faktura.lnk', hex('4c0000000114020000000000c0000000'), TYPE),
  file('GIF', 'zdjecie.gif', hex('47494638396101000100800000'), TYPE),
  file('WebP', 'zdjecie.webp', hex('524946461a000000574542505650384c'), TYPE),
  file('BMP as PNG', 'zdjecie.png', hex('424d3600000000000000'), TYPE),
  file('text with a NUL in it', 'notatka.txt', text('a\u0000b'), TYPE),
  file('text with an escape sequence', 'notatka.txt', text('\u001b]0;x\u0007'), TYPE),
  file('UTF-16', 'notatka.txt', hex('fffe61006200'), TYPE),
  file('neither UTF-8 nor windows-1250', 'notatka.txt', hex('61818362'), TYPE),
];

/** Two files in one: what one program shows, another runs. */
const POLYGLOTS: readonly HostileFile[] = [
  file('a ZIP in front of a PDF', 'umowa.pdf', () => join(zipFile(), pdf()), TYPE),
  file('a page in front of a PDF', 'umowa.pdf', () => join(Buffer.from('<script>alert(1)</script>\n'), pdf()), TYPE),
  file('a ZIP behind a PDF', 'umowa.pdf', () => join(pdf(), zipFile('x.jar', pdf().length)), TWO),
  file('a ZIP with a comment behind a PDF', 'umowa.pdf', () => join(pdf(), zipFile(), Buffer.from('%%EOF')), TWO),
  file(
    'a RAR behind a PDF',
    'umowa.pdf',
    () => join(pdf(), Buffer.from('526172211a0701', 'hex'), Buffer.from('%%EOF')),
    TWO,
  ),
  file(
    'a 7z behind a PDF',
    'umowa.pdf',
    () => join(pdf(), Buffer.from('377abcaf271c', 'hex'), Buffer.from('%%EOF')),
    TWO,
  ),
  file('a JAR behind a JPEG', 'zdjecie.jpg', () => join(jpegFile(), zipFile('META-INF/MANIFEST.MF')), TWO),
  file('a ZIP behind a PNG', 'zdjecie.png', () => join(pngFile(), zipFile()), TWO),
  file('a ZIP behind a TIFF', 'skan.tif', () => join(tiffFile(), zipFile()), TWO),
  file(
    'a tar that begins as a PDF',
    'umowa.pdf',
    () => {
      const tar = Buffer.alloc(512, ' ');
      tar.write('%PDF-1.7', 0);
      tar.write('ustar', 257);
      return join(tar, pdf());
    },
    TWO,
  ),
  file(
    'an ISO image that begins as a PDF',
    'umowa.pdf',
    () => {
      const iso = Buffer.alloc(0x8001 + 5, ' ');
      iso.write('%PDF-1.7', 0);
      iso.write('CD001', 0x8001);
      return join(iso, pdf());
    },
    TWO,
  ),
  file(
    'a page in the comment of a JPEG, which is never shown as a page',
    'zdjecie.jpg',
    () => {
      const [start, rest] = [jpegFile().subarray(0, 2), jpegFile().subarray(2)];
      const comment = Buffer.from('<script>1</script>');
      return join(start, Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment, rest);
    },
    { storedAs: 'zdjecie.jpg' },
  ),
];

/** Names that say another thing than the content, or that a file system reads in its own way. */
const NAMES: readonly HostileFile[] = [
  file('a PDF called a picture', 'umowa.jpg', pdf, NAME),
  file('a picture called a PDF', 'zdjecie.pdf', () => pngFile(), NAME),
  file('a JPEG called PNG', 'zdjecie.png', () => jpegFile(), NAME),
  file('text called PDF', 'umowa.pdf', text('umowa'), NAME),
  file('a PDF called a program', 'umowa.pdf.exe', pdf, NAME),
  file('a PDF called a page', 'umowa.html', pdf, NAME),
  file('a PDF without an extension', 'umowa', pdf, NAME),
  file('a name of a hidden file', '.pdf', pdf, { storedAs: 'file_.pdf' }),
  file('a double extension whose last one is true', 'umowa.exe.pdf', pdf, { storedAs: 'umowa.exe.pdf' }),
  file('an extension turned round for the eye', 'umowa\u202efdp.exe', pdf, NAME),
  file('a true extension behind a turned one', 'umowa\u202eexe.pdf', pdf, { storedAs: 'umowa_exe.pdf' }),
  file('zero-width letters', 'umo\u200bwa.pdf', pdf, { storedAs: 'umo_wa.pdf' }),
  file('a NUL before another extension', 'umowa.pdf\u0000.exe', pdf, NAME),
  file('a NUL before the true one', 'umowa.exe\u0000.pdf', pdf, { storedAs: 'umowa.exe_.pdf' }),
  file('a device', 'CON.pdf', pdf, { storedAs: 'file_CON.pdf' }),
  file('a device with two dots', 'nul.x.pdf', pdf, { storedAs: 'file_nul.x.pdf' }),
  file('an alternate stream', 'umowa.pdf:ukryty.exe', pdf, NAME),
  file('an alternate stream with a fitting end', 'x.exe:umowa.pdf', pdf, { storedAs: 'x.exe_umowa.pdf' }),
  file('a way out of the folder', '../../umowa.pdf', pdf, { storedAs: 'file_.._.._umowa.pdf' }),
  file('a way of Windows', 'C:\\Windows\\umowa.pdf', pdf, { storedAs: 'C__Windows_umowa.pdf' }),
  file('trailing dots and spaces', 'umowa.pdf. . ', pdf, { storedAs: 'umowa.pdf' }),
  file('a line break', 'umowa\r\nX: y.pdf', pdf, { storedAs: 'umowa__X_ y.pdf' }),
  file('line separators', 'a\u2028b.pdf', pdf, { storedAs: 'a_b.pdf' }),
  file('letters put together of two', 'z\u0307.pdf', pdf, { storedAs: 'ż.pdf' }),
  file('a very long name cut through a letter', `${'😀'.repeat(70)}a.pdf`, pdf, {
    storedAs: `_${'😀'.repeat(57)}a.pdf`,
  }),
  file('markup', '<img src=x onerror=alert(1)>.pdf', pdf, { storedAs: '_img src=x onerror=alert(1)_.pdf' }),
];

/** Too much, too little, or broken off. */
const SIZES: readonly HostileFile[] = [
  file('nothing', 'pusty.pdf', () => Buffer.alloc(0), refused('FILE_EMPTY')),
  file('one byte too much', 'duzy.pdf', () => Buffer.alloc(MAX_SLOT_BYTES + 1), refused('FILE_TOO_LARGE')),
  file('a PDF cut off', 'umowa.pdf', () => pdf().subarray(0, 300), CUT),
  file('only the beginning of a PDF', 'umowa.pdf', text('%PDF-1.7'), CUT),
  file('a PNG cut off', 'zdjecie.png', () => pngFile().subarray(0, 60), CUT),
  file('a PNG without a header', 'zdjecie.png', () => join(pngFile().subarray(0, 8), pngFile().subarray(33)), CUT),
  file('a PNG of no width', 'zdjecie.png', () => pngFile(0, 5, false), CUT),
  file('a PNG bomb', 'zdjecie.png', () => pngFile(30_000, 30_000, false), PIXELS),
  file(
    'a PNG of one endless row',
    'zdjecie.png',
    () => {
      const bytes = pngFile();
      bytes.writeUInt32BE(0x7fffffff, 16);
      return bytes;
    },
    PIXELS,
  ),
  file('a JPEG bomb', 'zdjecie.jpg', () => jpegFile(65_500, 65_500), PIXELS),
  file('a progressive JPEG bomb', 'zdjecie.jpg', () => jpegFile(65_500, 65_500, 0xc2), PIXELS),
  file('a JPEG bomb of a rare coding', 'zdjecie.jpg', () => jpegFile(65_500, 65_500, 0xc9), PIXELS),
  file('a JPEG without a frame', 'zdjecie.jpg', hex('ffd8ffe000104a46494600010100000100010000ffd9'), CUT),
  file('a JPEG whose segment goes nowhere', 'zdjecie.jpg', hex('ffd8ffe00000ffc0000b08'), CUT),
  file(
    '20 MiB of a JPEG that never comes to its frame',
    'zdjecie.jpg',
    () => {
      const bytes = Buffer.alloc(MAX_SLOT_BYTES, 1);
      bytes.set([0xff, 0xd8, 0xff, 0xe0]);
      return bytes;
    },
    CUT,
  ),
  file('a TIFF bomb', 'skan.tif', () => tiffFile(100_000, 100_000), PIXELS),
  file('a TIFF whose directory is elsewhere', 'skan.tiff', hex('49492a00ffffff7f0000'), CUT),
  file('a TIFF cut off', 'skan.tif', () => tiffFile().subarray(0, 20), CUT),
];

/** What a PDF may try on its reader. It is stored; the preview runs nothing of it. */
const ACTIVE_PDF: readonly HostileFile[] = [
  file(
    'a PDF that runs a script when opened',
    'umowa.pdf',
    () => pdfFile({ catalogue: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' }),
    { storedAs: 'umowa.pdf' },
  ),
  file(
    'a PDF that starts a program',
    'umowa.pdf',
    () => pdfFile({ catalogue: '/OpenAction << /S /Launch /F (calc.exe) >>' }),
    { storedAs: 'umowa.pdf' },
  ),
  file(
    'a PDF that calls home',
    'umowa.pdf',
    () => pdfFile({ catalogue: '/OpenAction << /S /URI /URI (https://example.org/) >>' }),
    { storedAs: 'umowa.pdf' },
  ),
];

/** About ninety files after security.md I1–I4. Each is small, but for the two that are about size. */
export const HOSTILE_FILES: readonly HostileFile[] = [...KINDS, ...POLYGLOTS, ...NAMES, ...SIZES, ...ACTIVE_PDF];
