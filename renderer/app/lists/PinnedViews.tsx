import { Text } from '@mantine/core';
import { IconPin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ListName } from '../../../shared/contract/lists';
import { useFormat } from '../../ui/format';
import { PlaceLink } from '../PlaceLink';
import { trpc } from '../trpc';
import classes from './PinnedViews.module.css';

/** How often the counters are counted: often enough to work by, rarely enough not to weigh on anybody. */
const COUNT_EVERY_MS = 30_000;

/** Lists whose name is not their place. */
const PLACES = { metercases: '/meter-cases', letterruns: '/letter-runs' } as const;
type OwnPlace = Extract<
  ListName,
  | 'customers'
  | 'tasks'
  | 'deletions'
  | 'registrations'
  | 'accounts'
  | 'approvals'
  | 'outbox'
  | 'meters'
  | 'exchanges'
  | 'legalization'
>;

/** Below a list's place in the navigation: its pinned views, each with how many match now. */
export function PinnedViews({ list }: { list: OwnPlace | keyof typeof PLACES }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const counted = useQuery(trpc.lists.counters.queryOptions(undefined, { refetchInterval: COUNT_EVERY_MS }));
  const place = list in PLACES ? PLACES[list as keyof typeof PLACES] : (`/${list as OwnPlace}` as const);
  const shown = useRouterState({
    select: ({ location }) => (location.pathname === place ? (location.search as { view?: string }).view : undefined),
  });
  const pinned = counted.data?.pinned.filter((view) => view.list === list) ?? [];
  return pinned.map(({ id, name, count, capped }) => {
    const formatted = format.count(count);
    return (
      <PlaceLink
        key={id}
        to={place}
        search={{ view: id }}
        label={<span title={name}>{name}</span>}
        active={shown === id}
        aria-current={shown === id ? 'page' : undefined}
        leftSection={<IconPin size={14} stroke={1.6} aria-hidden />}
        rightSection={
          <Text span size="xs" c="dimmed">
            {capped ? t('view.over', { formatted }) : formatted}
          </Text>
        }
        noWrap
        className={classes.link}
      />
    );
  });
}
