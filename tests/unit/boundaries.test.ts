import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const HOUSE = ['main', 'preload', 'renderer', 'shared', 'migrations'];
const OURS = /^(main|preload|renderer|shared|migrations)\/.*\.tsx?$/;

interface Report {
  modules: { source: string }[];
  summary: { violations: { from: string; to: string; rule: { name: string } }[] };
}

const run = promisify(execFile);

/** Runs the cruiser as `npm run boundaries` does, on any tree, and reads its report. */
async function cruise(tree: string): Promise<Report> {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...HOUSE];
  const { stdout } = await run(process.execPath, args, { cwd: tree, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as Report;
}

const reported = (report: Report) => report.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();

/** Files that others in the planted trees import; nothing in them breaks a rule. */
const TARGETS: Record<string, string> = {
  'shared/bridge.ts': 'export interface HostBridge { ping(): void }\nexport const channel = "core";',
  'shared/errors.ts': 'export type Code = "A";\nexport const code: Code = "A";',
  'main/core/core.ts': 'export const createCore = () => 1;',
  'main/core/router.ts': 'export const router = 1;\nexport type AppRouter = typeof router;',
  'main/core/session.ts': 'export const signIn = 1;\nexport type Session = typeof signIn;',
  'main/core/context.ts': 'export const context = 1;',
  'main/core/ports.ts': 'export const ports = 1;',
  'main/db/connect.ts': 'export const connect = 1;',
  'main/modules/a/a.service.ts': 'export const serve = 1;',
  'main/modules/b/b.service.ts': 'export const serve = 1;',
  'main/modules/b/b.model.ts': 'export const model = 1;',
  'main/modules/b/b.router.ts': 'export const routes = 1;',
  'main/modules/b/b.jobs.ts': 'export const jobs = 1;',
  'main/hosts/loopback/server.ts': 'export const serve = 1;',
  'main/demo/data.ts': 'export const data = 1;',
  'renderer/app/trpc.ts': 'export const trpc = 1;',
  'renderer/ui/Field.ts': 'export const Field = 1;',
  'renderer/features/b/Part.ts': 'export const Part = 1;',
};

/** For every rule, files that break it and nothing else that the same file could be reported for by another rule. */
const PLANTED: [rule: string, file: string, source: string][] = [
  ['shared-imports-zod-and-itself', 'shared/p1.ts', "import 'react';"],
  ['shared-imports-zod-and-itself', 'shared/p2.ts', "import 'node:fs';"],
  [
    'shared-imports-zod-and-itself',
    'shared/p3.ts',
    "import type { AppRouter } from '../main/core/router';\nexport type X = AppRouter;",
  ],
  [
    'renderer-takes-no-value-from-main',
    'renderer/app/p1.ts',
    "import { router } from '../../main/core/router';\nexport const x = router;",
  ],
  [
    'renderer-knows-only-the-router-type',
    'renderer/app/p2.ts',
    "import type { Session } from '../../main/core/session';\nexport type X = Session;",
  ],
  ['renderer-imports-renderer-and-shared', 'renderer/app/p3.ts', "import '../../preload/free';"],
  ['renderer-has-no-node', 'renderer/app/p4.ts', "import 'node:path';"],
  ['feature-imports-app-ui-shared', 'renderer/features/a/p1.ts', "import '../b/Part';"],
  ['ui-knows-no-feature-and-no-app', 'renderer/ui/p1.ts', "import '../app/trpc';"],
  ['ui-knows-no-feature-and-no-app', 'renderer/ui/p2.ts', "import '../features/b/Part';"],
  ['ui-does-not-call-the-server', 'renderer/ui/p3.ts', "import '@trpc/client';"],
  [
    'preload-imports-electron-and-the-bridge',
    'preload/p1.ts',
    "import type { Code } from '../shared/errors';\nexport type X = Code;",
  ],
  ['preload-imports-electron-and-the-bridge', 'preload/p2.ts', "import 'node:fs';"],
  [
    'preload-takes-types-from-the-bridge',
    'preload/p3.ts',
    "import { channel } from '../shared/bridge';\nexport const x = channel;",
  ],
  ['electron-only-in-its-host', 'main/hosts/loopback/p1.ts', "import 'electron';"],
  ['electron-only-in-its-host', 'main/core/p1.ts', "import 'electron';"],
  ['host-imports-core-ports-config', 'main/hosts/electron/p1.ts', "import '../loopback/server';"],
  ['host-imports-core-ports-config', 'main/hosts/electron/p2.ts', "import '../../db/connect';"],
  ['host-imports-core-ports-config', 'main/hosts/electron/p3.ts', "import '../../modules/a/a.service';"],
  ['host-imports-core-ports-config', 'main/hosts/electron/p4.ts', "import '../../core/context';"],
  ['core-imports-db-and-shared', 'main/core/p2.ts', "import '../hosts/loopback/server';"],
  ['core-imports-db-and-shared', 'main/core/p3.ts', "import '../modules/b/b.router';"],
  ['only-core-opens-sessions', 'main/core/p4.ts', "import { signIn } from './session';\nexport const x = signIn;"],
  ['module-imports-core-db-pdf-shared', 'main/modules/a/p1.ts', "import '../../hosts/loopback/server';"],
  ['module-knows-no-composition-root', 'main/modules/a/p2.ts', "import '../../core/core';"],
  ['module-knows-no-composition-root', 'main/modules/a/p3.ts', "import '../../core/router';"],
  ['module-asks-another-through-its-service', 'main/modules/a/p4.ts', "import '../b/b.model';"],
  ['module-asks-another-through-its-service', 'main/modules/a/p5.ts', "import '../b/b.router';"],
  ['service-knows-no-transport', 'main/modules/c/c.service.ts', "import '@trpc/server';"],
  ['db-imports-shared', 'main/db/p1.ts', "import '../core/context';"],
  ['db-imports-shared', 'main/db/p2.ts', "import '../modules/b/b.model';"],
  ['models-import-models', 'main/db/models.ts', "import '../modules/b/b.service';"],
  ['pdf-imports-shared', 'main/pdf/p1.ts', "import '../db/connect';"],
  ['demo-and-cli-import-services', 'main/cli/p1.ts', "import '../modules/b/b.model';"],
  ['nobody-imports-demo-or-cli', 'main/core/core.ts', "import '../demo/data';"],
  ['core-imports-session-and-jobs', 'main/core/core.ts', "import '../demo/data';"],
  [
    'router-imports-module-routers',
    'main/core/router.ts',
    "import '../modules/b/b.jobs';\nexport type AppRouter = 1;\nexport const router = 1;",
  ],
  ['migrations-import-nothing', 'migrations/p1.ts', "import 'pg';"],
  ['no-unresolved', 'main/pdf/p2.ts', "import './nowhere';"],
  ['no-circular', 'shared/p4.ts', "import { two } from './p5';\nexport const one = two;"],
];

/** Files that planted ones need beside the targets. */
const COMPANIONS: Record<string, string> = {
  'preload/free.ts': 'export const free = 1;',
  'shared/p5.ts': "import { one } from './p4';\nexport const two = one;",
};

/** What the table allows, in one tree: nothing of it may be reported. */
const LAWFUL: Record<string, string> = {
  'shared/contract/a.ts': "import { z } from 'zod';\nimport '../errors';\nexport const a = z.string();",
  'renderer/app/client.ts':
    "import type { AppRouter } from '../../main/core/router';\nimport '../../shared/errors';\nimport '../features/b/Part';\nexport type X = AppRouter;",
  'renderer/features/a/Page.ts':
    "import '../../app/trpc';\nimport '../../ui/Field';\nimport '../../../shared/errors';\nimport 'react';",
  'renderer/ui/Other.ts': "import './Field';\nimport '../../shared/errors';\nimport '@mantine/core';",
  'preload/preload.ts':
    "import 'electron';\nimport type { HostBridge } from '../shared/bridge';\nexport type X = HostBridge;",
  'main/hosts/electron/main.ts':
    "import 'electron';\nimport '../../core/core';\nimport '../../core/ports';\nimport '../../../shared/errors';\nimport './window';",
  'main/hosts/electron/window.ts': "import 'node:path';\nexport const open = 1;",
  'main/core/core.ts':
    "import './session';\nimport './router';\nimport '../modules/b/b.jobs';\nexport const createCore = 1;",
  'main/core/router.ts':
    "import '../modules/b/b.router';\nimport '@trpc/server';\nexport const router = 1;\nexport type AppRouter = typeof router;",
  'main/core/procedure.ts':
    "import type { Session } from './session';\nimport '../db/connect';\nexport type X = Session;",
  'main/modules/a/a.service.ts':
    "import '../b/b.service';\nimport './a.model';\nimport '../../db/connect';\nimport '../../core/context';\nexport const serve = 1;",
  'main/modules/a/a.model.ts': 'export const model = 1;',
  'main/db/models.ts': "import '../modules/a/a.model';",
  'main/demo/office.ts':
    "import '../core/context';\nimport '../db/connect';\nimport '../modules/a/a.service';\nimport './data';",
};

const trees: string[] = [];

/** Writes a tree with our configuration and packages. */
async function plant(files: Record<string, string>): Promise<string> {
  const tree = await mkdtemp(join(tmpdir(), 'ibok-boundaries-'));
  trees.push(tree);
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'));
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    await cp(join(root, name), join(tree, name));
  for (const folder of HOUSE) await mkdir(join(tree, folder));
  for (const [file, source] of Object.entries(files)) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), `${source}\n`);
  }
  return tree;
}

