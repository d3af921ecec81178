import { existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { fileWriter } from '../../main/hosts/electron/log';

let file = '';
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'ibok-log-')), 'logs', 'ibok-desk.log');
});

test('lines are added to a file that only its owner can read', () => {
  fileWriter(file)('one');
  fileWriter(file)('two');
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  expect(statSync(file).mode & 0o077).toBe(0);
});

test('a file above 5 MiB is put aside at the next start, and a smaller one is not', () => {
  fileWriter(file)('one');
  truncateSync(file, 5 * 1024 * 1024);
  fileWriter(file)('two');
  expect(existsSync(`${file}.1`)).toBe(false);
  fileWriter(file)('three');
  expect(readFileSync(file, 'utf8')).toBe('three\n');
  expect(existsSync(`${file}.1`)).toBe(true);
});

test('a place that cannot be written stops nothing', () => {
  mkdirSync(join(file, '..'), { recursive: true });
  mkdirSync(file);
  expect(() => fileWriter(file)('one')).not.toThrow();
  const blocked = join(file, '..', 'plain');
  writeFileSync(blocked, '');
  expect(() => fileWriter(join(blocked, 'deeper', 'x.log'))('one')).not.toThrow();
});
