import { Group, SegmentedControl } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataChangeRow } from '../../../shared/contract/data-changes';
import type { ColumnFilter, ListQuestion } from '../../../shared/contract/lists';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { filterColumn, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import type { DataChangesSearch } from './accountsSearch';
import { DecideDrawer } from './DecideDrawer';
import { useDataChangeColumns } from './dataChangeColumns';
import { DATA_CHANGES } from './lists';

const SORT: ListQuestion['sort'] = { key: 'requestedAt', descending: false };
const OPEN: ColumnFilter = { is: 'oneOf', values: ['open'] };

/** What customers want changed and nobody has decided yet, the oldest first; all others one click away. */
export function DataChangesPage({ search }: { search: DataChangesSearch }) {
  const { t } = useTranslation('accounts');
  const navigate = useNavigate();
  const columns = useDataChangeColumns();
  const [opened, setOpened] = useState<string | null>(null);
  const standard = useMemo(() => filterColumn(standardView(columns, SORT), 'status', OPEN), [columns]);
  const arrangement = useSavedViews('datachanges', columns, standard);
  const { view, onView } = arrangement;
  useAddressed(search, arrangement);
  const { total, list } = useServerList(DATA_CHANGES, arrangement, {
    columns,
    standard,
    title: t('change.listTitle'),
    onAddress: (chosen) => void navigate({ to: '/data-changes', search: chosen, replace: true }),
  });
  const { status } = view.question.filters;
  const shown = status === undefined ? 'all' : sameFilter(status, OPEN) ? 'open' : '';
  return (
    <>
      <PageHeader
        title={t('change.listTitle')}
        subtitle={<ListTotal total={total} words={(counted) => t('change.count', counted)} />}
      />
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('change.which')}
          data={(['open', 'all'] as const).map((value) => ({ value, label: t(`change.preset.${value}`) }))}
          value={shown}
          onChange={(value) => onView(filterColumn(view, 'status', value === 'open' ? OPEN : null))}
        />
      </Group>
      <DataList
        {...list}
        label={t('change.listTitle')}
        rowLabel={labelOf}
        wordsHint={t('change.wordsHint')}
        empty={<EmptyState icon={IconUserEdit} title={t('change.empty')} text={t('change.emptyText')} />}
        onOpen={(row) => setOpened(row.id)}
      />
      {opened && <DecideDrawer key={opened} id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

const labelOf = (row: DataChangeRow) => `${row.customerNo} ${row.customerName}`;
const sameFilter = (a: ColumnFilter, b: ColumnFilter) => JSON.stringify(a) === JSON.stringify(b);
