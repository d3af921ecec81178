import { describe, expect, test } from 'vitest';
import { isTyping, pressed } from '../../renderer/ui/shortcutKeys';

interface Press {
  key: string;
  code?: string;
  with?: readonly ('ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey')[];
  state?: readonly string[];
}

const press = ({ key, code = '', with: held = [], state = [] }: Press) => ({
  key,
  code,
  ctrlKey: held.includes('ctrlKey'),
  altKey: held.includes('altKey'),
  shiftKey: held.includes('shiftKey'),
  metaKey: held.includes('metaKey'),
  getModifierState: (name: string) => state.includes(name),
});

describe('a key press is a shortcut', () => {
  test.each<[string, Press, string]>([
    ['plainly', { key: 's', code: 'KeyS', with: ['ctrlKey'] }, 'Ctrl+S'],
    ['with Caps Lock on', { key: 'S', code: 'KeyS', with: ['ctrlKey'], state: ['CapsLock'] }, 'Ctrl+S'],
    ['as Command on a Mac', { key: 's', code: 'KeyS', with: ['metaKey'] }, 'Ctrl+S'],
    ['as a letter, Caps Lock or not', { key: 'J', code: 'KeyJ', state: ['CapsLock'] }, 'J'],
    ['as a sign that needs Shift here', { key: '?', code: 'Slash', with: ['shiftKey'] }, '?'],
    ['by its place when the layout writes another letter', { key: 'о', code: 'KeyJ' }, 'J'],
  ])('%s', (_, event, keys) => {
    expect(pressed(press(event), keys)).toBe(true);
  });
});

describe('a key press is no shortcut', () => {
  test.each<[string, Press, string]>([
    ['AltGr+S writes ś', { key: 'ś', code: 'KeyS', with: ['ctrlKey', 'altKey'], state: ['AltGraph'] }, 'Ctrl+S'],
    ['AltGr as Windows reports it', { key: 'ś', code: 'KeyS', with: ['ctrlKey', 'altKey'] }, 'Ctrl+S'],
    ['AltGr alone as Linux reports it', { key: 'ł', code: 'KeyL', state: ['AltGraph'] }, 'L'],
    ['without its modifier', { key: 's', code: 'KeyS' }, 'Ctrl+S'],
    ['with a modifier it does not want', { key: 'j', code: 'KeyJ', with: ['ctrlKey'] }, 'J'],
    ['with Shift it does not want', { key: 'J', code: 'KeyJ', with: ['shiftKey'] }, 'J'],
  ])('%s', (_, event, keys) => {
    expect(pressed(press(event), keys)).toBe(false);
  });
});

describe('typing', () => {
  const target = (fields: object) => fields as unknown as EventTarget;
  test.each([
    [{ tagName: 'INPUT', type: 'text' }, true],
    [{ tagName: 'INPUT', type: 'password' }, true],
    [{ tagName: 'TEXTAREA' }, true],
    [{ tagName: 'DIV', isContentEditable: true }, true],
    [{ tagName: 'INPUT', type: 'checkbox' }, false],
    [{ tagName: 'DIV' }, false],
  ])('%o: %s', (fields, typing) => {
    expect(isTyping(target(fields))).toBe(typing);
  });

  test('nothing focused is not typing', () => {
    expect(isTyping(null)).toBe(false);
  });
});
