/** What of a key press a shortcut looks at. */
type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & {
  getModifierState?: (key: string) => boolean;
};

/**
 * Whether a key press is the shortcut `keys` (`Ctrl+S`, `J`, `?`, `Enter`, `Alt+1`).
 * Letters are compared by the place of the key and without case, so that Caps Lock and Shift state do not matter;
 * what AltGr types on a Polish keyboard (reported as Ctrl+Alt on Windows) is never a shortcut.
 */
export function pressed(event: KeyPress, keys: string): boolean {
  if (event.getModifierState?.('AltGraph') || (event.ctrlKey && event.altKey)) return false;
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const wants = (name: string) => parts.includes(name);
  if ((event.ctrlKey || event.metaKey) !== wants('Ctrl') || event.altKey !== wants('Alt')) return false;
  if (/^[A-Z]$/.test(key)) {
    const letter = event.code === `Key${key}` || event.key.toUpperCase() === key;
    return letter && (event.shiftKey === wants('Shift') || isCapsLetter(event));
  }
  // Signs such as `?` need Shift on some layouts and not on others: the sign itself decides.
  return event.key === key && (key.length === 1 || event.shiftKey === wants('Shift'));
}

/** With Caps Lock on, Shift types the small letter: still the same key for a person. */
function isCapsLetter(event: KeyPress): boolean {
  return Boolean(event.getModifierState?.('CapsLock'));
}

/** Whether typing goes into a field there, so that single letters are text and not shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  const element = target as { tagName?: string; isContentEditable?: boolean; type?: string } | null;
  if (!element?.tagName) return false;
  if (element.isContentEditable || element.tagName === 'TEXTAREA' || element.tagName === 'SELECT') return true;
  const buttonLike = ['checkbox', 'radio', 'button', 'submit', 'range', 'color', 'file'];
  return element.tagName === 'INPUT' && !buttonLike.includes(element.type ?? 'text');
}
