import { z } from 'zod';
import {
  byId,
  type CustomerRow,
  cardInput,
  customerCard,
  customerPage,
  customerPoints,
  editContactInput,
  editContactResult,
  premiseRecord,
  revealed,
  revealInput,
  searchInput,
  searchResult,
} from '../../../shared/contract/customers';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList, listPage } from '../../db/list';
import { findAccounts } from '../accounts/accounts.queries';
import { editContact, revealField } from './customers.commands';
import { CUSTOMER_LIST } from './customers.list';
import { getPremise, listPoints } from './customers.points';
import { findByContact, listCities, openCard } from './customers.queries';
import { search } from './customers.search';

export const customersRouter = router({
  search: readProcedure('customers.search', 'screen')
    .input(searchInput)
    .output(searchResult)
    .query(async ({ ctx, input }) => ({
      hits: [...(await findAccounts(ctx, input.text)), ...(await search(ctx, input.text))],
    })),
  /** A mutation although it reads: each call is written to the read log and must not be repeated by a cache. */
  findByContact: readProcedure('customers.findByContact')
    .input(searchInput)
    .output(searchResult)
    .mutation(async ({ ctx, input }) => ({ hits: await findByContact(ctx, input.text) })),
  list: readProcedure('customers.list', 'screen')
    .input(listInput)
    .output(customerPage)
    .query(({ ctx, input }) => listPage<CustomerRow>(ctx.db, CUSTOMER_LIST, input)),
  count: readProcedure('customers.count', 'screen')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, CUSTOMER_LIST, input.question)),
  cities: readProcedure('customers.cities', 'screen')
    .output(z.object({ cities: z.array(z.string()) }))
    .query(async ({ ctx }) => ({ cities: await listCities(ctx) })),
  card: readProcedure('customers.card')
    .input(cardInput)
    .output(customerCard)
    .query(({ ctx, input }) => openCard(ctx, input.id, input.purpose)),
  points: readProcedure('customers.points')
    .input(byId)
    .output(customerPoints)
    .query(async ({ ctx, input }) => ({ points: await listPoints(ctx, input.id) })),
  premise: readProcedure('customers.premise')
    .input(byId)
    .output(premiseRecord)
    .query(({ ctx, input }) => getPremise(ctx, input.id)),
  reveal: readProcedure('customers.reveal')
    .input(revealInput)
    .output(revealed)
    .mutation(({ ctx, input }) => revealField(ctx, input)),
  editContact: writeProcedure('customers.editContact')
    .input(editContactInput)
    .output(editContactResult)
    .mutation(({ ctx, input }) => editContact(ctx, input)),
});
