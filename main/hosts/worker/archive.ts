import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive } from '../../core/ports';

/**
 * A folder outside the database, best on a medium that is written once (IBOK_ANCHOR_FOLDER). A file is whole or not
 * there: written under another name, flushed, then renamed. Returns null when no folder is named.
 */
export function folderArchive(env: NodeJS.ProcessEnv): Archive | null {
  const folder = env.IBOK_ANCHOR_FOLDER;
  if (!folder) return null;
  return {
    store: async (name, text) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = join(folder, `.${name}.part`);
      const file = await open(draft, 'w', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, join(folder, name));
    },
  };
}
