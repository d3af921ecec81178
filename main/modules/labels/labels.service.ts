import type { MadePdf } from '../../../shared/contract/documents';
import { type LabelsInput, MAX_LABELS } from '../../../shared/contract/labels';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { selectedIds } from '../../db/list';
import type { Label } from '../../pdf/labels';
import { renderPaper } from '../../pdf/threads';
import { METER_LIST } from '../meters/meters.list';

interface MeterRow {
  id: string;
  factoryNo: string;
  maker: string;
  model: string;
  dn: number;
}

/**
 * Stickers for the meters of a selection as a PDF, in the order of their numbers; nothing of it is stored. A scanner reads
 * the meter's id, by which Desk knows it alone: the factory number may be another maker's as well.
 * Throws TOO_MANY_ROWS, NOT_FOUND (nothing is selected), INVALID_INPUT.
 */
export async function makeLabels(ctx: ReadContext, { selection, sheet, code, first }: LabelsInput): Promise<MadePdf> {
  const ids = await selectedIds(ctx.db, METER_LIST, selection, MAX_LABELS + 1);
  if (ids.length > MAX_LABELS) throw new AppError('TOO_MANY_ROWS', { max: MAX_LABELS });
  const rows = await ctx.db.rows<MeterRow>(
    `select meter_id as id, factory_no as "factoryNo", maker, model, dn
       from ibok.meter_registry where meter_id = any ($1::bigint[]) order by meter_id`,
    [ids],
  );
  if (rows.length === 0) throw new AppError('NOT_FOUND');
  const madeAt = ctx.clock.now().toISOString();
  const labels = { sheet, symbology: code, first, labels: rows.map(labelOf), title: 'Etykiety wodomierzy', madeAt };
  const bytes = await renderPaper({ is: 'labels', labels });
  return { ...ctx.slots.put(ctx.caller.id, 'etykiety.pdf', bytes), mime: 'application/pdf' };
}

function labelOf({ id, factoryNo, maker, model, dn }: MeterRow): Label {
  return { code: id, lines: [id, `Nr fabr. ${factoryNo}`, `${maker} ${model} DN ${dn}`] };
}