afterAll(() => Promise.all(trees.map((tree) => rm(tree, { recursive: true, force: true }))));

describe('the boundaries of this tree', () => {
  let report: Report;
  beforeAll(async () => {
    report = await cruise(root);
  }, 60_000);

  test('are not crossed anywhere', () => {
    expect(report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });

  test('are checked in every TypeScript file of the house', async () => {
    const files = await Promise.all(
      HOUSE.map((folder) =>
        readdir(join(root, folder), { recursive: true }).then((names) => names.map((name) => `${folder}/${name}`)),
      ),
    );
    const sources = files.flat().filter((file) => OURS.test(file));
    expect(sources.length).toBeGreaterThan(0);
    expect(
      report.modules
        .map(({ source }) => source)
        .filter((source) => OURS.test(source))
        .sort(),
    ).toEqual(sources.sort());
  });
});

describe('the checker', () => {
  test('reports each planted violation, of every rule', async () => {
    const planted = Object.fromEntries(PLANTED.map(([, file, source]) => [file, source]));
    const report = await cruise(await plant({ ...TARGETS, ...COMPANIONS, ...planted }));
    const found = reported(report);
    for (const [rule, file] of PLANTED) expect(found).toContain(`${rule}: ${file}`);

    const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    expect(new Set(PLANTED.map(([rule]) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)));
  }, 60_000);

  test('reports nothing in a tree that does all that is allowed', async () => {
    const report = await cruise(await plant({ ...TARGETS, ...LAWFUL }));
    expect(reported(report)).toEqual([]);
    expect(report.modules.filter(({ source }) => OURS.test(source)).length).toBe(
      Object.keys({ ...TARGETS, ...LAWFUL }).length,
    );
  }, 60_000);
});
