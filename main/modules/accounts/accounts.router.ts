import {
  accessPapers,
  accessPapersInput,
  accountActInput,
  accountId,
  accountPage,
  accountRecord,
  addAccessInput,
  blockAccountInput,
  changeEmailInput,
  customerAccounts,
  endAccessInput,
  recordAcceptanceInput,
  setConsentInput,
  signInPage,
  signInsInput,
  unblockAccountInput,
} from '../../../shared/contract/accounts';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import {
  addAccess,
  blockAccount,
  changeAccountEmail,
  endAccess,
  recordAcceptance,
  renewActivation,
  setConsent,
  unblockAccount,
} from './accounts.commands';
import { ACCOUNT_LIST } from './accounts.list';
import { getAccount, listAccessPapers, listAccounts, listAccountsOfCustomer, listSignIns } from './accounts.queries';

export const accountsRouter = router({
  list: readProcedure('accounts.list', 'screen')
    .input(listInput)
    .output(accountPage)
    .query(({ ctx, input }) => listAccounts(ctx, input)),
  count: readProcedure('accounts.count', 'screen')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, ACCOUNT_LIST, input.question)),
  get: readProcedure('accounts.get')
    .input(accountId)
    .output(accountRecord)
    .query(({ ctx, input }) => getAccount(ctx, input.id)),
  signIns: readProcedure('accounts.signIns')
    .input(signInsInput)
    .output(signInPage)
    .query(({ ctx, input }) => listSignIns(ctx, input)),
  ofCustomer: readProcedure('accounts.ofCustomer')
    .input(accountId)
    .output(customerAccounts)
    .query(async ({ ctx, input }) => ({ accounts: await listAccountsOfCustomer(ctx, input.id) })),
  papers: readProcedure('accounts.papers')
    .input(accessPapersInput)
    .output(accessPapers)
    .query(({ ctx, input }) => listAccessPapers(ctx, input)),
  block: writeProcedure('accounts.block')
    .input(blockAccountInput)
    .output(accountId)
    .mutation(({ ctx, input }) => blockAccount(ctx, input)),
  unblock: writeProcedure('accounts.unblock')
    .input(unblockAccountInput)
    .output(accountId)
    .mutation(({ ctx, input }) => unblockAccount(ctx, input)),
  renewActivation: writeProcedure('accounts.renewActivation')
    .input(accountActInput)
    .output(accountId)
    .mutation(({ ctx, input }) => renewActivation(ctx, input)),
  changeEmail: writeProcedure('accounts.changeEmail')
    .input(changeEmailInput)
    .output(accountId)
    .mutation(({ ctx, input }) => changeAccountEmail(ctx, input)),
  addAccess: writeProcedure('accounts.addAccess')
    .input(addAccessInput)
    .output(accountId)
    .mutation(({ ctx, input }) => addAccess(ctx, input)),
  endAccess: writeProcedure('accounts.endAccess')
    .input(endAccessInput)
    .output(accountId)
    .mutation(({ ctx, input }) => endAccess(ctx, input)),
  setConsent: writeProcedure('accounts.setConsent')
    .input(setConsentInput)
    .output(accountId)
    .mutation(({ ctx, input }) => setConsent(ctx, input)),
  recordAcceptance: writeProcedure('accounts.recordAcceptance')
    .input(recordAcceptanceInput)
    .output(accountId)
    .mutation(({ ctx, input }) => recordAcceptance(ctx, input)),
});
