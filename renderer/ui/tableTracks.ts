import type { Column } from './DataTableHead';

/** Room of the checkboxes, px at the usual text size. */
const CHECK_WIDTH = 40;

/** The grid's tracks, in rem so that they grow with the text; each its width and its share of what is left. */
export function tracks<Row>(columns: readonly Column<Row>[], checks: boolean): string {
  const own = columns.map(({ width = 120, grow = 0 }) =>
    grow > 0 ? `minmax(${width / 16}rem, ${grow}fr)` : `${width / 16}rem`,
  );
  return [...(checks ? [`${CHECK_WIDTH / 16}rem`] : []), ...own].join(' ');
}

/** Below this the grid scrolls sideways. */
export function tableWidth<Row>(columns: readonly Column<Row>[], checks: boolean): string {
  return `${columns.reduce((sum, { width = 120 }) => sum + width, checks ? CHECK_WIDTH : 0) / 16}rem`;
}
