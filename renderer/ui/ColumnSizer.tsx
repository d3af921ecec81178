import type { PointerEvent } from 'react';
import classes from './DataTable.module.css';

interface ColumnSizerProps {
  /** Measured width in px, at every move. */
  onResizing: (width: number) => void;
  /** Once, when the mouse lets go. */
  onResize: (width: number) => void;
}

/** The edge of a head cell to drag by mouse; keys size the column from its buttons. */
export function ColumnSizer({ onResizing, onResize }: ColumnSizerProps) {
  function onPointerDown(event: PointerEvent<HTMLSpanElement>) {
    const edge = event.currentTarget;
    const begin = event.clientX;
    const width = edge.parentElement?.getBoundingClientRect().width ?? 0;
    const at = (moved: globalThis.PointerEvent) => Math.max(0, width + moved.clientX - begin);
    const move = (moved: globalThis.PointerEvent) => onResizing(at(moved));
    const end = (moved: globalThis.PointerEvent) => {
      edge.removeEventListener('pointermove', move);
      onResize(at(moved));
    };
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end, { once: true });
  }
  return <span aria-hidden className={classes.sizer} onPointerDown={onPointerDown} />;
}
