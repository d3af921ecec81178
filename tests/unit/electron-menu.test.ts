import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, expect, test, vi } from 'vitest';
import { contextTemplate, menuTemplate, offerContextMenu } from '../../main/hosts/electron/menu';
import { BrowserWindow, desktop } from '../support/electron-stand-in';

vi.mock('electron', () => import('../support/electron-stand-in'));

afterEach(() => {
  desktop.packaged = false;
  desktop.languages = ['pl-PL'];
});

function roles(items: MenuItemConstructorOptions[]): string[] {
  return items.flatMap(({ role, submenu }) => (Array.isArray(submenu) ? roles(submenu) : role ? [role] : []));
}

const everyday = ['quit', 'undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'];
const view = ['resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen'];

test('the packaged menu has no way to reload or to the developer tools', () => {
  desktop.packaged = true;
  expect(roles(menuTemplate())).toEqual([...everyday, ...view, 'about']);
  desktop.packaged = false;
  expect(roles(menuTemplate())).toEqual([...everyday, ...view, 'reload', 'toggleDevTools', 'about']);
});

test.each([
  [['pl-PL', 'en-GB'], 'Plik'],
  [['en-GB', 'pl-PL'], 'File'],
  [['de-DE'], 'Plik'],
  [[], 'Plik'],
])('a desktop in %j reads %s', (languages, label) => {
  desktop.languages = languages;
  expect(menuTemplate()[0]?.label).toBe(label);
});

test('the right button edits a field, corrects a word, copies a selection, and does nothing elsewhere', () => {
  const { webContents } = new BrowserWindow();
  offerContextMenu(webContents as never);
  const click = (isEditable: boolean, selectionText = '', dictionarySuggestions: string[] = []) =>
    webContents.emit('context-menu', {}, { isEditable, selectionText, dictionarySuggestions });
  click(false);
  expect(desktop.popups).toEqual([]);
  click(false, 'Żuk');
  expect(roles(desktop.popups[0] ?? [])).toEqual(['copy']);
  click(true, '', ['wodomierz']);
  const [suggestion, ...rest] = desktop.popups[1] ?? [];
  expect(roles(rest)).toEqual(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']);
  suggestion?.click?.({} as never, undefined, {} as never);
  expect(webContents.replaced).toEqual(['wodomierz']);
});

test('five suggestions are enough', () => {
  const dictionarySuggestions = ['a', 'b', 'c', 'd', 'e', 'f'];
  const items = contextTemplate({ isEditable: true, selectionText: '', dictionarySuggestions }, () => undefined);
  expect(items.filter(({ label }) => dictionarySuggestions.includes(label ?? ''))).toHaveLength(5);
});
