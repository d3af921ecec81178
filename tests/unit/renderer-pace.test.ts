import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isLogged } from '../../renderer/app/hints';
import { pace } from '../../renderer/app/pace';
import type { Hint } from '../../shared/bridge';

const read = vi.fn<(hints: readonly Hint[], hidden: boolean) => void>();
let hidden = false;

beforeEach(() => {
  vi.useFakeTimers();
  read.mockClear();
  hidden = false;
});
afterEach(() => vi.useRealTimers());

const make = () => pace(read, () => hidden);
const card: Hint = { topic: 'customers', id: '12' };

test('a burst is read once, shortly after its first hint, each hint once', () => {
  const { add } = make();
  for (let n = 0; n < 50; n++) add(card);
  add({ topic: 'audit' });
  vi.advanceTimersByTime(119);
  expect(read).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(read).toHaveBeenCalledExactlyOnceWith([card, { topic: 'audit' }], false);
});

test('somebody who sends hints without end has the screen read every 400 ms, not more', () => {
  const { add } = make();
  for (let ms = 0; ms < 10_000; ms += 10) {
    add(card);
    vi.advanceTimersByTime(10);
  }
  expect(read.mock.calls.length).toBeGreaterThanOrEqual(23);
  expect(read.mock.calls.length).toBeLessThanOrEqual(26);
});

test('thousands of different hints become one resync', () => {
  const { add } = make();
  for (let n = 0; n < 5_000; n++) add({ topic: 'customers', id: String(n) });
  vi.advanceTimersByTime(200);
  expect(read).toHaveBeenCalledExactlyOnceWith([{ topic: 'resync' }], false);
});

test('what came while nobody looked is read without the cards, and again when the window is shown', () => {
  const pacing = make();
  hidden = true;
  pacing.add(card);
  pacing.add(card);
  vi.advanceTimersByTime(2_000);
  expect(read.mock.calls).toEqual([[[card], true]]);
  hidden = false;
  pacing.shown();
  vi.advanceTimersByTime(2_000);
  expect(read.mock.calls.slice(1)).toEqual([[[card], false]]);
  pacing.shown();
  vi.advanceTimersByTime(2_000);
  expect(read).toHaveBeenCalledTimes(2);
});

test('a card is what the read log hears of', () => {
  expect(isLogged([['customers', 'card'], { input: { id: '1' } }])).toBe(true);
  expect(isLogged([['customers', 'list'], {}])).toBe(false);
});
