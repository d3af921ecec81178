import type { z } from 'zod';
import type {
  AddedMeter,
  AddMeterInput,
  addLegalizationInput,
  editMeterInput,
  legalizationDone,
  legalizationLossInput,
  MeterField,
  movedMeter,
  moveMeterInput,
  overrideLegalizationInput,
  withdrawLegalizationInput,
  withdrawnLegalization,
} from '../../../shared/contract/meters';
import type { WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { type Compared, changesByColumn, comparedByField } from '../../db/compare';

type LegalizationDone = z.infer<typeof legalizationDone>;

const COLUMNS: Readonly<Record<MeterField, string>> = {
  factoryNo: 'factory_no',
  typeId: 'type_id',
  ownerKind: 'owner_kind',
  acceptedOn: 'accepted_on',
  producedYear: 'produced_year',
  radioId: 'radio_id',
  stockPlace: 'stock_place',
  place: 'place',
  note: 'note',
};

async function answerOf<Answer>(ctx: WriteContext, sql: string, bind: unknown[]): Promise<Answer> {
  const [row] = await ctx.db.rows<{ answer: Answer }>(sql, bind);
  if (!row) throw new Error('the database gave no answer');
  return row.answer;
}

/**
 * Accepts a meter to stock, with the mark it bears. Another active meter of the same factory number is a warning in the
 * answer. Throws INVALID_INPUT, INVALID_TEXT, DAY_IN_FUTURE, RADIO_NO, METER_TYPE_DIFFERS, and MARK_FORM, MARK_FUTURE,
 * MARK_TOO_OLD or MARK_NOT_OF_ITS_TIME for an impossible mark; then no meter is stored either.
 */
export function addMeter(ctx: WriteContext, { requestId, ...meter }: AddMeterInput): Promise<AddedMeter> {
  return answerOf(ctx, 'select api.add_meter($1::jsonb, $2::uuid) as answer', [JSON.stringify(meter), requestId]);
}

/** Puts a meter's data right, compared field by field. Throws NOT_FOUND, INVALID_TEXT, DAY_IN_FUTURE, RADIO_NO. */
export async function editMeter(ctx: WriteContext, input: z.infer<typeof editMeterInput>) {
  const changes = changesByColumn(COLUMNS, input.changes);
  if (!changes) throw new AppError('INVALID_INPUT', { field: 'changes' });
  const answer = await answerOf<Compared>(ctx, 'select api.edit_meter($1::bigint, $2::jsonb, $3::uuid) as answer', [
    input.id,
    changes,
    input.requestId,
  ]);
  return comparedByField(COLUMNS, answer);
}

/**
 * Scraps, loses, finds or brings back a meter that is not built in. Throws NOT_FOUND, METER_STATUS where it is elsewhere by
 * now, METER_IN_CASE while a case about it is open, METER_MOVED_ON for a day before its last event, DAY_IN_FUTURE.
 */
export function moveMeter(
  ctx: WriteContext,
  input: z.infer<typeof moveMeterInput>,
): Promise<z.infer<typeof movedMeter>> {
  return answerOf(ctx, 'select api.move_meter($1::bigint, $2, $3::date, $4, $5, $6::uuid) as answer', [
    input.id,
    input.kind,
    input.on,
    input.reason,
    input.place,
    input.requestId,
  ]);
}

/** Writes down a mark read on a meter. Throws NOT_FOUND, DAY_IN_FUTURE, and the codes of impossible marks. */
export function addLegalization(
  ctx: WriteContext,
  input: z.infer<typeof addLegalizationInput>,
): Promise<LegalizationDone> {
  return answerOf(ctx, 'select api.add_legalization($1::bigint, $2::jsonb, $3::date, $4::uuid) as answer', [
    input.meterId,
    JSON.stringify(input.mark),
    input.readOn,
    input.requestId,
  ]);
}

/** Decides until when a legalization counts, or takes the decision back. Throws NOT_FOUND, LEGALIZATION_WITHDRAWN. */
export function overrideLegalization(
  ctx: WriteContext,
  input: z.infer<typeof overrideLegalizationInput>,
): Promise<LegalizationDone> {
  return answerOf(ctx, 'select api.override_legalization($1::bigint, $2::date, $3, $4::uuid) as answer', [
    input.id,
    input.until,
    input.reason,
    input.requestId,
  ]);
}

/** Notes that a legalization was lost early, or takes that back. Throws NOT_FOUND, LEGALIZATION_WITHDRAWN, DAY_IN_FUTURE. */
export function setLegalizationLoss(
  ctx: WriteContext,
  input: z.infer<typeof legalizationLossInput>,
): Promise<LegalizationDone> {
  return answerOf(ctx, 'select api.set_legalization_loss($1::bigint, $2::date, $3, $4, $5::uuid) as answer', [
    input.id,
    input.lostOn,
    input.why,
    input.note,
    input.requestId,
  ]);
}

/** Withdraws a legalization written down by mistake. Throws NOT_FOUND, LEGALIZATION_WITHDRAWN. */
export function withdrawLegalization(
  ctx: WriteContext,
  input: z.infer<typeof withdrawLegalizationInput>,
): Promise<z.infer<typeof withdrawnLegalization>> {
  return answerOf(ctx, 'select api.withdraw_legalization($1::bigint, $2, $3::uuid) as answer', [
    input.id,
    input.reason,
    input.requestId,
  ]);
}
