import {
  activity,
  activityInput,
  anchorList,
  checkAnchorInput,
  checkedAnchor,
  historyInput,
  historyPage,
  journalPage,
  journalValues as journalValuesAnswer,
  readPage,
  verifiedChain,
} from '../../../shared/contract/audit';
import { byId } from '../../../shared/contract/customers';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { readProcedure, router } from '../../core/procedure';
import { countList } from '../../db/list';
import { JOURNAL, READS } from './audit.lists';
import { history } from './audit.service';
import { activityOf, journal, journalValues, reads } from './journal.service';
import { checkAnchor, listAnchors, verifySeals } from './seals.service';

export const auditRouter = router({
  history: readProcedure('audit.history')
    .input(historyInput)
    .output(historyPage)
    .query(({ ctx, input }) => history(ctx, input)),
  journal: readProcedure('audit.journal')
    .input(listInput)
    .output(journalPage)
    .query(({ ctx, input }) => journal(ctx, input)),
  journalCount: readProcedure('audit.journalCount')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, JOURNAL, input.question)),
  reads: readProcedure('audit.reads')
    .input(listInput)
    .output(readPage)
    .query(({ ctx, input }) => reads(ctx, input)),
  readsCount: readProcedure('audit.readsCount')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, READS, input.question)),
  journalValues: readProcedure('audit.journalValues')
    .input(byId)
    .output(journalValuesAnswer)
    .query(({ ctx, input }) => journalValues(ctx, input.id)),
  activity: readProcedure('audit.activity')
    .input(activityInput)
    .output(activity)
    .query(async ({ ctx, input }) => ({ days: await activityOf(ctx, input) })),
  /** A mutation although it reads: it is heavy, and is run when somebody asks for it and never by itself. */
  verify: readProcedure('audit.verify')
    .output(verifiedChain)
    .mutation(({ ctx }) => verifySeals(ctx)),
  anchors: readProcedure('audit.anchors')
    .output(anchorList)
    .query(async ({ ctx }) => ({ anchors: await listAnchors(ctx) })),
  checkAnchor: readProcedure('audit.checkAnchor')
    .input(checkAnchorInput)
    .output(checkedAnchor)
    .query(({ ctx, input }) => checkAnchor(ctx, input)),
});
