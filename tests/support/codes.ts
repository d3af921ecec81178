import { decodePDFRawStream, PDFDocument, PDFRawStream } from 'pdf-lib';

type Point = readonly [number, number];

/** The filled polygons of each page of a PDF, one list a code; points from the lower left corner. */
export async function filledShapes(bytes: Uint8Array): Promise<Point[][][][]> {
  const document = await PDFDocument.load(bytes);
  return document.getPages().map((page) => {
    const stream = page.node.context.lookup(
      page.node.get(page.node.context.obj('Contents') as never) ?? page.node.Contents(),
    );
    if (!(stream instanceof PDFRawStream)) throw new Error('no content');
    const text = new TextDecoder().decode(decodePDFRawStream(stream).decode());
    const codes: Point[][][] = [];
    let shapes: Point[][] = [];
    for (const line of text.split('\n')) {
      const [, x, y, operator] = /^(-?[\d.]+) (-?[\d.]+) ([ml])$/.exec(line) ?? [];
      if (operator === 'm') shapes.push([[Number(x), Number(y)]]);
      else if (operator === 'l') shapes.at(-1)?.push([Number(x), Number(y)]);
      else if (line === 'f*') codes.push(shapes);
      // A hair line ends with S; what was gathered for it is none of a code.
      if (line === 'f*' || line === 'S') shapes = [];
    }
    return codes;
  });
}

/** Dark where a ray to the right crosses an odd number of edges. */
export function isDark(shapes: readonly (readonly Point[])[], x: number, y: number): boolean {
  let crossings = 0;
  for (const points of shapes) {
    for (const [at, [x1, y1]] of points.entries()) {
      const [x2, y2] = points[(at + 1) % points.length] as Point;
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) crossings += 1;
    }
  }
  return crossings % 2 === 1;
}

export function bounds(shapes: readonly (readonly Point[])[]): {
  left: number;
  right: number;
  top: number;
  bottom: number;
} {
  const xs = shapes.flat().map(([x]) => x);
  const ys = shapes.flat().map(([, y]) => y);
  return { left: Math.min(...xs), right: Math.max(...xs), bottom: Math.min(...ys), top: Math.max(...ys) };
}

/** Widths of bar, space, bar … in modules of the six elements of each value, 0 to 105 (ISO/IEC 15417, table 1). */
const CODE_128 =
  `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122
  123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123
  131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311
  213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412
  122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211
  212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232`.split(
    /\s+/,
  );
const STOP = '2331112';

/** Reads a Code 128 of sets B and C from its modules, dark is true. Throws for a symbol that is none. */
export function readCode128(modules: readonly boolean[]): string {
  const widths = runs(modules).join('');
  if (!widths.endsWith(STOP)) throw new Error('no stop');
  const values = (widths.slice(0, -STOP.length).match(/.{6}/g) ?? []).map((element) => CODE_128.indexOf(element));
  const [start = -1, ...rest] = values;
  const check = rest.pop();
  const sum = rest.reduce((total, value, at) => total + value * (at + 1), start) % 103;
  if (values.includes(-1) || sum !== check) throw new Error('check');
  let set = ['B', 'C'][start - 104];
  let text = '';
  for (const value of rest) {
    if (set === 'C' && value === 100) set = 'B';
    else if (set === 'B' && value === 99) set = 'C';
    else if (set === 'C' && value < 100) text += String(value).padStart(2, '0');
    else if (set === 'B' && value < 95) text += String.fromCharCode(value + 32);
    else throw new Error(`value ${value}`);
  }
  return text;
}

function runs(modules: readonly boolean[]): number[] {
  const found: number[] = [];
  for (const [at, dark] of modules.entries()) {
    if (at > 0 && dark === modules[at - 1]) found[found.length - 1] = (found.at(-1) ?? 0) + 1;
    else found.push(1);
  }
  return found;
}

/** How many codewords of data and of error correction a square symbol of one region has (ISO/IEC 16022, table 7). */
const CODEWORDS: Readonly<Record<number, readonly [number, number]>> = {
  10: [3, 5],
  12: [5, 7],
  14: [8, 10],
  16: [12, 12],
  18: [18, 14],
  20: [22, 18],
};

