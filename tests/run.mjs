// `npm test`: installs what is missing, then every check there is. Plain JavaScript, no dependency.
//   npm test -- --only types,unit      only these steps
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, install, node, root, StepFailed } from '../main/cli/prepare.mjs';
import { findChromium } from './support/chromium.mjs';

/** When a tool is taken for hung, on a machine busy with other things; all of them together take about a quarter of an hour. */
const LIMIT_MS = 25 * 60_000;
const reports = mkdtempSync(join(tmpdir(), 'ibok-test-'));

/** @typedef {{ passed: number, failures: { name: string, text: string }[], skips: { name: string, reason?: string }[], repeated?: string[] }} Result */

/** Runs one of the tools in node_modules. @returns {Promise<{ code: number | null, output: string }>} */
function tool(script, args, env = {}) {
  const path = `${dirname(node())}${delimiter}${process.env.PATH ?? ''}`;
  return new Promise((resolve) => {
    const child = spawn(node(), [join(root, 'node_modules', script), ...args], {
      cwd: root,
      env: { ...process.env, PATH: path, FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

const ok = (name) => ({ name, passed: 1, failures: [], skips: [] });
const failed = (name, text) => ({ name, passed: 0, failures: [{ name, text }], skips: [] });

/** A check that passes or fails as a whole counts as one test. */
const check = (name, script, args) => ({
  name,
  run: async () => {
    const { code, output } = await tool(script, args);
    return code === 0 ? ok(name) : failed(name, output);
  },
});

/** Adds what the tool itself complained about, and a run without a single test. @returns {Result} */
function judged(name, result, { code, output }) {
  if (!result) return failed(name, output);
  const count = result.passed + result.failures.length + result.skips.length;
  if (count === 0 || (code !== 0 && result.failures.length === 0)) {
    result.failures.push({ name, text: count === 0 ? `No test was run.\n${output}` : output });
  }
  return result;
}

const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

const vitest = (name) => ({
  name,
  run: async () => {
    const file = join(reports, `${name}.json`);
    const args = ['run', '--project', name, '--allowOnly=false', '--reporter', './tests/support/vitest-reporter.mjs'];
    const done = await tool('vitest/vitest.mjs', args, { IBOK_REPORT: file });
    return judged(name, readReport(file), done);
  },
});

const playwright = {
  name: 'e2e',
  run: async () => {
    const chromium = findChromium();
    if (chromium.problem) return failed('e2e', chromium.problem);
    const file = join(reports, 'e2e.json');
    const env = { CHROMIUM_PATH: chromium.path, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    // A journey that a busy machine disturbed is tried once more, and named when that was needed.
    const args = ['test', '--forbid-only', '--retries', '1', '--reporter', 'json'];
    const done = await tool('@playwright/test/cli.js', args, env);
    const report = readReport(file);
    return judged('e2e', report && readJourneys(report), done);
  },
};

/** Playwright's report is a tree of suites; what happened stands with each spec's tests. @returns {Result} */
function readJourneys({ suites, errors }) {
  const failures = errors.map((error) => ({ name: 'e2e', text: error.message }));
  const result = { passed: 0, failures, skips: [], repeated: [] };
  const walk = (suite, path) => {
    for (const child of suite.suites ?? []) walk(child, [...path, child.title]);
    for (const spec of suite.specs ?? []) {
      const name = [...path, spec.title].join(' > ');
      for (const { status, annotations, results } of spec.tests) {
        if (status === 'expected' || status === 'flaky') {
          result.passed += 1;
          if (status === 'flaky') result.repeated.push(name);
        } else if (status === 'skipped') {
          result.skips.push({ name, reason: annotations.find(({ type }) => type === 'skip')?.description });
        } else {
          const texts = results.flatMap(({ errors: found }) => found.map(({ message }) => message));
          result.failures.push({ name, text: texts.join('\n') });
        }
      }
    }
  };
  for (const suite of suites) walk(suite, [suite.title]);
  return result;
}

const BUILD = {
  name: 'build',
  run: async () => {
    try {
      build();
      return ok('build');
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      return failed('build', error.message);
    }
  },
};

/** The steps in their order; those of one group run at the same time. */
const GROUPS = [
  [
    check('lint', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
    check('types', '@typescript/native/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']),
    check('boundaries', 'dependency-cruiser/bin/dependency-cruiser.mjs', [
      ...['--config', '.dependency-cruiser.cjs'],
      ...['main', 'preload', 'renderer', 'shared', 'migrations'],
    ]),
    check('deadcode', 'knip/bin/knip.js', []),
  ],
  [
    check('promises', 'eslint/bin/eslint.js', [
      '--max-warnings',
      '0',
      'main',
      'shared',
      'renderer',
      'preload',
      'tests',
    ]),
  ],
  [BUILD],
  // Some compute and some wait; each has a PostgreSQL server of its own.
  [vitest('unit'), vitest('faults'), vitest('integration'), vitest('security')],
  [playwright],
];

function wantedSteps() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const names = GROUPS.flat().map(({ name }) => name);
  const wanted = values.only?.split(',') ?? names;
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new StepFailed(`Unknown step ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  return GROUPS.map((group) => group.filter(({ name }) => wanted.includes(name)));
}

/** @param {Result} result */
function print(name, result, seconds) {
  const { passed, failures, skips, repeated = [] } = result;
  const parts = [`${passed} passed`];
  if (failures.length > 0) parts.push(`${failures.length} FAILED`);
  if (skips.length > 0) parts.push(`${skips.length} skipped`);
  console.log(`${name.padEnd(12)}${parts.join(', ')} (${seconds.toFixed(1)} s)`);
  for (const { name: test, text } of failures)
    console.log(`\n  FAILED ${test}\n${text.trimEnd().replace(/^/gm, '    ')}\n`);
  for (const { name: test, reason } of skips) console.log(`  skipped ${test}: ${reason ?? 'no reason given'}`);
  for (const test of repeated) console.log(`  passed when repeated ${test}`);
}

async function main() {
  const groups = wantedSteps();
  install();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const group of groups) {
    await Promise.all(
      group.map(async ({ name, run }) => {
        const started = Date.now();
        const result = await run();
        print(name, result, (Date.now() - started) / 1000);
        total.passed += result.passed;
        total.failed += result.failures.length;
        total.skipped += result.skips.length;
      }),
    );
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof StepFailed ? error.message : error);
  console.log('0 passed, 1 failed, 0 skipped');
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
