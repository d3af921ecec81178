import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListName, SavedView, ViewState } from '../../../shared/contract/lists';
import type { NamedView } from '../../ui/list/NameView';
import type { ViewsPort } from '../../ui/list/ViewPicker';
import { type KnownColumn, mergeView, sameView } from '../../ui/list/viewState';
import { showError } from '../../ui/showError';
import { trpc } from '../trpc';
import { useListMemory } from './listMemory';

/** How a list looks now, and its saved views. */
export interface ListArrangement {
  view: ViewState;
  onView: (view: ViewState) => void;
  views: ViewsPort;
  /** Shows a saved view by its id; answers null while the views are not read, false when there is none of that id. */
  showView: (id: string) => boolean | null;
}

/** The arrangement of a list: the standard one, a saved view, or either as this person has changed it since. */
export function useSavedViews(list: ListName, columns: readonly KnownColumn[], standard: ViewState): ListArrangement {
  const { t } = useTranslation('lists');
  const cache = useQueryClient();
  const { viewId, state, remember } = useListMemory(list);
  const stored = useQuery(trpc.lists.views.queryOptions({ list }));
  const { sort } = standard.question;
  // Columns that came or went since a view was saved must not spoil it.
  const views = useMemo(
    () => stored.data?.views.map((view) => ({ ...view, state: mergeView(view.state, columns, sort) })),
    [stored.data, columns, sort],
  );
  const current = views?.find(({ id }) => id === viewId) ?? null;
  const origin = current?.state ?? standard;
  const view = useMemo(() => mergeView(state ?? origin, columns, sort), [state, origin, columns, sort]);

  const refresh = () =>
    Promise.all([
      cache.invalidateQueries(trpc.lists.views.pathFilter()),
      cache.invalidateQueries(trpc.lists.counters.pathFilter()),
    ]);
  const saving = useMutation(trpc.lists.saveView.mutationOptions());
  const removing = useMutation(trpc.lists.removeView.mutationOptions());
  const pinning = useMutation(trpc.lists.pinView.mutationOptions({ onSuccess: refresh, onError: showError }));

  async function store(id: string | null, { name, shared }: NamedView, kept: ViewState): Promise<boolean> {
    try {
      const saved = await saving.mutateAsync({ requestId: crypto.randomUUID(), id, list, name, shared, state: kept });
      await refresh();
      notifications.show({ message: t('view.saved') });
      // A new name alone leaves what is on screen as it was changed.
      if (kept === view) remember({ viewId: saved.id, state: null });
      return true;
    } catch (error) {
      showError(error);
      return false;
    }
  }
  const choose = useCallback(
    (chosen: SavedView | null) => remember({ viewId: chosen?.id ?? null, state: null }),
    [remember],
  );
  return {
    view,
    onView: useCallback((next: ViewState) => remember({ state: next }), [remember]),
    showView: useCallback(
      (id: string) => {
        if (!views) return null;
        const found = views.find((each) => each.id === id);
        if (found) choose(found);
        return found !== undefined;
      },
      [views, choose],
    ),
    views: {
      views: views ?? [],
      current,
      changed: !sameView(view, origin),
      choose,
      save: (id, named) => store(id, named, view),
      rename: (renamed, named) => store(renamed.id, named, renamed.state),
      remove: async ({ id }) => {
        try {
          await removing.mutateAsync({ id, requestId: crypto.randomUUID() });
          remember({ viewId: null, state: null });
          await refresh();
          return true;
        } catch (error) {
          showError(error);
          return false;
        }
      },
      pin: ({ id }, pinned) => pinning.mutate({ id, pinned }),
    },
  };
}
