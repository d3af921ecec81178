import { madePdf } from '../../../shared/contract/documents';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import {
  assignOrderInput,
  assignOrderResult,
  cancelOrderInput,
  closeOrderInput,
  desk,
  deskInput,
  madeOrder,
  makeOrderInput,
  meterOrders,
  meterOrdersInput,
  movedOrder,
  orderInput,
  orderMoveInput,
  orderPage,
  orderRecord,
} from '../../../shared/contract/orders';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { assignOrder, cancelOrder, closeOrder, makeOrder, reopenOrder } from './orders.commands';
import { ORDER_LIST } from './orders.list';
import { getOrder, listOrders, ordersOfMeter, readDesk } from './orders.queries';
import { makeRouteList } from './route-list';

/** Service orders: planned, given to technicians, worked, closed. */
export const ordersRouter = router({
  list: readProcedure('orders.list')
    .input(listInput)
    .output(orderPage)
    .query(({ ctx, input }) => listOrders(ctx, input)),
  count: readProcedure('orders.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, ORDER_LIST, input.question)),
  get: readProcedure('orders.get')
    .input(orderInput)
    .output(orderRecord)
    .query(({ ctx, input }) => getOrder(ctx, input.id)),
  ofMeter: readProcedure('orders.ofMeter')
    .input(meterOrdersInput)
    .output(meterOrders)
    .query(async ({ ctx, input }) => ({ orders: await ordersOfMeter(ctx, input.meterId) })),
  desk: readProcedure('orders.desk')
    .input(deskInput)
    .output(desk)
    .query(({ ctx, input }) => readDesk(ctx, input)),
  /** A mutation although it reads: its slot can be read once. */
  routeList: readProcedure('orders.routeList')
    .input(deskInput)
    .output(madePdf)
    .mutation(({ ctx, input }) => makeRouteList(ctx, input)),
  make: writeProcedure('orders.make')
    .input(makeOrderInput)
    .output(madeOrder)
    .mutation(({ ctx, input }) => makeOrder(ctx, input)),
  assign: writeProcedure('orders.assign')
    .input(assignOrderInput)
    .output(assignOrderResult)
    .mutation(({ ctx, input }) => assignOrder(ctx, input)),
  close: writeProcedure('orders.close')
    .input(closeOrderInput)
    .output(movedOrder)
    .mutation(({ ctx, input }) => closeOrder(ctx, input)),
  reopen: writeProcedure('orders.reopen')
    .input(orderMoveInput)
    .output(movedOrder)
    .mutation(({ ctx, input }) => reopenOrder(ctx, input)),
  cancel: writeProcedure('orders.cancel')
    .input(cancelOrderInput)
    .output(movedOrder)
    .mutation(({ ctx, input }) => cancelOrder(ctx, input)),
});
