import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

/** Smallest window the screens are drawn for, in pixels. */
export const SMALLEST = { width: 1280, height: 720 };

/** Pixels of a window's upper edge that must be on a display, so that it can be taken by its title. */
const GRIP = { width: 120, height: 40 };

const pixels = z.int().min(-100_000).max(100_000);
const place = z.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels, maximized: z.boolean() });

/** Where a window stood: its normal bounds in pixels, and whether it filled the screen. */
export type Place = z.infer<typeof place>;

/**
 * The place to give a window, or null for the system's own choice: when nothing usable was stored, or when it would
 * open where no display is any more.
 */
export function usablePlace(stored: unknown, workAreas: readonly Rectangle[]): Place | null {
  const parsed = place.safeParse(stored);
  if (!parsed.success) return null;
  const { x, y, maximized } = parsed.data;
  const width = Math.max(parsed.data.width, SMALLEST.width);
  const height = Math.max(parsed.data.height, SMALLEST.height);
  const reachable = workAreas.some(
    (area) =>
      Math.min(x + width, area.x + area.width) - Math.max(x, area.x) >= GRIP.width &&
      y >= area.y &&
      y + GRIP.height <= area.y + area.height,
  );
  return reachable ? { x, y, width, height, maximized } : null;
}

/** What stands in the file; null when it is missing or damaged, which is no reason not to open a window. */
export function readPlace(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Stores the place; a profile that cannot be written costs the place and nothing else. */
export function writePlace(file: string, value: Place): void {
  try {
    writeFileSync(file, JSON.stringify(value));
  } catch {
    return;
  }
}
