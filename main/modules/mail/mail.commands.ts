import type { z } from 'zod';
import type {
  MailState,
  resendMailInput,
  setTemplateInput,
  withdrawTemplateInput,
} from '../../../shared/contract/mail';
import type { WriteContext } from '../../core/context';

const ACTS = {
  cancel: 'select api.cancel_mail($1::bigint, $2::uuid) as answer',
  hold: 'select api.hold_mail($1::bigint, $2::uuid) as answer',
  release: 'select api.release_mail($1::bigint, $2::uuid) as answer',
  confirm: 'select api.confirm_mail($1::bigint, $2::uuid) as answer',
} as const;

/**
 * Cancels, holds, releases a message, or says that an unsure one arrived. Throws MAIL_STATE when it is no longer in a
 * state for that, NOT_ALLOWED for somebody else's, NOT_FOUND.
 */
export async function settleMail(
  ctx: WriteContext,
  act: keyof typeof ACTS,
  { id, requestId }: { id: string; requestId: string },
): Promise<{ state: MailState }> {
  const [row] = await ctx.db.rows<{ answer: { state: MailState } }>(ACTS[act], [id, requestId]);
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

/**
 * Sends a message again as a new one. Throws MAIL_STATE, MAIL_ADDRESS_FIXED where no other address may be given,
 * INVALID_EMAIL, NOT_ALLOWED, NOT_FOUND.
 */
export async function resendMail(ctx: WriteContext, { id, to, requestId }: z.infer<typeof resendMailInput>) {
  const [row] = await ctx.db.rows<{ answer: { id: string } }>(
    'select api.resend_mail($1::bigint, $2, $3::uuid) as answer',
    [id, to, requestId],
  );
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

/**
 * Sets a text from a day on. Throws CONFLICT when somebody set it meanwhile, TEMPLATE_FIELDS for a field its key does
 * not know, TEMPLATE_SECRET without the link it is about, TEMPLATE_USED for a version something was made from, RULE_PAST.
 */
export async function setTemplate(ctx: WriteContext, input: z.infer<typeof setTemplateInput>) {
  const [row] = await ctx.db.rows<{ answer: { id: string } }>(
    'select api.set_template($1, $2, $3, $4::date, $5::bigint, $6::uuid) as answer',
    [input.key, input.subject, input.body, input.validFrom, input.expected, input.requestId],
  );
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

/** Takes back a text that has not begun. Throws RULE_PAST once it has, NOT_FOUND, NOT_ALLOWED. */
export async function withdrawTemplate(ctx: WriteContext, input: z.infer<typeof withdrawTemplateInput>) {
  await ctx.db.rows('select api.withdraw_template($1::bigint, $2::uuid)', [input.id, input.requestId]);
  return { id: input.id };
}
