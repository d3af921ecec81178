import type { z } from 'zod';
import type {
  acceptedSubMeter,
  acceptSubMeterInput,
  agreePlaceInput,
  cancelCaseInput,
  caseDayInput,
  editCaseInput,
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
import type { WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { type Compared, changesByColumn, comparedByField } from '../../db/compare';

/** Every act here throws NOT_FOUND, METER_CASE_CLOSED, METER_CASE_ORDER (a step before or after it) and METER_CASE_DAY. */
type Act = { id: string };

async function answerOf<Answer>(ctx: WriteContext, sql: string, bind: unknown[]): Promise<Answer> {
  const [row] = await ctx.db.rows<{ answer: Answer }>(sql, bind);
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

/** Takes an application for a sub-meter. Throws METER_CASE_SUPPLIED where the customer is not supplied on that day. */
export function openSubMeter(ctx: WriteContext, { requestId, ...asked }: z.infer<typeof openSubMeterInput>) {
  return answerOf<z.infer<typeof openedCase>>(ctx, 'select api.open_sub_meter_case($1::jsonb, $2::uuid) as answer', [
    JSON.stringify(asked),
    requestId,
  ]);
}

/** Takes a demand for an expertise of a meter that is or was at the point. Throws METER_CASE_OPEN where one is open. */
export function openExpertise(ctx: WriteContext, { requestId, ...asked }: z.infer<typeof openExpertiseInput>) {
  return answerOf<z.infer<typeof openedCase>>(ctx, 'select api.open_expertise_case($1::jsonb, $2::uuid) as answer', [
    JSON.stringify(asked),
    requestId,
  ]);
}

/** Notes where the sub-meter will hang, as agreed. */
export function agreePlace(ctx: WriteContext, input: z.infer<typeof agreePlaceInput>) {
  return answerOf<Act>(ctx, 'select api.agree_case_place($1::bigint, $2, $3::date, $4::uuid) as answer', [
    input.id,
    input.place,
    input.on,
    input.requestId,
  ]);
}

/** Sends a technician; an order that is open already is answered, not doubled. Throws METER_CASE_DAY for one in the past. */
export function orderCase(ctx: WriteContext, { id, requestId, ...order }: z.infer<typeof orderCaseInput>) {
  return answerOf<z.infer<typeof orderedCase>>(
    ctx,
    'select api.order_meter_case($1::bigint, $2::jsonb, $3::uuid) as answer',
    [id, JSON.stringify(order), requestId],
  );
}

/**
 * Accepts and seals the sub-meter, and builds it in: one act. Throws METER_CASE_MAIN_METER, INVALID_INPUT, and whatever an
 * exchange throws (a meter that is not in stock, an impossible or outdated mark, chronology).
 */
export function acceptSubMeter(ctx: WriteContext, { id, requestId, ...act }: z.infer<typeof acceptSubMeterInput>) {
  return answerOf<z.infer<typeof acceptedSubMeter>>(
    ctx,
    'select api.accept_sub_meter($1::bigint, $2::jsonb, $3::uuid) as answer',
    [id, JSON.stringify(act), requestId],
  );
}

/** Notes the fee of acceptance and sealing as paid; without an amount it is the rule's. */
export function recordFee(ctx: WriteContext, input: z.infer<typeof recordFeeInput>) {
  return answerOf<Act>(ctx, 'select api.record_case_fee($1::bigint, $2::integer, $3::date, $4::uuid) as answer', [
    input.id,
    input.amount,
    input.paidOn,
    input.requestId,
  ]);
}

/** Notes the annex, whose signed text is a document of the case. Throws METER_CASE_DOCUMENT for any other. */
export function recordAnnex(ctx: WriteContext, input: z.infer<typeof recordAnnexInput>) {
  return answerOf<Act>(ctx, 'select api.record_case_annex($1::bigint, $2, $3::date, $4::bigint, $5::uuid) as answer', [
    input.id,
    input.no,
    input.on,
    input.documentId,
    input.requestId,
  ]);
}

/** Makes the sub-meter active: its water is deducted from that day on, and the case is done. */
export function activateSubMeter(ctx: WriteContext, input: z.infer<typeof caseDayInput>) {
  return answerOf<Act>(ctx, 'select api.activate_sub_meter($1::bigint, $2::date, $3::uuid) as answer', [
    input.id,
    input.on,
    input.requestId,
  ]);
}

/** Notes that the removed meter went to the office of measures. */
export function sendToExpertise(ctx: WriteContext, input: z.infer<typeof sendInput>) {
  return answerOf<Act>(ctx, 'select api.send_to_expertise($1::bigint, $2, $3::date, $4::uuid) as answer', [
    input.id,
    input.office,
    input.on,
    input.requestId,
  ]);
}

/** Notes what was found. Who bears the cost and until when the customer is answered follow from it. */
export function recordCertificate(ctx: WriteContext, input: z.infer<typeof recordCertificateInput>) {
  return answerOf<z.infer<typeof recordedCertificate>>(
    ctx,
    'select api.record_certificate($1::bigint, $2, $3::date, $4, $5::uuid) as answer',
    [input.id, input.no, input.on, input.result, input.requestId],
  );
}

/** Notes that the customer was answered; the case is done. */
export function answerExpertise(ctx: WriteContext, input: z.infer<typeof caseDayInput>) {
  return answerOf<Act>(ctx, 'select api.answer_expertise($1::bigint, $2::date, $3::uuid) as answer', [
    input.id,
    input.on,
    input.requestId,
  ]);
}

/** Cancels with a reason; its open order is cancelled with it. Throws METER_CASE_METER while the sub-meter is built in. */
export function cancelCase(ctx: WriteContext, input: z.infer<typeof cancelCaseInput>) {
  return answerOf<Act>(ctx, 'select api.cancel_meter_case($1::bigint, $2, $3::uuid) as answer', [
    input.id,
    input.reason,
    input.requestId,
  ]);
}

const COLUMNS = { note: 'note' } as const;

/** Changes the note, compared with what the form started from; a closed case's note may still be completed. */
export async function editCase(ctx: WriteContext, input: z.infer<typeof editCaseInput>) {
  const changes = changesByColumn(COLUMNS, input.changes);
  if (!changes) throw new AppError('INVALID_INPUT', { field: 'changes' });
  const answer = await answerOf<Compared>(
    ctx,
    'select api.edit_meter_case($1::bigint, $2::jsonb, $3::uuid) as answer',
    [input.id, changes, input.requestId],
  );
  return comparedByField(COLUMNS, answer);
}
