import { madePdf } from '../../../shared/contract/documents';
import { labelsInput } from '../../../shared/contract/labels';
import { readProcedure, router } from '../../core/procedure';
import { makeLabels } from './labels.service';

/** Stickers with a code that a scanner reads. */
export const labelsRouter = router({
  /** A mutation although it reads: its slot can be read once. */
  print: readProcedure('labels.print')
    .input(labelsInput)
    .output(madePdf)
    .mutation(({ ctx, input }) => makeLabels(ctx, input)),
});
