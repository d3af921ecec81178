import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** What the packaged program runs. */
const product = {
  electron: 'main/hosts/electron/main.ts',
  worker: 'main/hosts/worker/main.ts',
  // The thread that draws letters (main/pdf/threads.ts starts it by this name).
  pdf: 'main/pdf/thread.ts',
};

/** What only a clone runs: browser host, demo office, database command. */
const clone = {
  loopback: 'main/hosts/loopback/main.ts',
  office: 'main/demo/office.ts',
  db: 'main/cli/db.ts',
};

/** Folders of pdfjs-dist that it loads from by name, and what of them. Its WebAssembly stays out: the page allows none. */
const PDFJS_FILES = { wasm: /_nowasm_fallback\.js$|^LICENSE/, standard_fonts: /./ };

/** Puts beside the renderer what pdf.js asks for while it works: its decoders in JavaScript and the standard fonts. */
function pdfjsFiles(): Plugin {
  return {
    name: 'pdfjs-files',
    generateBundle() {
      for (const [folder, wanted] of Object.entries(PDFJS_FILES)) {
        const from = join('node_modules/pdfjs-dist', folder);
        for (const name of readdirSync(from).filter((each) => wanted.test(each))) {
          this.emitFile({ type: 'asset', fileName: `pdfjs/${folder}/${name}`, source: readFileSync(join(from, name)) });
        }
      }
    },
  };
}

/** The typeface of letters and its licence, of the many weights in the package. */
const FONT_FILES = ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf', 'LICENSE_FONT'];

/** Puts beside the main process what it draws letters with. */
function fontFiles(): Plugin {
  return {
    name: 'font-files',
    generateBundle() {
      const from = 'node_modules/@expo-google-fonts/noto-sans';
      for (const name of FONT_FILES) {
        this.emitFile({ type: 'asset', fileName: `fonts/${name}`, source: readFileSync(join(from, name)) });
      }
    },
  };
}

/**
 * `--mode product` leaves the clone's entries out, and with them every chunk that only they reach:
 * what is not built cannot be packed by mistake.
 */
export default defineConfig(({ mode }) => {
  // The clone's starter builds beside the old output and swaps them when the new one is whole.
  const out = resolve(process.env.IBOK_OUT ?? 'out');
  const entries = mode === 'product' ? product : { ...product, ...clone };
  return {
    main: {
      plugins: [fontFiles()],
      build: {
        outDir: join(out, 'main'),
        emptyOutDir: true,
        minify: true,
        externalizeDeps: { include: ['smtp-server'] },
        rollupOptions: {
          input: entries,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      build: {
        outDir: join(out, 'preload'),
        emptyOutDir: true,
        minify: true,
        rollupOptions: {
          input: { preload: 'preload/preload.ts' },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    renderer: {
      root: 'renderer',
      plugins: [react(), pdfjsFiles()],
      build: {
        outDir: join(out, 'renderer'),
        emptyOutDir: true,
        minify: true,
        rollupOptions: { input: resolve('renderer/index.html') },
      },
    },
  };
});
