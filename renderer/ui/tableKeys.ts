import type { KeyboardEvent } from 'react';
import { pressed } from './shortcutKeys';

/** What the keys of a table do; an absent act leaves its key to the browser. */
export interface TableActs {
  move: (by: number) => void;
  moveTo: (end: 'first' | 'last') => void;
  page: (by: -1 | 1) => void;
  open: () => void;
  cell?: ((by: -1 | 1) => void) | undefined;
  edit?: (() => void) | undefined;
  check?: (() => void) | undefined;
  /** Chooses on from where the last one was chosen. */
  checkTo?: ((by: -1 | 0 | 1) => void) | undefined;
  checkAll?: (() => void) | undefined;
  /** Answers whether there was anything to leave; else the key is not taken. */
  uncheck?: (() => boolean) | undefined;
}

/** Acts on a key pressed while the grid itself has the focus. Letters go by their place: Caps Lock and AltGr are safe. */
export function onTableKey(event: KeyboardEvent, acts: TableActs): void {
  if (event.target !== event.currentTarget) return;
  const act = actOf(event, acts);
  if (!act || act() === false) return;
  event.preventDefault();
  event.stopPropagation();
}

function actOf(event: KeyboardEvent, acts: TableActs): (() => unknown) | undefined {
  const key = (keys: string) => pressed(event.nativeEvent, keys);
  const { checkTo } = acts;
  if (key('Ctrl+A')) return acts.checkAll;
  if (key('Shift+ArrowDown')) return checkTo && (() => checkTo(1));
  if (key('Shift+ArrowUp')) return checkTo && (() => checkTo(-1));
  if (key('ArrowDown') || key('J')) return () => acts.move(1);
  if (key('ArrowUp') || key('K')) return () => acts.move(-1);
  if (key('ArrowLeft')) return acts.cell && (() => acts.cell?.(-1));
  if (key('ArrowRight')) return acts.cell && (() => acts.cell?.(1));
  if (key('PageDown')) return () => acts.page(1);
  if (key('PageUp')) return () => acts.page(-1);
  if (key('Home')) return () => acts.moveTo('first');
  if (key('End')) return () => acts.moveTo('last');
  if (key('Enter')) return acts.open;
  if (key('F2')) return acts.edit;
  if (key('Escape')) return acts.uncheck;
  // A sign of one letter says nothing of Shift: asked here.
  if (key(' ')) return event.shiftKey ? checkTo && (() => checkTo(0)) : acts.check;
  return undefined;
}
