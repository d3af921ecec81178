import { describe, expect, it } from 'vitest';
import { foldedWords, foldText, phoneKey } from '../../shared/domain/fold';

describe('folding for search', () => {
  it.each([
    ['Żuk', 'zuk'],
    ['ŁÓDŹ', 'lodz'],
    ["O'Neill", 'o neill'],
    ['Nowak-Łoś', 'nowak los'],
    ['  Mściwoja   II 4/7 ', 'msciwoja ii 4 7'],
    ['Größe, Dvořák', 'grose dvorak'],
    ['%_\\', ''],
    ['zażółć gęślą jaźń', 'zazolc gesla jazn'],
  ])('folds %j to %j', (given, folded) => {
    expect(foldText(given)).toBe(folded);
  });

  it('gives each word once', () => {
    expect(foldedWords('Nowak nowak NÓWAK Kartuzy')).toEqual(['nowak', 'kartuzy']);
  });

  it('sees one phone number in its ways of writing', () => {
    expect(phoneKey('+48 58 681-02-46')).toBe(phoneKey('58 6810246'));
  });
});