/** Reads a Data Matrix ECC 200 of one region and ASCII encodation; row 0 is the upper one. Throws for a symbol that is none. */
export function readDataMatrix(modules: readonly (readonly boolean[])[]): string {
  const size = modules.length;
  const [data, correction] = CODEWORDS[size] ?? [0, 0];
  const dark = (row: number, column: number) => modules[row]?.[column] === true;
  for (let at = 0; at < size; at += 1) {
    if (!dark(at, 0) || !dark(size - 1, at)) throw new Error('no finder');
    if (dark(0, at) !== (at % 2 === 0) || dark(at, size - 1) !== (at % 2 === 1)) throw new Error('no clock');
  }
  const inner = size - 2;
  const words = placement(inner).map((bits) =>
    bits.reduce((word, [row, column]) => word * 2 + (dark(row + 1, column + 1) ? 1 : 0), 0),
  );
  if (words.length !== data + correction) throw new Error('codewords');
  // Every syndrome of an undamaged symbol is 0.
  for (let power = 1; power <= correction; power += 1) {
    const root = EXPONENTS[power % 255] ?? 0;
    if (words.reduce((sum, word) => times(sum, root) ^ word, 0) !== 0) throw new Error('correction');
  }
  return ascii(words.slice(0, data));
}

function ascii(words: readonly number[]): string {
  let text = '';
  for (const word of words) {
    // The rest is padding.
    if (word === 129) return text;
    if (word >= 1 && word <= 128) text += String.fromCharCode(word - 1);
    else if (word >= 130 && word <= 229) text += String(word - 130).padStart(2, '0');
    else throw new Error(`codeword ${word}`);
  }
  return text;
}

/** Powers of 2 in the field of 256 with the polynomial 301, as ECC 200 has it. */
const EXPONENTS: number[] = [];
for (let at = 0, value = 1; at < 255; at += 1, value = value * 2 > 255 ? (value * 2) ^ 301 : value * 2)
  EXPONENTS.push(value);

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (EXPONENTS[(EXPONENTS.indexOf(a) + EXPONENTS.indexOf(b)) % 255] ?? 0);
}

/** Where the eight bits of each codeword lie, first bit first (ISO/IEC 16022, annex F); a square of `size` modules. */
function placement(size: number): (readonly [number, number])[][] {
  const taken = new Set<string>();
  const words: (readonly [number, number])[][] = [];
  const wrap = (row: number, column: number): readonly [number, number] => {
    let [r, c] = [row, column];
    if (r < 0) [r, c] = [r + size, c + 4 - ((size + 4) % 8)];
    if (c < 0) [r, c] = [r + 4 - ((size + 4) % 8), c + size];
    return [r, c];
  };
  const put = (places: readonly (readonly [number, number])[]) => {
    for (const place of places) taken.add(place.join());
    words.push([...places]);
  };
  const utah = (r: number, c: number) =>
    put(
      (
        [
          [-2, -2],
          [-2, -1],
          [-1, -2],
          [-1, -1],
          [-1, 0],
          [0, -2],
          [0, -1],
          [0, 0],
        ] as const
      ).map(([dr, dc]) => wrap(r + dr, c + dc)),
    );
  const last = size - 1;
  let row = 4;
  let column = 0;
  do {
    if (row === size && column === 0)
      put([
        [last, 0],
        [last, 1],
        [last, 2],
        [0, size - 2],
        [0, last],
        [1, last],
        [2, last],
        [3, last],
      ]);
    if (row === size - 2 && column === 0 && size % 4 !== 0)
      put([
        [size - 3, 0],
        [size - 2, 0],
        [last, 0],
        [0, size - 4],
        [0, size - 3],
        [0, size - 2],
        [0, last],
        [1, last],
      ]);
    if (row === size - 2 && column === 0 && size % 8 === 4)
      put([
        [size - 3, 0],
        [size - 2, 0],
        [last, 0],
        [0, size - 2],
        [0, last],
        [1, last],
        [2, last],
        [3, last],
      ]);
    do {
      if (row < size && column >= 0 && !taken.has(`${row},${column}`)) utah(row, column);
      row -= 2;
      column += 2;
    } while (row >= 0 && column < size);
    row += 1;
    column += 3;
    do {
      if (row >= 0 && column < size && !taken.has(`${row},${column}`)) utah(row, column);
      row += 2;
      column -= 2;
    } while (row < size && column >= 0);
    row += 3;
    column += 1;
  } while (row < size || column < size);
  return words;
}
