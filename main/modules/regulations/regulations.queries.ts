import type { z } from 'zod';
import type { Slot } from '../../../shared/bridge';
import type { RegulationAccount, RegulationList, regulationAccountsInput } from '../../../shared/contract/regulations';
import type { ReadContext } from '../../core/context';
import { AppError } from '../../core/errors';

/** Bytes of one slice, as `api.read_regulations` gives them. */
const SLICE = 1024 * 1024;

/** Every version, newest first, with how many accounts were told of it and accepted it. */
export async function listRegulations(ctx: ReadContext): Promise<RegulationList> {
  const [row] = await ctx.db.rows<{ list: RegulationList }>('select api.list_regulations() as list');
  if (!row) throw new AppError('NOT_FOUND');
  return row.list;
}

/** The accounts behind a number of the list, by name. Throws NOT_FOUND. */
export async function listAccounts(
  ctx: ReadContext,
  { id, which }: z.infer<typeof regulationAccountsInput>,
): Promise<{ accounts: RegulationAccount[] }> {
  const accounts = await ctx.db.rows<RegulationAccount>(
    `select account_id as id, login, name, status, mail_state as "mailState", mail_id as "mailId"
       from api.regulation_accounts($1::bigint, $2)`,
    [id, which],
  );
  return { accounts };
}

/** Puts the PDF of a version into a slot. Nothing personal, so nothing is logged. Throws NOT_FOUND. */
export async function openRegulations(ctx: ReadContext, id: string): Promise<Slot & { mime: 'application/pdf' }> {
  const parts: Buffer[] = [];
  for (let offset = 0; ; offset += SLICE) {
    const [row] = await ctx.db.rows<{ slice: Buffer }>(
      'select api.read_regulations($1::bigint, $2::int, $3::int) as slice',
      [id, offset, SLICE],
    );
    if (!row) throw new AppError('NOT_FOUND');
    parts.push(row.slice);
    if (row.slice.length < SLICE) break;
  }
  return { ...ctx.slots.put(ctx.caller.id, 'Regulamin IBOK.pdf', Buffer.concat(parts)), mime: 'application/pdf' };
}
