import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { addLetter } from './draw';
import { loadFaces } from './fonts';
import { type Letter, NoGlyph } from './letter';
import { drawPaper, type Paper } from './paper';
import { type About, Volume } from './volume';

/**
 * A paper to be drawn; or, in a thread that does nothing else, letters for the end of its one book, and the book itself,
 * after which the next begins. The answer comes under the same number.
 */
export type Order = { id: number } & ({ paper: Paper } | { letters: readonly Letter[] } | { close: About });
/** Where a letter begins in its book, from page 1; or the character for which it is not in it. */
export type Placed = { page: number } | { noGlyph: string };
export type Answer = { id: number } & (
  | { bytes: Uint8Array }
  | { placed: Placed[] }
  | { noGlyph: string }
  | { fault: string }
);

const FONTS = import.meta.env.PROD
  ? join(import.meta.dirname, 'fonts')
  : join(import.meta.dirname, '../../node_modules/@expo-google-fonts/noto-sans');

const faces = loadFaces(FONTS);

let book: Volume | null = null;

async function bind(letters: readonly Letter[]): Promise<Placed[]> {
  const volume = book ?? (await Volume.open(faces));
  book = volume;
  return letters.map((letter) => {
    const page = volume.count + 1;
    try {
      addLetter(volume, letter);
      return { page };
    } catch (error) {
      if (error instanceof NoGlyph) return { noGlyph: error.character };
      throw error;
    }
  });
}

async function close(about: About): Promise<Uint8Array> {
  const volume = book ?? (await Volume.open(faces));
  book = null;
  return volume.close(about);
}

async function answer(order: Order): Promise<Answer> {
  const { id } = order;
  try {
    if ('letters' in order) return { id, placed: await bind(order.letters) };
    return { id, bytes: 'close' in order ? await close(order.close) : await drawPaper(order.paper, faces) };
  } catch (error) {
    if (error instanceof NoGlyph) return { id, noGlyph: error.character };
    // Its message may quote the paper.
    return { id, fault: error instanceof Error ? error.name : 'unknown' };
  }
}

parentPort?.on('message', (order: Order) => {
  void answer(order).then((done) => {
    // A book of many letters is handed over, not copied.
    parentPort?.postMessage(done, 'bytes' in done ? [done.bytes.buffer as ArrayBuffer] : []);
  });
});
