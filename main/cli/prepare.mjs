// Brings a clone into a state that can run: packages as in the lock file, output as new as its sources.
// Plain JavaScript for Node 20 and no dependency, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's top folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the output is made of. */
const SOURCES = ['main', 'preload', 'renderer', 'shared', 'migrations'];
const BUILD_FILES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'electron.vite.config.ts',
  'postcss.config.cjs',
];

/** A step that failed for a reason the person at the terminal has already read or is told here; no stack trace. */
export class StepFailed extends Error {}

/** @returns {string} the Node 24 of the lock file; on a platform that it is not made for, the one that runs us. */
export function node() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file);
  return existsSync(own) ? own : process.execPath;
}

/** Installs with `npm ci` when node_modules is not what package-lock.json says. */
export function install() {
  if (isInstalled()) return;
  console.log('Installing packages (a minute or two the first time) ...');
  // npm tells its scripts where it is; outside of npm it is looked up.
  const npm = process.env.npm_execpath;
  const { status } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', ['ci'], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
        shell: process.platform === 'win32',
      });
  if (status !== 0) throw new StepFailed('The packages could not be installed: "npm ci" failed.');
}

/**
 * Compares the lock file with the record that npm leaves in node_modules at the end of an installation.
 * Optional packages of other platforms are missing from that record by right.
 */
function isInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    if (!found) return entry.optional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * Builds `out/` when a source is newer or other than at the last build.
 * The new output is made beside the old one and put in its place when it is whole.
 * @param {{ force?: boolean }} options
 */
export function build({ force = false } = {}) {
  const out = join(root, 'out');
  const stamp = join(out, '.stamp');
  const state = sourceState();
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  console.log('Building ...');
  const draft = `${out}.${process.pid}`;
  try {
    const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const { status, stdout, stderr } = spawnSync(node(), [cli, 'build', '--logLevel', 'warn'], {
      cwd: root,
      env: { ...process.env, IBOK_OUT: draft },
      encoding: 'utf8',
    });
    if (status !== 0) throw new StepFailed(`The build failed.\n${stdout}${stderr}`);
    writeFileSync(join(draft, '.stamp'), state);
    rmSync(out, { recursive: true, force: true });
    renameSync(draft, out);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** Names, sizes and times of all sources in one digest; reading their contents would take longer than a start may. */
function sourceState() {
  const digest = createHash('sha256');
  const add = (path) => {
    const { size, mtimeMs } = statSync(join(root, path), { throwIfNoEntry: false }) ?? {};
    digest.update(`${path}\0${size}\0${mtimeMs}\0`);
  };
  const walk = (folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  for (const folder of SOURCES) if (existsSync(join(root, folder))) walk(folder);
  for (const file of BUILD_FILES) add(file);
  return digest.digest('hex');
}
