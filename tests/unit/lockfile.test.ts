import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

interface LockEntry {
  version?: string;
  license?: string;
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

/** Licences that a closed product may carry; one not listed here is read by a person first. */
const LICENCES = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
]);
/** Build tools only: the copyleft of a tool does not reach what it makes. */
const TOOL_LICENCES = new Set(['MPL-2.0']);

/** `(MIT OR CC0-1.0)` is fine when one side is, `MIT AND OFL-1.1` when both are. */
function isAllowed(licence: string): boolean {
  const bare = licence.replace(/[()]/g, '');
  const known = (name: string) => LICENCES.has(name) || TOOL_LICENCES.has(name);
  return bare.split(' OR ').some((side) => side.split(' AND ').every((name) => known(name.trim())));
}

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
      .map(([path, { license }]) => `${nameOf(path)}: ${license ?? 'none named'}`)
      .filter((line) => !isAllowed(line.slice(line.indexOf(': ') + 2)));
    expect(refused).toEqual([]);
  });

  test('would not pass with a copyleft licence in it', () => {
    expect(isAllowed('GPL-3.0-only')).toBe(false);
    expect(isAllowed('MIT AND AGPL-3.0-only')).toBe(false);
    expect(isAllowed('(MIT OR GPL-3.0-only)')).toBe(true);
  });
});
