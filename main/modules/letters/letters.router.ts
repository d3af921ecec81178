import { z } from 'zod';
import {
  letterList,
  lettersInput,
  madeLetter,
  makeLetterInput,
  markLetterInput,
} from '../../../shared/contract/letters';
import { longProcedure, readProcedure, router, writeProcedure } from '../../core/procedure';
import { makeLetter, markLetter } from './letters.commands';
import { listLetters } from './letters.queries';

/** Letters on paper, drawn as PDF and kept with their record. */
export const lettersRouter = router({
  make: longProcedure('letters.make')
    .input(makeLetterInput)
    .output(madeLetter)
    .mutation(({ ctx, input }) => makeLetter(ctx, input)),
  list: readProcedure('letters.list')
    .input(lettersInput)
    .output(letterList)
    .query(({ ctx, input }) => listLetters(ctx, input.record)),
  markSent: writeProcedure('letters.markSent')
    .input(markLetterInput)
    .output(z.void())
    .mutation(({ ctx, input }) => markLetter(ctx, input)),
});
