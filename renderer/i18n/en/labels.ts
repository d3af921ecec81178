import type { labels as polish } from '../pl/labels';
import type { Translated } from '../shape';

export const labels: Translated<typeof polish> = {
  button: 'Labels',
  title: 'Labels of meters',
  sheet: 'Sheet',
  sheets: { a4_24: '24 labels of 70 × 37 mm', a4_65: '65 labels of 38 × 21 mm' },
  code: 'Code',
  codes: { code128: 'Bar code (Code 128)', datamatrix: 'Data Matrix' },
  codeText: 'A scanner reads the meter’s number.',
  first: 'First free label',
  firstText: 'Counted from the left, row by row. Those before it stay empty.',
  make: 'Prepare',
};
