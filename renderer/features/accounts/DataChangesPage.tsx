import { Group, SegmentedControl } from '@mantine/core';
import { IconUserEdit } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DataChangeRow } from '../../../shared/contract/data-changes';
import type { ColumnFilter, ListQuestion } from '../../../shared/contract/lists';
import { host } from '../../app/host';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { exportColumns } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { readRows, usePages } from '../../ui/list/pages';
import { filterColumn, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import type { DataChangesSearch } from './accountsSearch';
import { DecideDrawer } from './DecideDrawer';
import { useDataChangeColumns } from './dataChangeColumns';
import { dataChangeReader } from './readers';

const SORT: ListQuestion['sort'] = { key: 'requestedAt', descending: false };
const OPEN: ColumnFilter = { is: 'oneOf', values: ['open'] };

/** What customers want changed and nobody has decided yet, the oldest first; all others one click away. */
export function DataChangesPage({ search }: { search: DataChangesSearch }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const navigate = useNavigate();
  const columns = useDataChangeColumns();
  const [opened, setOpened] = useState<string | null>(null);
  const standard = useMemo(() => filterColumn(standardView(columns, SORT), 'status', OPEN), [columns]);
  const arrangement = useSavedViews('datachanges', columns, standard);
  const { view, onView, views } = arrangement;
  useAddressedView(search, arrangement);
  const { question } = view;
  const reader = useMemo(() => dataChangeReader(question), [question]);
  const { sort: _, ...counted } = question;
  const total = useQuery(
    trpc.dataChanges.count.queryOptions({ question: counted }, { placeholderData: keepPreviousData }),
  ).data;
  const rows = usePages(reader, total);
  const exporting = useExport(() => ({
    list: 'datachanges',
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title: t('change.listTitle'),
  }));
  const { status } = question.filters;
  const shown = status === undefined ? 'all' : sameFilter(status, OPEN) ? 'open' : '';
  return (
    <>
      <PageHeader
        title={t('change.listTitle')}
        subtitle={
          total ? (
            <span aria-live="polite">
              {t('change.count', { count: total.count, formatted: format.count(total.count) })}
            </span>
          ) : (
            '\u00a0'
          )
        }
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
        label={t('change.listTitle')}
        title={t('change.listTitle')}
        columns={columns}
        rowKey={keyOf}
        rowLabel={labelOf}
        rows={{ ...rows, readRows: (most) => readRows(reader, most) }}
        total={total}
        view={view}
        onView={onView}
        standard={standard}
        wordsHint={t('change.wordsHint')}
        empty={<EmptyState icon={IconUserEdit} title={t('change.empty')} text={t('change.emptyText')} />}
        onOpen={(row) => setOpened(row.id)}
        views={{
          ...views,
          choose: (chosen) => {
            views.choose(chosen);
            void navigate({ to: '/data-changes', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        exporting={exporting}
        printer={host.print}
      />
      {opened && <DecideDrawer key={opened} id={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

const keyOf = (row: DataChangeRow) => row.id;
const labelOf = (row: DataChangeRow) => `${row.customerNo} ${row.customerName}`;
const sameFilter = (a: ColumnFilter, b: ColumnFilter) => JSON.stringify(a) === JSON.stringify(b);

/** Shows the saved view the address names, once for each address. */
function useAddressedView({ view }: DataChangesSearch, { showView }: ReturnType<typeof useSavedViews>) {
  const done = useRef<string>(undefined);
  useEffect(() => {
    if (!view || done.current === view) return;
    if (showView(view) !== null) done.current = view;
  });
}
