/** A message as it stands in a mail file of our own worker. */
export interface StoredMail {
  /** Values by lower-case name, unfolded and decoded, in their order. */
  headers: ReadonlyMap<string, string[]>;
  text: string;
  html: string;
  /** Names of the files that go with it. */
  files: string[];
}

interface Part {
  headers: ReadonlyMap<string, string[]>;
  body: string;
}

/**
 * Reads what the worker writes through nodemailer: multipart, quoted-printable, base64 and encoded words, all UTF-8. No
 * reader for mail of the world; what it does not know stays as it is.
 */
export function readStoredMail(raw: string): StoredMail {
  const whole = partOf(raw);
  const leaves = leavesOf(whole);
  const bodyOf = (type: string) => {
    const leaf = leaves.find((part) => !fileNameOf(part) && header(part, 'content-type').startsWith(type));
    return leaf ? decodeBody(leaf) : '';
  };
  return {
    headers: whole.headers,
    text: bodyOf('text/plain') || (leaves.length === 1 && !bodyOf('text/html') ? decodeBody(whole) : ''),
    html: bodyOf('text/html'),
    files: leaves.map(fileNameOf).filter((name) => name !== ''),
  };
}

function partOf(raw: string): Part {
  const text = raw.replace(/\r\n/g, '\n');
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const headers = new Map<string, string[]>();
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(colon + 1).trim())]);
  }
  return { headers, body: end < 0 ? '' : text.slice(end + 2) };
}

function leavesOf(part: Part): Part[] {
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(header(part, 'content-type'))?.[1];
  if (boundary === undefined) return [part];
  return `\n${part.body}`
    .split(`\n--${boundary}`)
    .slice(1, -1)
    .flatMap((piece) => leavesOf(partOf(piece.replace(/^[ \t]*\n/, ''))));
}

function header(part: Part, name: string): string {
  return part.headers.get(name)?.[0] ?? '';
}

function fileNameOf(part: Part): string {
  return /^attachment\b.*filename="?([^";]+)"?/i.exec(header(part, 'content-disposition'))?.[1] ?? '';
}

function decodeBody(part: Part): string {
  const encoding = header(part, 'content-transfer-encoding').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? decodeQuoted(part.body.replace(/=\n/g, '')) : part.body;
}

/** The bytes an escaped text stands for, as UTF-8. */
function decodeQuoted(text: string): string {
  const bytes: Buffer[] = [];
  for (const piece of text.split(/(=[0-9A-F]{2})/i)) {
    bytes.push(/^=[0-9A-F]{2}$/i.test(piece) ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece, 'utf8'));
  }
  return Buffer.concat(bytes).toString('utf8');
}

/** RFC 2047: encoded words, and none of the spaces between two of them. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/(?:=\?utf-8\?[qb]\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi)].map(([, kind = '', text = '']) =>
          kind.toLowerCase() === 'b'
            ? Buffer.from(text, 'base64')
            : Buffer.from(decodeQuoted(text.replaceAll('_', ' ')), 'utf8'),
        ),
      ).toString('utf8'),
    );
}
