import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Figure, measure } from './measure';

/**
 * One page appended and flushed to the disk that holds the data: what every commit waits for, whatever program asks.
 * The floor under the figures of saving.
 */
export async function flushes(folder: string): Promise<Figure> {
  const path = join(folder, 'flush.tmp');
  const file = await open(path, 'w');
  const page = Buffer.alloc(8_192, 1);
  // As PostgreSQL's log: the file has its length before, only its content is flushed.
  await file.write(Buffer.alloc(page.length * 256, 0));
  await file.sync();
  try {
    return await measure('disk: one page written and flushed', 1, 200, async (_, i) => {
      await file.write(page, 0, page.length, (i % 256) * page.length);
      await file.datasync();
    });
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
