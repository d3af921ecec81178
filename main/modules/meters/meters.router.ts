import { byId } from '../../../shared/contract/customers';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { meterChoices, meterPage } from '../../../shared/contract/meter-registry';
import {
  addedMeter,
  addLegalizationInput,
  addMeterInput,
  editMeterInput,
  editMeterResult,
  legalizationDone,
  legalizationLossInput,
  meterEvents,
  meterForm,
  meterRecord,
  movedMeter,
  moveMeterInput,
  overrideLegalizationInput,
  pointLife,
  withdrawLegalizationInput,
  withdrawnLegalization,
} from '../../../shared/contract/meters';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import {
  addLegalization,
  addMeter,
  editMeter,
  moveMeter,
  overrideLegalization,
  setLegalizationLoss,
  withdrawLegalization,
} from './meters.commands';
import { METER_LIST } from './meters.list';
import { getMeterForm, getPointLife, listMeterEvents } from './meters.queries';
import { getMeter } from './meters.service';
import { listMeterChoices, listMeters } from './registry.queries';

export const metersRouter = router({
  list: readProcedure('meters.list')
    .input(listInput)
    .output(meterPage)
    .query(({ ctx, input }) => listMeters(ctx, input)),
  count: readProcedure('meters.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, METER_LIST, input.question)),
  get: readProcedure('meters.get')
    .input(byId)
    .output(meterRecord)
    .query(({ ctx, input }) => getMeter(ctx, input.id)),
  events: readProcedure('meters.events')
    .input(byId)
    .output(meterEvents)
    .query(async ({ ctx, input }) => ({ events: await listMeterEvents(ctx, input.id) })),
  atPoint: readProcedure('meters.atPoint')
    .input(byId)
    .output(pointLife)
    .query(({ ctx, input }) => getPointLife(ctx, input.id)),
  form: readProcedure('meters.form')
    .output(meterForm)
    .query(({ ctx }) => getMeterForm(ctx)),
  add: writeProcedure('meters.add')
    .input(addMeterInput)
    .output(addedMeter)
    .mutation(({ ctx, input }) => addMeter(ctx, input)),
  edit: writeProcedure('meters.edit')
    .input(editMeterInput)
    .output(editMeterResult)
    .mutation(({ ctx, input }) => editMeter(ctx, input)),
  move: writeProcedure('meters.move')
    .input(moveMeterInput)
    .output(movedMeter)
    .mutation(({ ctx, input }) => moveMeter(ctx, input)),
  addLegalization: writeProcedure('meters.addLegalization')
    .input(addLegalizationInput)
    .output(legalizationDone)
    .mutation(({ ctx, input }) => addLegalization(ctx, input)),
  overrideLegalization: writeProcedure('meters.overrideLegalization')
    .input(overrideLegalizationInput)
    .output(legalizationDone)
    .mutation(({ ctx, input }) => overrideLegalization(ctx, input)),
  setLegalizationLoss: writeProcedure('meters.setLegalizationLoss')
    .input(legalizationLossInput)
    .output(legalizationDone)
    .mutation(({ ctx, input }) => setLegalizationLoss(ctx, input)),
  withdrawLegalization: writeProcedure('meters.withdrawLegalization')
    .input(withdrawLegalizationInput)
    .output(withdrawnLegalization)
    .mutation(({ ctx, input }) => withdrawLegalization(ctx, input)),
});

/** Apart from `meters`, whose answers are asked for anew whenever a meter changes: these hardly ever do. */
export const registryRouter = router({
  choices: readProcedure('registry.choices')
    .output(meterChoices)
    .query(({ ctx }) => listMeterChoices(ctx)),
});
