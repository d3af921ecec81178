import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconClipboardList, IconClipboardOff, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { OrderRow } from '../../../shared/contract/orders';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { selectionOf } from '../../ui/list/selection';
import { useChosen } from '../../ui/list/useChosen';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { useShortcut } from '../../ui/shortcuts';
import { AssignOrders } from './AssignOrders';
import { MakeOrder } from './MakeOrder';
import { OrderDrawer } from './OrderDrawer';
import { useOrderColumns } from './orderColumns';
import { askPreset, isNarrowedFurther, PRESETS, type Preset, presetOf } from './orderPresets';
import { ORDERS } from './orderRows';
import type { OrdersSearch } from './ordersSearch';

interface OrdersPageProps {
  search: OrdersSearch;
  /** The history of an order, which another feature brings. */
  history: (id: string) => ReactNode;
}

/** All service orders: planned, given to technicians, their results. */
export function OrdersPage(props: OrdersPageProps) {
  const office = useQuery(trpc.staff.colleagues.queryOptions());
  // The office's day decides what is late; it is there at once when any screen has asked before.
  return office.data ? <Orders {...props} today={office.data.today} /> : null;
}

function Orders({ search, history, today }: OrdersPageProps & { today: string }) {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const columns = useOrderColumns();
  const mayMake = useMay('orders.make');
  const mayAssign = useMay('orders.assign');
  const [making, setMaking] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const standard = useMemo(() => {
    const question = askPreset({ filters: {}, sort: { key: 'day', descending: false } }, 'open', today);
    return { ...standardView(columns, question.sort), question };
  }, [columns, today]);
  const arrangement = useSavedViews('orders', columns, standard);
  const { view, onView } = arrangement;
  useAddressed(search, arrangement, ({ show, order }) => {
    if (order) setOpened(order);
    if (show) onView({ ...standard, question: askPreset(standard.question, show, today) });
    if (show || order) void navigate({ to: '/orders', search: {}, replace: true });
  });
  const { question } = view;
  const asked = JSON.stringify([question.words, question.filters]);
  const choosing = useChosen(asked);
  const selection = useMemo(() => selectionOf(choosing.chosen, question), [choosing.chosen, question]);
  const { total, leave, list } = useServerList(ORDERS, arrangement, {
    columns,
    standard,
    title: t('title'),
    selection,
    onAddress: (chosen) => void navigate({ to: '/orders', search: chosen, replace: true }),
  });
  useShortcut('N', t('new'), () => setMaking(true), { enabled: mayMake });
  const labelOf = (row: OrderRow) =>
    t('rowLabel', { number: row.id, kind: t(`kind.${row.kind}`), address: row.address });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />}
        actions={
          <Can action="orders.make">
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
              {t('new')}
            </Button>
          </Can>
        }
      />
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('presets')}
          data={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
          value={presetOf(question, today) ?? ''}
          onChange={(value) => onView({ ...view, question: askPreset(question, value as Preset, today) })}
        />
      </Group>
      <DataList
        {...list}
        label={t('title')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        empty={<Empty question={question} today={today} />}
        onOpen={(row, index) => {
          leave(row, index);
          setOpened(row.id);
        }}
        choosing={{
          ...choosing,
          acts: mayAssign && selection && (
            <AssignOrders
              selection={selection}
              chosen={choosing.chosen}
              total={total}
              today={today}
              onDone={choosing.clear}
            />
          ),
        }}
      />
      {making && <MakeOrder about={null} today={today} onClose={() => setMaking(false)} />}
      {opened && (
        <OrderDrawer key={opened} id={opened} today={today} history={history(opened)} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

function Empty({ question, today }: { question: ListQuestion; today: string }) {
  const { t } = useTranslation('orders');
  return presetOf(question, today) === 'open' && !isNarrowedFurther(question) ? (
    <EmptyState icon={IconClipboardList} title={t('empty.open')} text={t('empty.openText')} />
  ) : (
    <EmptyState icon={IconClipboardOff} title={t('empty.filtered')} />
  );
}
