import { openedDocument } from '../../../shared/contract/documents';
import {
  addRegulationsInput,
  announcedRegulations,
  announceRegulationsInput,
  moveRegulationsInput,
  openRegulationsInput,
  regulationAccounts,
  regulationAccountsInput,
  regulationList,
  regulationsId,
  stagedRegulations,
  stageRegulationsInput,
} from '../../../shared/contract/regulations';
import { longProcedure, readProcedure, router, writeProcedure } from '../../core/procedure';
import { addRegulations, announceRegulations, moveRegulations, stageRegulations } from './regulations.commands';
import { listAccounts, listRegulations, openRegulations } from './regulations.queries';

/** Versions of the regulations, who was told of them and who accepted them. */
export const regulationsRouter = router({
  list: readProcedure('regulations.list')
    .output(regulationList)
    .query(({ ctx }) => listRegulations(ctx)),
  accounts: readProcedure('regulations.accounts')
    .input(regulationAccountsInput)
    .output(regulationAccounts)
    .query(({ ctx, input }) => listAccounts(ctx, input)),
  /** A mutation although it reads: its slot can be read once. */
  open: readProcedure('regulations.open')
    .input(openRegulationsInput)
    .output(openedDocument)
    .mutation(({ ctx, input }) => openRegulations(ctx, input.id)),
  stage: longProcedure('regulations.stage')
    .input(stageRegulationsInput)
    .output(stagedRegulations)
    .mutation(({ ctx, input }) => stageRegulations(ctx, input.slot)),
  add: writeProcedure('regulations.add')
    .input(addRegulationsInput)
    .output(regulationsId)
    .mutation(({ ctx, input }) => addRegulations(ctx, input)),
  move: writeProcedure('regulations.move')
    .input(moveRegulationsInput)
    .output(regulationsId)
    .mutation(({ ctx, input }) => moveRegulations(ctx, input)),
  announce: longProcedure('regulations.announce')
    .input(announceRegulationsInput)
    .output(announcedRegulations)
    .mutation(({ ctx, input }) => announceRegulations(ctx, input.id)),
});
