/** How long after the first click the second one of a double click may come, in milliseconds. */
const PATIENCE_MS = 500;

/**
 * One click opens a row; many click twice out of habit. The second click would land on the record that came up, mark its
 * words or press what happens to be there: it goes nowhere.
 */
export function swallowSecondClick(): void {
  const swallow = (event: MouseEvent) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const kinds = ['mousedown', 'click', 'dblclick'] as const;
  for (const kind of kinds) window.addEventListener(kind, swallow, true);
  setTimeout(() => {
    for (const kind of kinds) window.removeEventListener(kind, swallow, true);
  }, PATIENCE_MS);
}
