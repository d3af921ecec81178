import { observeElementOffset, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';

/** The tallest a scrolled box may be, px: browsers stop at 2^25, and rows below could not be reached. */
const TALLEST = 30_000_000;

/** Rows are placed inside blocks of this many, so that no place needs more digits than a browser computes with. */
const BLOCK_ROWS = 1000;

export interface VirtualRows {
  /** Places of the rows to render, in order. */
  indexes: readonly number[];
  /** Height of the scrolled box and the place of the block that the rows stand in, px. */
  height: number;
  blockTop: number;
  /** Place of a row inside the block, px. */
  topOf: (index: number) => number;
  /** Brings a row into sight, in the middle when `centre`. */
  reveal: (index: number, centre?: boolean) => void;
  toTop: () => void;
}

interface Options {
  scroller: RefObject<HTMLDivElement | null>;
  count: number;
  rowHeight: number;
  /** Rendered wherever one scrolls to: the row being edited must not be torn down. */
  pinned: number | null;
}

/** Which of any number of equally high rows are to be rendered; beyond the browser's tallest box it scrolls in scale. */
export function useVirtualRows({ scroller, count, rowHeight, pinned }: Options): VirtualRows {
  const total = count * rowHeight;
  const height = Math.min(total, TALLEST);
  /** Rows' px to a px of the scroll bar. */
  const scale = () => {
    const view = (scroller.current?.clientHeight ?? 0) - rowHeight;
    return total <= TALLEST ? 1 : (total - view) / (height - view);
  };
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // Scrolling renders rows anyway; rendering at once, in the scroll event, would only cost frames.
    useFlushSync: false,
    observeElementOffset: (instance, listener) =>
      observeElementOffset(instance, (offset, scrolling) => listener(offset * scale(), scrolling)),
    scrollToFn: (offset, { adjustments = 0 }, { scrollElement }) =>
      scrollElement?.scrollTo({ top: (offset + adjustments) / scale() }),
    rangeExtractor: ({ startIndex, endIndex, overscan }) => {
      const first = Math.max(0, startIndex - overscan);
      const last = Math.min(count - 1, endIndex + overscan);
      const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
      if (pinned === null || pinned >= count || (pinned >= first && pinned <= last)) return indexes;
      return pinned < first ? [pinned, ...indexes] : [...indexes, pinned];
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height means measuring again
  useEffect(() => virtual.measure(), [rowHeight]);

  const indexes = virtual.getVirtualItems().map(({ index }) => index);
  const offset = virtual.scrollOffset ?? 0;
  const block = Math.floor(Math.floor(offset / rowHeight) / BLOCK_ROWS) * BLOCK_ROWS * rowHeight;
  return {
    indexes,
    height,
    blockTop: block - offset + offset / scale(),
    topOf: (index) => index * rowHeight - block,
    reveal: (index, centre = false) => {
      const box = scroller.current;
      if (!box) return;
      // The sticky head lies over the first row's height of the view.
      const view = box.clientHeight - rowHeight;
      const top = index * rowHeight;
      const now = box.scrollTop * scale();
      const next = centre ? top - (view - rowHeight) / 2 : Math.min(top, Math.max(now, top + rowHeight - view));
      if (next !== now) box.scrollTop = Math.max(0, next) / scale();
    },
    toTop: () => {
      if (scroller.current) scroller.current.scrollTop = 0;
    },
  };
}
