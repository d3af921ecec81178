import type { z } from 'zod';
import {
  type ListName,
  type SavedView,
  type ViewState,
  type viewCounters,
  viewState,
} from '../../../shared/contract/lists';
import type { ReadContext } from '../../core/context';
import { countList } from '../../db/list';
import { BadQuestion } from '../../db/page';
import { listFor, mayOpen } from './list-registry';

type StoredView = Omit<SavedView, 'state'> & { state: unknown };

const VIEWS = `select views.id, views.list, views.name, views.state, views.shared, views.login = session_user as own,
    coalesce(staff.display_name, views.login) as "ownerName", pins.view_id is not null as pinned
  from ibok.saved_views as views
  left join ibok.staff_members as staff on staff.login = views.login
  left join ibok.saved_view_pins as pins on pins.view_id = views.id and pins.login = session_user`;

/** The person's own views of a list and those shared by others, by name. */
export async function listViews(ctx: ReadContext, list: ListName): Promise<SavedView[]> {
  listFor(ctx.actor, list);
  const rows = await ctx.db.rows<StoredView>(
    `${VIEWS} where views.list = $1 order by lower(views.name) collate "pl-PL-x-icu", views.id`,
    [list],
  );
  return rows.flatMap((row) => readable(row) ?? []);
}

/** A stored view, or null where an older program wrote a form that is read no more. */
function readable(row: StoredView): SavedView | null {
  const state = viewState.safeParse(row.state);
  return state.success ? { ...row, state: state.data } : null;
}

/** The pinned views in the order they were pinned, each with how many rows match it for this person now. */
export async function countPinned(ctx: ReadContext): Promise<z.infer<typeof viewCounters>['pinned']> {
  const rows = await ctx.db.rows<StoredView>(
    `${VIEWS} where pins.view_id is not null order by pins.position, views.id limit 50`,
  );
  const pinned = [];
  // One after the other: a person has two connections, and the list on screen wants one.
  for (const view of rows.flatMap((row) => readable(row) ?? [])) {
    const count = mayOpen(ctx.actor, view.list) ? await countView(ctx, view.list, view.state) : null;
    if (count) pinned.push({ id: view.id, list: view.list, name: view.name, ...count });
  }
  return pinned;
}

/** null for a view over a column that its list has no more. */
async function countView(ctx: ReadContext, list: ListName, { question }: ViewState) {
  try {
    return await countList(ctx.db, listFor(ctx.actor, list), question);
  } catch (error) {
    if (error instanceof BadQuestion) return null;
    throw error;
  }
}
