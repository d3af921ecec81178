import { IconUserSearch, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '../../../shared/contract/customers';
import type { ColumnFilter, ListCount, ListQuestion } from '../../../shared/contract/lists';
import { host } from '../../app/host';
import { useListMemory } from '../../app/lists/listMemory';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { usePresenceMarks } from '../../app/presence/PresenceMark';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { exportColumns } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { readRows, usePages } from '../../ui/list/pages';
import { selectionOf } from '../../ui/list/selection';
import { useChosen } from '../../ui/list/useChosen';
import { filterColumn, isNarrowed, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { BulkActs } from './BulkActs';
import { customerReader } from './customerRows';
import { CUSTOMER_SORT, useCustomerColumns } from './listColumns';
import type { CustomersSearch } from './listSearch';
import { useSaveCell } from './useSaveCell';

/** All customers: what is asked and how it looks is one view; keyset pages as one scrolls. */
export function CustomersPage({ search }: { search: CustomersSearch }) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const columns = useCustomerColumns();
  const standard = useMemo(() => standardView(columns, CUSTOMER_SORT), [columns]);
  const { at, walked, remember } = useListMemory('customers');
  const arrangement = useSavedViews('customers', columns, standard);
  const { view, onView, views } = arrangement;
  useAddressedView(search, arrangement, () => onView(filterColumn(standard, 'kind', kindFilter(search))));
  const { question } = view;
  const reader = useMemo(() => customerReader(question), [question]);
  const total = useCount(question);
  // The place one left is a place in that list only.
  const place = at && walked && JSON.stringify(walked) === reader.identity ? at : null;
  const rows = usePages(reader, total, place?.index ?? 0);
  const asked = JSON.stringify([question.words, question.filters]);
  const choosing = useChosen(asked);
  const selection = useMemo(() => selectionOf(choosing.chosen, question), [choosing.chosen, question]);
  const exporting = useExport(() => ({
    list: 'customers',
    question,
    selection,
    columns: exportColumns(view, columns),
    title: t('list.title'),
  }));
  const saveCell = useSaveCell();
  const mark = usePresenceMarks('customers');
  const rowBadge = useCallback((row: CustomerRow) => mark(row.id), [mark]);
  const mayBulk = useMay('bulk.start');
  const mayExport = useMay('lists.startExport');

  function open(row: CustomerRow, index: number) {
    remember({ walked: question, at: { key: row.id, index } });
    void navigate({ to: '/customers/$id', params: { id: row.id } });
  }
  return (
    <>
      <PageHeader title={t('list.title')} subtitle={<Count total={total} />} />
      <DataList
        label={t('list.label')}
        title={t('list.title')}
        columns={columns}
        rowKey={keyOf}
        rowLabel={labelOf}
        rows={{ ...rows, readRows: (most) => readRows(reader, most) }}
        total={total}
        view={view}
        onView={onView}
        standard={standard}
        wordsHint={t('list.wordsHint')}
        empty={<Empty narrowed={isNarrowed(question)} />}
        onOpen={open}
        startAt={place}
        views={{
          ...views,
          choose: (chosen) => {
            views.choose(chosen);
            void navigate({ to: '/customers', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        {...(mayExport ? { exporting } : {})}
        choosing={{
          ...choosing,
          acts: mayBulk && selection && (
            <BulkActs selection={selection} chosen={choosing.chosen} total={total} onDone={choosing.clear} />
          ),
        }}
        saveCell={saveCell}
        rowBadge={rowBadge}
        printer={host.print}
      />
    </>
  );
}

const keyOf = (row: CustomerRow) => row.id;
const labelOf = (row: CustomerRow) => `${row.customerNo} ${row.displayName}`;

function kindFilter({ kind }: CustomersSearch): ColumnFilter | null {
  return kind ? { is: 'oneOf', values: [kind] } : null;
}

/** Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. */
function useAddressedView(
  search: CustomersSearch,
  { showView }: ReturnType<typeof useSavedViews>,
  showKind: () => void,
) {
  const navigate = useNavigate();
  const done = useRef<CustomersSearch>(null);
  useEffect(() => {
    if (done.current?.view === search.view && done.current?.kind === search.kind) return;
    if (search.view && showView(search.view) === null) return;
    if (search.kind) {
      showKind();
      void navigate({ to: '/customers', search: {}, replace: true });
    }
    done.current = search;
  });
}

/** How many match: exact, or honestly "ponad 10 000". */
function useCount({ words, filters }: ListQuestion): ListCount | undefined {
  const question = { ...(words ? { words } : {}), filters };
  const counted = useQuery(trpc.customers.count.queryOptions({ question }, { placeholderData: keepPreviousData }));
  return counted.data;
}

function Count({ total }: { total: ListCount | undefined }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  // A no-break space keeps the line's height while nothing is known.
  if (!total) return <span>{'\u00a0'}</span>;
  const formatted = format.count(total.count);
  return (
    <span aria-live="polite">
      {total.capped ? t('list.countCapped', { formatted }) : t('list.count', { count: total.count, formatted })}
    </span>
  );
}

function Empty({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation('customers');
  return narrowed ? (
    <EmptyState icon={IconUserSearch} title={t('list.empty.noneTitle')} text={t('list.empty.noneText')} />
  ) : (
    <EmptyState icon={IconUsers} title={t('list.empty.title')} text={t('list.empty.text')} />
  );
}
