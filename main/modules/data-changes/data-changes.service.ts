import type { z } from 'zod';
import type {
  DataChange,
  DataChangeField,
  DataChangeRow,
  DecidedDataChange,
  decideDataChangeInput,
} from '../../../shared/contract/data-changes';
import type { ListInput } from '../../../shared/contract/lists';
import type { ReadContext, WriteContext } from '../../core/context';
import { AppError } from '../../core/errors';
import { type Compared, comparedByField } from '../../db/compare';
import { listPage } from '../../db/list';
import { DATA_CHANGE_COLUMNS, DATA_CHANGE_FROM, DATA_CHANGE_LIST } from './data-changes.list';

/** Field of the contract → column of `ibok.customers`. */
const COLUMNS: Readonly<Record<DataChangeField, string>> = {
  phone: 'phone',
  phoneAlt: 'phone_alt',
  email: 'email',
  emailAlt: 'email_alt',
  postalStreet: 'postal_street',
  postalHouseNo: 'postal_house_no',
  postalFlatNo: 'postal_flat_no',
  postalCode: 'postal_code',
  postalCity: 'postal_city',
};

type Dated = Omit<DataChangeRow, 'requestedAt' | 'decidedAt'> & { requestedAt: Date; decidedAt: Date | null };

const plain = (row: Dated): DataChangeRow => ({
  ...row,
  requestedAt: row.requestedAt.toISOString(),
  decidedAt: row.decidedAt?.toISOString() ?? null,
});

/** A page of the requests, without their values. Throws INVALID_INPUT for a question the list does not answer. */
export async function listDataChanges(ctx: ReadContext, input: ListInput) {
  const { rows, nextCursor } = await listPage<Dated>(ctx.db, DATA_CHANGE_LIST, input);
  return { rows: rows.map(plain), nextCursor };
}

/** The latest requests of an account, open ones first. */
export async function listDataChangesOfAccount(ctx: ReadContext, accountId: string): Promise<DataChangeRow[]> {
  const rows = await ctx.db.rows<Dated>(
    `select ${DATA_CHANGE_COLUMNS} from ${DATA_CHANGE_FROM} where d.account_id = $1::bigint
      order by d.status = 'open' desc, d.id desc limit 100`,
    [accountId],
  );
  return rows.map(plain);
}

interface Stored {
  fields: { column: string; old: string | null; new: string | null; now: string | null }[];
  accepted: string[];
  note: string | null;
}

/** One request with its values; the look is logged with the customer. Throws NOT_FOUND. */
export async function openDataChange(ctx: ReadContext, id: string): Promise<DataChange> {
  const [row] = await ctx.db.rows<Dated>(
    `select ${DATA_CHANGE_COLUMNS} from ${DATA_CHANGE_FROM} where d.id = $1::bigint`,
    [id],
  );
  if (!row) throw new AppError('NOT_FOUND');
  const [answer] = await ctx.db.rows<{ request: Stored }>('select api.open_data_change($1::bigint) as request', [id]);
  if (!answer) throw new AppError('NOT_FOUND');
  const { fields, accepted, note } = answer.request;
  return {
    ...plain(row),
    fields: fields.map(({ column, ...values }) => ({ field: fieldOf(column), ...values })),
    accepted: accepted.map(fieldOf),
    note,
  };
}

function fieldOf(column: string): DataChangeField {
  const field = (Object.keys(COLUMNS) as DataChangeField[]).find((name) => COLUMNS[name] === column);
  if (!field) throw new Error('the database answered with a column that is no field of the form');
  return field;
}

type Answer = { status: 'accepted' | 'partly' | 'rejected' } | Extract<Compared, { status: 'conflict' }>;

/**
 * Takes the accepted fields into the customer's record, as a contact edit of the clerk, and closes the request. Throws
 * NOT_FOUND, CONFLICT when somebody decided it before, INVALID_INPUT for a refusal without a note.
 */
export async function decideDataChange(
  ctx: WriteContext,
  input: z.infer<typeof decideDataChangeInput>,
): Promise<DecidedDataChange> {
  const accepted = Object.fromEntries(
    Object.entries(input.accepted).map(([field, seen]) => [COLUMNS[field as DataChangeField], seen ?? null]),
  );
  const [row] = await ctx.db.rows<{ answer: Answer }>(
    'select api.decide_data_change($1::bigint, $2::jsonb, $3, $4::uuid) as answer',
    [input.id, JSON.stringify(accepted), input.note, input.requestId],
  );
  if (!row) throw new Error('the database gave no answer');
  const { answer } = row;
  if (answer.status !== 'conflict') return { status: 'decided', outcome: answer.status };
  const compared = comparedByField(COLUMNS, answer);
  return { status: 'conflict', fields: compared.status === 'conflict' ? compared.fields : {} };
}
