import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { drawLetter } from './draw';
import { loadFaces } from './fonts';
import { type Letter, NoGlyph } from './letter';

/** A letter to be drawn, and the answer under the same number. */
export interface Order {
  id: number;
  letter: Letter;
}
export type Answer = { id: number } & ({ bytes: Uint8Array } | { noGlyph: string } | { fault: string });

const FONTS = import.meta.env.PROD
  ? join(import.meta.dirname, 'fonts')
  : join(import.meta.dirname, '../../node_modules/@expo-google-fonts/noto-sans');

const faces = loadFaces(FONTS);

async function answer({ id, letter }: Order): Promise<Answer> {
  try {
    return { id, bytes: await drawLetter(letter, faces) };
  } catch (error) {
    if (error instanceof NoGlyph) return { id, noGlyph: error.character };
    // Its message may quote the letter.
    return { id, fault: error instanceof Error ? error.name : 'unknown' };
  }
}

parentPort?.on('message', (order: Order) => {
  void answer(order).then((done) => parentPort?.postMessage(done));
});
