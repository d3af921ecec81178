import { IconUserCircle, IconUserSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow } from '../../../shared/contract/accounts';
import type { ListCount } from '../../../shared/contract/lists';
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
import { filterColumn, isNarrowed, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { ACCOUNT_SORT, nameOf, useAccountColumns } from './accountColumns';
import type { AccountsSearch } from './accountsSearch';
import { accountReader } from './readers';

/** Every account of the portal: who signs in, whose data they see, and in which state it is. */
export function AccountsPage({ search }: { search: AccountsSearch }) {
  const { t } = useTranslation('accounts');
  const navigate = useNavigate();
  const columns = useAccountColumns();
  const standard = useMemo(() => standardView(columns, ACCOUNT_SORT), [columns]);
  const { at, walked, remember } = useListMemory('accounts');
  const arrangement = useSavedViews('accounts', columns, standard);
  const { view, onView, views } = arrangement;
  useAddressedView(search, arrangement, (status) =>
    onView(filterColumn(standard, 'status', { is: 'oneOf', values: [status] })),
  );
  const { question } = view;
  const reader = useMemo(() => accountReader(question), [question]);
  const { sort: _, ...counted } = question;
  const total = useQuery(
    trpc.accounts.count.queryOptions({ question: counted }, { placeholderData: keepPreviousData }),
  ).data;
  // The place one left is a place in that list only.
  const place = at && walked && JSON.stringify(walked) === reader.identity ? at : null;
  const rows = usePages(reader, total, place?.index ?? 0);
  const exporting = useExport(() => ({
    list: 'accounts',
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title: t('list.title'),
  }));
  const mark = usePresenceMarks('accounts');
  const rowBadge = useCallback((row: AccountRow) => mark(row.id), [mark]);

  function open(row: AccountRow, index: number) {
    remember({ walked: question, at: { key: row.id, index } });
    void navigate({ to: '/accounts/$id', params: { id: row.id } });
  }
  return (
    <>
      <PageHeader title={t('list.title')} subtitle={<Count total={total} />} />
      <DataList
        label={t('list.title')}
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
            void navigate({ to: '/accounts', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        exporting={exporting}
        rowBadge={rowBadge}
        printer={host.print}
      />
    </>
  );
}

const keyOf = (row: AccountRow) => row.id;
const labelOf = (row: AccountRow) => row.login ?? nameOf(row);

/** Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. */
function useAddressedView(
  search: AccountsSearch,
  { showView }: ReturnType<typeof useSavedViews>,
  showStatus: (status: NonNullable<AccountsSearch['status']>) => void,
) {
  const navigate = useNavigate();
  const done = useRef<AccountsSearch>(null);
  useEffect(() => {
    if (done.current?.view === search.view && done.current?.status === search.status) return;
    if (search.view && showView(search.view) === null) return;
    done.current = search;
    if (!search.status) return;
    showStatus(search.status);
    void navigate({ to: '/accounts', search: {}, replace: true });
  });
}

/** How many match: exact, or honestly "ponad 10 000". A no-break space keeps the line while nothing is known. */
function Count({ total }: { total: ListCount | undefined }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  if (!total) return <span>{'\u00a0'}</span>;
  const formatted = format.count(total.count);
  return (
    <span aria-live="polite">
      {total.capped ? t('list.countCapped', { formatted }) : t('list.count', { count: total.count, formatted })}
    </span>
  );
}

function Empty({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation('accounts');
  return narrowed ? (
    <EmptyState icon={IconUserSearch} title={t('list.empty.noneTitle')} text={t('list.empty.noneText')} />
  ) : (
    <EmptyState icon={IconUserCircle} title={t('list.empty.title')} text={t('list.empty.text')} />
  );
}
