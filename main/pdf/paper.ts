import { drawLetter } from './draw';
import { drawForm } from './draw-form';
import { drawLabels } from './draw-labels';
import type { Faces } from './fonts';
import type { Form } from './form';
import type { LabelSheet } from './labels';
import type { Letter } from './letter';

/** What the drawing thread can draw. */
export type Paper =
  | { is: 'letter'; letter: Letter }
  | { is: 'form'; form: Form }
  | { is: 'labels'; labels: LabelSheet };

/** Draws a paper as PDF. Throws NoGlyph. */
export function drawPaper(paper: Paper, faces: Faces): Promise<Uint8Array> {
  switch (paper.is) {
    case 'letter':
      return drawLetter(paper.letter, faces);
    case 'form':
      return drawForm(paper.form, faces);
    case 'labels':
      return drawLabels(paper.labels, faces);
  }
}
