import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { init, type ModuleInfos } from 'license-checker-rseidelsohn';
import { runSecretLint } from 'secretlint';
import { afterAll, describe, expect, test } from 'vitest';
import { FLOORS, isOnFloor } from '../support/floors';
import { isAllowed } from '../support/licences';

const root = resolve(import.meta.dirname, '../..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>;
};
const versionsOf = (name: string) =>
  Object.entries(packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([, { version }]) => version ?? '');

describe('the floors of dependencies', () => {
  test.each(FLOORS)('$name stands on or above $from', (floor) => {
    const versions = versionsOf(floor.name);
    // A floor for what is not there any more would be believed for ever.
    expect(versions.length > 0).toBe(!floor.absent);
    expect(versions.filter((version) => !isOnFloor(version, floor))).toEqual([]);
  });

  test('a version below, or of a line without mends, is below the floor', () => {
    const floor = { from: ['5.7.2', '7.5.2'] };
    expect(['5.7.1', '6.9.9', '7.5.1', '4.0.0'].map((version) => isOnFloor(version, floor))).not.toContain(true);
    expect(
      ['5.7.2', '5.10.0', '7.5.2', '7.10.0-beta.1', '8.0.0'].map((version) => isOnFloor(version, floor)),
    ).not.toContain(false);
    expect(() => isOnFloor('latest', floor)).toThrow();
  });
});

describe('the licences as they lie in node_modules', () => {
  const found = (options: { production?: boolean }) =>
    new Promise<ModuleInfos>((done, failed) => {
      init({ start: root, excludePrivatePackages: true, ...options }, (error, infos) =>
        error ? failed(error) : done(infos),
      );
    });
  const refused = (infos: ModuleInfos, isTool: boolean) =>
    Object.entries(infos)
      .map(([name, { licenses }]) => [name, [licenses ?? 'none named'].flat().join(' AND ')] as const)
      .filter(([, licence]) => !isAllowed(licence, isTool));

  test('of what is handed out', { timeout: 60_000 }, async () => {
    const infos = await found({ production: true });
    expect(Object.keys(infos).length).toBeGreaterThan(30);
    expect(refused(infos, false)).toEqual([]);
  });

  test('of the tools beside it, which may have a few more', { timeout: 60_000 }, async () => {
    const infos = await found({});
    expect(Object.keys(infos).length).toBeGreaterThan(300);
    expect(refused(infos, true)).toEqual([]);
  });
});

describe('secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ibok-secret-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const lint = (cwd: string, files: string[]) =>
    runSecretLint({
      cliOptions: { cwd, filePathOrGlobList: files, noGlob: true, ignoreFilePath: join(root, '.gitignore') },
      engineOptions: {
        cwd,
        configFilePath: join(root, '.secretlintrc.json'),
        formatter: 'unix',
        color: false,
        maskSecrets: true,
      },
    });

  test('none in any file of the repository', { timeout: 60_000 }, async () => {
    const { stdout } = await promisify(execFile)(
      'git',
      ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
      {
        cwd: root,
        maxBuffer: 1 << 24,
      },
    );
    const files = stdout.split('\0').filter((file) => file !== '');
    expect(files.length).toBeGreaterThan(300);
    const result = await lint(root, files);
    expect(result.stdout ?? '').toBe('');
    expect(result.exitStatus).toBe(0);
  });

  test('one that is put in is found, and not repeated in the report', async () => {
    const word = ['Tajne', 'Haslo', '2026'].join('');
    const file = join(folder, 'config.ts');
    writeFileSync(file, `export const url = 'postgres://ibok:${word}@db.utility.test:5432/ibok';\n`);
    const result = await lint(folder, [file]);
    expect(result.exitStatus).toBe(1);
    expect(result.stdout).toContain('PostgreSQL');
    expect(result.stdout).not.toContain(word);
  });
});
