import { byId } from '../../../shared/contract/customers';
import { countInput, listCount, listInput } from '../../../shared/contract/lists';
import {
  caughtInput,
  caughtList,
  caughtText,
  mailAct,
  mailDetail,
  mailId,
  mailPage,
  mailStateAnswer,
  resendMailInput,
  setTemplateInput,
  templateId,
  templateList,
  waitingMail as waitingAnswer,
  withdrawTemplateInput,
} from '../../../shared/contract/mail';
import { readProcedure, router, writeProcedure } from '../../core/procedure';
import { countList } from '../../db/list';
import { getCaught, listCaught } from './caught.queries';
import { resendMail, setTemplate, settleMail, withdrawTemplate } from './mail.commands';
import { MAIL_LIST } from './mail.list';
import { getMail, listMail, listTemplates, waitingMail } from './mail.queries';

/** The queue of outgoing mail. */
export const mailRouter = router({
  list: readProcedure('mail.list')
    .input(listInput)
    .output(mailPage)
    .query(({ ctx, input }) => listMail(ctx, input)),
  count: readProcedure('mail.count')
    .input(countInput)
    .output(listCount)
    .query(({ ctx, input }) => countList(ctx.db, MAIL_LIST, input.question)),
  get: readProcedure('mail.get')
    .input(byId)
    .output(mailDetail)
    .query(({ ctx, input }) => getMail(ctx, input.id)),
  waiting: readProcedure('mail.waiting')
    .output(waitingAnswer)
    .query(async ({ ctx }) => ({ mails: await waitingMail(ctx) })),
  caught: readProcedure('mail.caught')
    .output(caughtList)
    .query(async ({ ctx }) => ({ mails: await listCaught(ctx) })),
  caughtText: readProcedure('mail.caughtText')
    .input(caughtInput)
    .output(caughtText)
    .query(({ ctx, input }) => getCaught(ctx, input.name)),
  cancel: writeProcedure('mail.cancel')
    .input(mailAct)
    .output(mailStateAnswer)
    .mutation(({ ctx, input }) => settleMail(ctx, 'cancel', input)),
  hold: writeProcedure('mail.hold')
    .input(mailAct)
    .output(mailStateAnswer)
    .mutation(({ ctx, input }) => settleMail(ctx, 'hold', input)),
  release: writeProcedure('mail.release')
    .input(mailAct)
    .output(mailStateAnswer)
    .mutation(({ ctx, input }) => settleMail(ctx, 'release', input)),
  confirm: writeProcedure('mail.confirm')
    .input(mailAct)
    .output(mailStateAnswer)
    .mutation(({ ctx, input }) => settleMail(ctx, 'confirm', input)),
  resend: writeProcedure('mail.resend')
    .input(resendMailInput)
    .output(mailId)
    .mutation(({ ctx, input }) => resendMail(ctx, input)),
});

/** The dated texts of mail and letters. */
export const templatesRouter = router({
  list: readProcedure('templates.list')
    .output(templateList)
    .query(({ ctx }) => listTemplates(ctx)),
  set: writeProcedure('templates.set')
    .input(setTemplateInput)
    .output(templateId)
    .mutation(({ ctx, input }) => setTemplate(ctx, input)),
  withdraw: writeProcedure('templates.withdraw')
    .input(withdrawTemplateInput)
    .output(templateId)
    .mutation(({ ctx, input }) => withdrawTemplate(ctx, input)),
});
