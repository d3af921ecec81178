import { describe, expect, it } from 'vitest';
import { type Command, matchingCommands } from '../../renderer/app/desktop/commands';
import { scanReader } from '../../renderer/app/desktop/scanner';
import { linkTo, placeOfLink } from '../../shared/domain/places';

const command = (id: string, label: string): Command => ({ id, label, run: () => undefined });
const KNOWN = [
  command('tasks', 'Moje zadania'),
  command('new-task', 'Nowe zadanie'),
  command('theme', 'Włącz jasny motyw'),
  ...Array.from({ length: 8 }, (_, index) => command(`z${index}`, `Zakładka ${index}`)),
];
const ids = (text: string) => matchingCommands(KNOWN, text).map(({ id }) => id);

describe('commands', () => {
  it('are found by the beginnings of their words, without diacritics and case', () => {
    expect(ids('nowe zad')).toEqual(['new-task']);
    expect(ids('WLACZ')).toEqual(['theme']);
    expect(ids('zadania')).toEqual(['tasks']);
  });
  it('wait for two letters, and do not crowd out the hits', () => {
    expect(ids('z')).toEqual([]);
    expect(ids('')).toEqual([]);
    expect(ids('za')).toHaveLength(5);
  });
  it('are all there after the sign that asks for them', () => {
    expect(ids('>')).toHaveLength(KNOWN.length);
    expect(ids('> za')).toHaveLength(10);
    expect(ids('>jasny')).toEqual(['theme']);
  });
});

describe('a scanner', () => {
  const type = (text: string, gap: number) => {
    const read = scanReader();
    let at = 1000;
    return [...text, 'Enter'].map((key) => {
      at += gap;
      return read(key, at);
    });
  };
  it('is told from a hand by its speed', () => {
    expect(type('A-0484 3787', 8).at(-1)).toEqual({ scanned: 'A-0484 3787', swallow: true });
    expect(type('A-0484 3787', 90).every(({ scanned, swallow }) => scanned === null && !swallow)).toBe(true);
  });
  it('keeps its letters from acting as shortcuts, but for the first two, which may be a quick hand', () => {
    const answers = type('JK1234', 5);
    expect(answers.map(({ swallow }) => swallow)).toEqual([false, false, true, true, true, true, true]);
  });
  it('is not a hand that works in a list, however quick', () => {
    const read = scanReader();
    let at = 1000;
    for (const key of [' ', 'ArrowDown', ' ', 'ArrowDown', ' ', 'ArrowDown', ' ', 'Enter']) {
      at += 20;
      expect(read(key, at)).toEqual({ scanned: null, swallow: false });
    }
  });
  it('is not two quick keys and Enter', () => {
    expect(type('jj', 20).at(-1)).toEqual({ scanned: null, swallow: false });
  });
  it('begins anew after a pause', () => {
    const read = scanReader();
    for (const [index, key] of [...'99999'].entries()) read(key, 1000 + index * 5);
    for (const [index, key] of [...'0077123'].entries()) read(key, 3000 + index * 5);
    expect(read('Enter', 3040).scanned).toBe('0077123');
  });
});

describe('links', () => {
  it.each(['/', '/customers', '/customers/12', '/meters/7', '/tasks'])('lead to %s and back', (place) => {
    expect(placeOfLink(linkTo(place))).toBe(place);
  });
});
