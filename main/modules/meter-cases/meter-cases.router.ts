import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import {
  acceptedSubMeter,
  acceptSubMeterInput,
  agreePlaceInput,
  cancelCaseInput,
  caseDayInput,
  casesOfMeterInput,
  casesOfMeter as casesOfMeterOutput,
  editCaseInput,
  editedCase,
  meterCaseId,
  meterCaseInput,
  meterCasePage,
  meterCaseRecord,
  openExpertiseInput,
  openedCase,
  openSubMeterInput,
  orderCaseInput,
  orderedCase,
  recordAnnexInput,
  recordCertificateInput,
  recordedCertificate,
  recordFeeInput,
  sendInput,
} from '../../../shared/contract/meter-cases';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import {
  acceptSubMeter,
  activateSubMeter,
  agreePlace,
  answerExpertise,
  cancelCase,
  editCase,
  openExpertise,
  openSubMeter,
  orderCase,
  recordAnnex,
  recordCertificate,
  recordFee,
  sendToExpertise,
} from './meter-cases.commands';
import { METER_CASE_LIST } from './meter-cases.list';
import { casesOfMeter, getMeterCase, listMeterCases } from './meter-cases.queries';

/** Sub-meters on their way to deduction, and meters whose correctness is disputed. */
export const meterCasesRouter = router({
  list: readProcedure('meterCases.list')
    .input(listInput)
    .output(meterCasePage)
    .query(({ ctx, input }) => listMeterCases(ctx, input)),
  count: readProcedure('meterCases.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, METER_CASE_LIST, input.question)),
  get: readProcedure('meterCases.get')
    .input(meterCaseInput)
    .output(meterCaseRecord)
    .query(({ ctx, input }) => getMeterCase(ctx, input.id)),
  ofMeter: readProcedure('meterCases.ofMeter')
    .input(casesOfMeterInput)
    .output(casesOfMeterOutput)
    .query(({ ctx, input }) => casesOfMeter(ctx, input.meterId)),
  openSubMeter: writeProcedure('meterCases.openSubMeter')
    .input(openSubMeterInput)
    .output(openedCase)
    .mutation(({ ctx, input }) => openSubMeter(ctx, input)),
  openExpertise: writeProcedure('meterCases.openExpertise')
    .input(openExpertiseInput)
    .output(openedCase)
    .mutation(({ ctx, input }) => openExpertise(ctx, input)),
  agreePlace: writeProcedure('meterCases.agreePlace')
    .input(agreePlaceInput)
    .output(meterCaseId)
    .mutation(({ ctx, input }) => agreePlace(ctx, input)),
  order: writeProcedure('meterCases.order')
    .input(orderCaseInput)
    .output(orderedCase)
    .mutation(({ ctx, input }) => orderCase(ctx, input)),
  accept: writeProcedure('meterCases.accept')
    .input(acceptSubMeterInput)
    .output(acceptedSubMeter)
    .mutation(({ ctx, input }) => acceptSubMeter(ctx, input)),
  recordFee: writeProcedure('meterCases.recordFee')
    .input(recordFeeInput)
    .output(meterCaseId)
    .mutation(({ ctx, input }) => recordFee(ctx, input)),
  recordAnnex: writeProcedure('meterCases.recordAnnex')
    .input(recordAnnexInput)
    .output(meterCaseId)
    .mutation(({ ctx, input }) => recordAnnex(ctx, input)),
  activate: writeProcedure('meterCases.activate')
    .input(caseDayInput)
    .output(meterCaseId)
    .mutation(({ ctx, input }) => activateSubMeter(ctx, input)),
  send: writeProcedure('meterCases.send')
    .input(sendInput)
    .output(meterCaseId)
    .mutation(({ ctx, input }) => sendToExpertise(ctx, input)),
  recordCertificate: writeProcedure('meterCases.recordCertificate')
    .input(recordCertificateInput)
    .output(recordedCertificate)
    .mutation(({ ctx, input }) => recordCertificate(ctx, input)),
  answer: writeProcedure('meterCases.answer')
    .input(caseDayInput)
    .output(meterCaseId)
    .mutation(({ ctx, input }) => answerExpertise(ctx, input)),
  cancel: writeProcedure('meterCases.cancel')
    .input(cancelCaseInput)
    .output(meterCaseId)
    .mutation(({ ctx, input }) => cancelCase(ctx, input)),
  edit: writeProcedure('meterCases.edit')
    .input(editCaseInput)
    .output(editedCase)
    .mutation(({ ctx, input }) => editCase(ctx, input)),
});
