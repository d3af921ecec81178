import { app, type ContextMenuParams, Menu, type MenuItemConstructorOptions, type WebContents } from 'electron';
import { words } from './words';

/** The application's menu. Reload and the developer tools exist in a clone only. */
export function menuTemplate(): MenuItemConstructorOptions[] {
  const w = words();
  const tools: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload', label: w.reload }, { role: 'toggleDevTools', label: w.tools }];
  return [
    { label: w.file, submenu: [{ role: 'quit', label: w.quit }] },
    { label: w.edit, submenu: editItems() },
    {
      label: w.view,
      submenu: [
        { role: 'resetZoom', label: w.actualSize },
        { role: 'zoomIn', label: w.zoomIn },
        { role: 'zoomOut', label: w.zoomOut },
        { role: 'togglefullscreen', label: w.fullScreen },
        ...tools,
      ],
    },
    { label: w.help, submenu: [{ role: 'about', label: w.about }] },
  ];
}

function editItems(): MenuItemConstructorOptions[] {
  const w = words();
  return [
    { role: 'undo', label: w.undo },
    { role: 'redo', label: w.redo },
    { type: 'separator' },
    { role: 'cut', label: w.cut },
    { role: 'copy', label: w.copy },
    { role: 'paste', label: w.paste },
    { role: 'selectAll', label: w.selectAll },
  ];
}

/**
 * What the right mouse button offers: spelling and editing in a field, copying of a selection, nothing elsewhere.
 * Electron by itself offers nothing at all, so without this a person could not paste with the mouse.
 */
export function contextTemplate(
  params: Pick<ContextMenuParams, 'isEditable' | 'selectionText' | 'dictionarySuggestions'>,
  replace: (word: string) => void,
): MenuItemConstructorOptions[] {
  if (!params.isEditable) return params.selectionText.trim() ? [{ role: 'copy', label: words().copy }] : [];
  const suggestions: MenuItemConstructorOptions[] = params.dictionarySuggestions
    .slice(0, 5)
    .map((word) => ({ label: word, click: () => replace(word) }));
  return suggestions.length > 0 ? [...suggestions, { type: 'separator' }, ...editItems()] : editItems();
}

export function setMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate()));
}

export function offerContextMenu(contents: WebContents): void {
  contents.on('context-menu', (_event, params) => {
    const items = contextTemplate(params, (word) => contents.replaceMisspelling(word));
    if (items.length > 0) Menu.buildFromTemplate(items).popup();
  });
}
