import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en, pl } from '../../renderer/i18n/catalogues';

type Tree = { [key: string]: string | Tree };

/** Path → text of every leaf. */
function leaves(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = path ? `${path}.${key}` : key;
    if (typeof value === 'string') found.set(at, value);
    else for (const [inner, text] of leaves(value, at)) found.set(inner, text);
  }
  return found;
}

const polish = leaves(pl);
const english = leaves(en);
const slots = (text: string) => [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([, name]) => name).sort();

describe('the catalogues', () => {
  test('hold text at every leaf', () => {
    expect(polish.size).toBeGreaterThan(300);
    for (const [path, text] of [...polish, ...english]) expect(text.trim(), path).not.toBe('');
  });

  test('put the same facts into the same sentences', () => {
    for (const [path, text] of english) expect(slots(text), path).toEqual(slots(polish.get(path) ?? ''));
  });

  test('give every Polish plural its four forms', () => {
    const plurals = [...polish.keys()].filter((path) => path.endsWith('_one')).map((path) => path.slice(0, -4));
    expect(plurals.length).toBeGreaterThan(2);
    for (const path of plurals) {
      for (const form of ['few', 'many', 'other']) expect(polish.has(`${path}_${form}`), `${path}_${form}`).toBe(true);
    }
  });

  test('end every error sentence as a sentence', () => {
    for (const [code, sentence] of [...Object.entries(pl.errors), ...Object.entries(en.errors)]) {
      expect(sentence, code).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  test('name every table that the trail speaks of', () => {
    const rules = readFileSync(join(import.meta.dirname, '../../migrations/repeatable/20-audit.sql'), 'utf8');
    const tables = [...rules.matchAll(/^ {4}\['(\w+)', '\w+', '/gm)].map(([, table]) => table);
    expect(tables.length).toBeGreaterThan(40);
    for (const table of tables) expect(polish.has(`journal.table.${table}`), table).toBe(true);
  });
});
