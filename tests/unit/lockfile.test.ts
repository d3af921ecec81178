import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isAllowed } from '../support/licences';

interface LockEntry {
  version?: string;
  license?: string;
  /** Not part of what is handed out. */
  dev?: boolean;
  resolved?: string;
  integrity?: string;
  extraneous?: boolean;
  hasInstallScript?: boolean;
  optionalDependencies?: Record<string, string>;
}

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const root = resolve(import.meta.dirname, '../..');
const readJson = <T>(file: string) => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;
const manifest = readJson<Manifest>('package.json');
const { packages } = readJson<{ packages: Record<string, LockEntry> }>('package-lock.json');
const entries = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('package.json', () => {
  test('names exact versions only', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const ranges = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
      .map(([name, version]) => [name, version.replace(/^npm:.+@(?=[^@]+$)/, '')])
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? ''));
    expect(ranges).toEqual([]);
  });

  test('decides on every install script in the lock file, and on none that is not there', () => {
    const scripts = entries.filter(([, entry]) => entry.hasInstallScript).map(([path]) => nameOf(path));
    expect(Object.keys(manifest.allowScripts).sort()).toEqual([...new Set(scripts)].sort());
  });
});

describe('package-lock.json', () => {
  test('names no address of a registry, and the digest of every package', () => {
    expect(entries.filter(([, entry]) => entry.resolved).map(([path]) => path)).toEqual([]);
    expect(entries.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([]);
  });

  test('holds every optional dependency that an entry asks for, else "npm ci" refuses it', () => {
    const present = new Set(entries.map(([path]) => nameOf(path)));
    const missing = entries.flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !present.has(name))
        .map((name) => `${path} -> ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('holds nothing that nobody asked for', () => {
    expect(entries.filter(([, entry]) => entry.extraneous).map(([path]) => path)).toEqual([]);
  });

  test('holds only licences that are allowed', () => {
    const refused = entries
      .filter(([, { license, dev }]) => !isAllowed(license ?? 'none named', dev === true))
      .map(([path, { license }]) => `${nameOf(path)}: ${license}`);
    expect(refused).toEqual([]);
  });

  test('would not pass with a copyleft licence in it', () => {
    expect(isAllowed('GPL-3.0-only', true)).toBe(false);
    expect(isAllowed('MIT AND AGPL-3.0-only', true)).toBe(false);
    expect(isAllowed('(MIT OR GPL-3.0-only)', false)).toBe(true);
    expect(isAllowed('MPL-2.0', false)).toBe(false);
  });
});
