import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { SERVED_TYPES } from '../../../shared/served-types';

const MIME: Record<string, string> = {
  ...SERVED_TYPES,
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFile {
  bytes: Buffer;
  mime: string;
}

/**
 * The built renderer in memory, by its exact URL path. A path is looked up, never resolved, so nothing outside the
 * folder can be asked for. Throws when the folder is missing.
 */
export async function loadStatic(folder: string): Promise<Map<string, StaticFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<[string, StaticFile][]> => {
      const mime = MIME[extname(entry.name)];
      if (!entry.isFile() || !mime) return [];
      const path = join(entry.parentPath, entry.name);
      const url = `/${relative(folder, path).split(sep).join('/')}`;
      return [[url, { bytes: await readFile(path), mime }]];
    }),
  );
  const files = new Map(found.flat());
  const index = files.get('/index.html');
  if (!index) throw new Error('the renderer is not built');
  return files.set('/', index);
}
