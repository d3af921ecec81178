import { Skeleton, Stack, Tabs } from '@mantine/core';
import { IconChartBar, IconDroplet, IconFiles, IconHistory, IconId, IconUserCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePresence } from '../../app/presence/usePresence';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useMay } from '../../ui/permissions';
import { CustomerHeader } from './CustomerHeader';
import { CARD_TABS, type CardSearch, type CardTab } from './cardSearch';
import { DataTab } from './DataTab';
import { LinesSkeleton } from './LinesSkeleton';
import { PointsTab } from './PointsTab';
import { useNeighbours } from './useNeighbours';
import { usePurpose } from './usePurpose';

const ICONS = {
  data: IconId,
  accounts: IconUserCircle,
  points: IconDroplet,
  readings: IconChartBar,
  documents: IconFiles,
  history: IconHistory,
};

interface CustomerPageProps {
  id: string;
  search: CardSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  accounts: ReactNode;
  readings: ReactNode;
  documents: ReactNode;
  history: ReactNode;
  /** The act that makes a task about the customer, whose name it shows. */
  newTask: (name: string) => ReactNode;
  /** What can be begun at a point where the customer is supplied. */
  pointActs: (point: { id: string; code: string }) => ReactNode;
}

/** Everything about a customer on one screen, for a call that has already begun. */
export function CustomerPage(props: CustomerPageProps) {
  const { id, search, accounts, readings, documents, history, newTask, pointActs } = props;
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const [purpose, setPurpose] = usePurpose();
  const neighbours = useNeighbours(id);
  const mayAccounts = useMay('accounts.ofCustomer');
  usePresence(`customers:${id}`, search.edit === true);
  const card = useQuery(
    trpc.customers.card.queryOptions(
      { id, purpose },
      {
        // Every reading of a card is logged: it is read again when it changed, not because time went by.
        staleTime: Number.POSITIVE_INFINITY,
        // Another purpose must not take the open form away; another customer must.
        placeholderData: (before) => (before?.id === id ? before : undefined),
      },
    ),
  );
  const tab: CardTab = search.edit ? 'data' : (search.tab ?? 'data');
  const go = (next: CardSearch) => void navigate({ to: '/customers/$id', params: { id }, search: next, replace: true });

  if (card.isError) return <ErrorState page error={card.error} onRetry={() => void card.refetch()} />;
  if (card.isPending) return <CardSkeleton />;
  return (
    <>
      <CustomerHeader
        card={card.data}
        neighbours={neighbours}
        purpose={purpose}
        onPurpose={setPurpose}
        editing={search.edit === true}
        newTask={newTask(card.data.displayName)}
      />
      <Tabs
        value={tab}
        onChange={(next) => go({ tab: next === 'data' ? undefined : (next as CardTab) })}
        keepMounted={false}
      >
        <Tabs.List aria-label={t('card.tabs')} mb="md">
          {CARD_TABS.filter((each) => each !== 'accounts' || mayAccounts).map((each) => {
            const IconOf = ICONS[each];
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`card.tab.${each}`)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="data">
          <DataTab
            card={card.data}
            editing={search.edit === true}
            onEdit={() => go({ edit: true })}
            onEditEnd={() => go({})}
          />
        </Tabs.Panel>
        {mayAccounts && <Tabs.Panel value="accounts">{accounts}</Tabs.Panel>}
        <Tabs.Panel value="points">
          <PointsTab customerId={id} acts={pointActs} />
        </Tabs.Panel>
        <Tabs.Panel value="readings">{readings}</Tabs.Panel>
        <Tabs.Panel value="documents">{documents}</Tabs.Panel>
        <Tabs.Panel value="history">{history}</Tabs.Panel>
      </Tabs>
    </>
  );
}

function CardSkeleton() {
  return (
    <Stack gap="lg">
      <Skeleton height={32} width="24rem" maw="100%" />
      <LinesSkeleton lines={8} />
    </Stack>
  );
}
