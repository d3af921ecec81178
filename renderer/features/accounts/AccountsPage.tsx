import { IconUserCircle, IconUserSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRow } from '../../../shared/contract/accounts';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { usePresenceMarks } from '../../app/presence/PresenceMark';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { filterColumn, isNarrowed, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { ACCOUNT_SORT, nameOf, useAccountColumns } from './accountColumns';
import type { AccountsSearch } from './accountsSearch';
import { ACCOUNTS } from './lists';

/** Every account of the portal: who signs in, whose data they see, and in which state it is. */
export function AccountsPage({ search }: { search: AccountsSearch }) {
  const { t } = useTranslation('accounts');
  const navigate = useNavigate();
  const columns = useAccountColumns();
  const standard = useMemo(() => standardView(columns, ACCOUNT_SORT), [columns]);
  const arrangement = useSavedViews('accounts', columns, standard);
  const { view, onView } = arrangement;
  useAddressed(search, arrangement, ({ status }) => {
    if (!status) return;
    onView(filterColumn(standard, 'status', { is: 'oneOf', values: [status] }));
    void navigate({ to: '/accounts', search: {}, replace: true });
  });
  const { total, leave, list } = useServerList(ACCOUNTS, arrangement, {
    columns,
    standard,
    title: t('list.title'),
    onAddress: (chosen) => void navigate({ to: '/accounts', search: chosen, replace: true }),
  });
  const mark = usePresenceMarks('accounts');
  const rowBadge = useCallback((row: AccountRow) => mark(row.id), [mark]);

  function open(row: AccountRow, index: number) {
    leave(row, index);
    void navigate({ to: '/accounts/$id', params: { id: row.id } });
  }
  return (
    <>
      <PageHeader
        title={t('list.title')}
        subtitle={<ListTotal total={total} words={(counted) => t('list.count', counted)} />}
      />
      <DataList
        {...list}
        label={t('list.title')}
        rowLabel={labelOf}
        wordsHint={t('list.wordsHint')}
        empty={<Empty narrowed={isNarrowed(view.question)} />}
        onOpen={open}
        rowBadge={rowBadge}
      />
    </>
  );
}

const labelOf = (row: AccountRow) => row.login ?? nameOf(row);

function Empty({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation('accounts');
  return narrowed ? (
    <EmptyState icon={IconUserSearch} title={t('list.empty.noneTitle')} text={t('list.empty.noneText')} />
  ) : (
    <EmptyState icon={IconUserCircle} title={t('list.empty.title')} text={t('list.empty.text')} />
  );
}
