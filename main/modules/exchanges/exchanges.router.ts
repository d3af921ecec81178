import { byId } from '../../../shared/contract/customers';
import {
  exchangePage,
  exchangeRecord,
  findInput,
  foundMeters,
  foundPlaces,
  recordExchangeInput,
  recordedExchange,
  reverseExchangeInput,
  startExchangeInput,
  startedExchange,
} from '../../../shared/contract/exchanges';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { findMeters, findPlaces, startExchange } from './exchange-start.queries';
import { recordExchange, reverseExchange } from './exchanges.commands';
import { EXCHANGE_LIST } from './exchanges.list';
import { getExchange, listExchanges } from './exchanges.queries';

/** Meters put in, exchanged and taken out. */
export const exchangesRouter = router({
  list: readProcedure('exchanges.list')
    .input(listInput)
    .output(exchangePage)
    .query(({ ctx, input }) => listExchanges(ctx, input)),
  count: readProcedure('exchanges.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, EXCHANGE_LIST, input.question)),
  get: readProcedure('exchanges.get')
    .input(byId)
    .output(exchangeRecord)
    .query(({ ctx, input }) => getExchange(ctx, input.id)),
  start: readProcedure('exchanges.start')
    .input(startExchangeInput)
    .output(startedExchange)
    .query(({ ctx, input }) => startExchange(ctx, input)),
  findPlace: readProcedure('exchanges.findPlace')
    .input(findInput)
    .output(foundPlaces)
    .query(async ({ ctx, input }) => ({ places: await findPlaces(ctx, input.text) })),
  findMeter: readProcedure('exchanges.findMeter')
    .input(findInput)
    .output(foundMeters)
    .query(async ({ ctx, input }) => ({ meters: await findMeters(ctx, input.text) })),
  record: writeProcedure('exchanges.record')
    .input(recordExchangeInput)
    .output(recordedExchange)
    .mutation(({ ctx, input }) => recordExchange(ctx, input)),
  reverse: writeProcedure('exchanges.reverse')
    .input(reverseExchangeInput)
    .output(recordedExchange)
    .mutation(({ ctx, input }) => reverseExchange(ctx, input)),
});
