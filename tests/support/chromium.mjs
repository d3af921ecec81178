// Finds a Chromium for the browser journeys, or gets one. Plain JavaScript: it runs before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { node, root } from '../../main/cli/prepare.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome.exe', 'msedge.exe'];
const PLACES = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
  'C:\\Program Files\\Google\\Chrome\\Application',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application',
];

const HOW = `There is no Chromium for the browser tests, and none could be fetched. Any of these helps:
  npx playwright install chromium
  apt-get install chromium            (Debian, as root)
  CHROMIUM_PATH=/path/to/chrome npm test`;

/** @returns {{ path: string } | { problem: string }} the browser's executable, or how to get one */
export function findChromium() {
  const path = named() ?? installed() ?? playwrights() ?? (fetchByPlaywright() || fetchByDebian());
  return path ? { path } : { problem: HOW };
}

function named() {
  const path = process.env.CHROMIUM_PATH;
  return path && existsSync(path) ? path : undefined;
}

function installed() {
  const names = [...NAMES, 'Google Chrome', 'Chromium'];
  return PLACES.flatMap((place) => names.map((name) => join(place, name))).find((path) => existsSync(path));
}

/** The browser in Playwright's own cache. */
function playwrights() {
  const path = createRequire(join(root, 'package.json'))('@playwright/test').chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

function fetchByPlaywright() {
  console.log('Fetching Chromium ...');
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  spawnSync(node(), [cli, 'install', 'chromium'], { stdio: 'ignore', timeout: 180_000 });
  return playwrights();
}

function fetchByDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    spawnSync('apt-get', args, { stdio: 'ignore', env, timeout: 300_000 });
  }
  return installed();
}
