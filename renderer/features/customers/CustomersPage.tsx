import { IconUserSearch, IconUsers } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '../../../shared/contract/customers';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { usePresenceMarks } from '../../app/presence/PresenceMark';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { selectionOf } from '../../ui/list/selection';
import { useChosen } from '../../ui/list/useChosen';
import { filterColumn, isNarrowed, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { BulkActs } from './BulkActs';
import { CUSTOMERS } from './customerRows';
import { CUSTOMER_SORT, useCustomerColumns } from './listColumns';
import type { CustomersSearch } from './listSearch';
import { useSaveCell } from './useSaveCell';

/** All customers: what is asked and how it looks is one view; keyset pages as one scrolls. */
export function CustomersPage({ search }: { search: CustomersSearch }) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const columns = useCustomerColumns();
  const standard = useMemo(() => standardView(columns, CUSTOMER_SORT), [columns]);
  const arrangement = useSavedViews('customers', columns, standard);
  const { view, onView } = arrangement;
  useAddressed(search, arrangement, ({ kind }) => {
    if (!kind) return;
    onView(filterColumn(standard, 'kind', { is: 'oneOf', values: [kind] }));
    void navigate({ to: '/customers', search: {}, replace: true });
  });
  const { question } = view;
  const asked = JSON.stringify([question.words, question.filters]);
  const choosing = useChosen(asked);
  const selection = useMemo(() => selectionOf(choosing.chosen, question), [choosing.chosen, question]);
  const { total, leave, list } = useServerList(CUSTOMERS, arrangement, {
    columns,
    standard,
    title: t('list.title'),
    selection,
    onAddress: (chosen) => void navigate({ to: '/customers', search: chosen, replace: true }),
  });
  const saveCell = useSaveCell();
  const mark = usePresenceMarks('customers');
  const rowBadge = useCallback((row: CustomerRow) => mark(row.id), [mark]);
  const mayBulk = useMay('customers.editContact');

  function open(row: CustomerRow, index: number) {
    leave(row, index);
    void navigate({ to: '/customers/$id', params: { id: row.id } });
  }
  return (
    <>
      <PageHeader
        title={t('list.title')}
        subtitle={<ListTotal total={total} words={(counted) => t('list.count', counted)} />}
      />
      <DataList
        {...list}
        label={t('list.label')}
        rowLabel={labelOf}
        wordsHint={t('list.wordsHint')}
        empty={<Empty narrowed={isNarrowed(question)} />}
        onOpen={open}
        choosing={{
          ...choosing,
          acts: mayBulk && selection && (
            <BulkActs selection={selection} chosen={choosing.chosen} total={total} onDone={choosing.clear} />
          ),
        }}
        saveCell={saveCell}
        rowBadge={rowBadge}
      />
    </>
  );
}

const labelOf = (row: CustomerRow) => `${row.customerNo} ${row.displayName}`;

function Empty({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation('customers');
  return narrowed ? (
    <EmptyState icon={IconUserSearch} title={t('list.empty.noneTitle')} text={t('list.empty.noneText')} />
  ) : (
    <EmptyState icon={IconUsers} title={t('list.empty.title')} text={t('list.empty.text')} />
  );
}
