import { IconUserSearch, IconUsers } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerRow } from '../../../shared/contract/customers';
import { trpc } from '../../app/trpc';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { ListFilters } from './ListFilters';
import { useCustomerColumns } from './listColumns';
import { useListMemory } from './listMemory';
import { type CustomersSearch, isFiltered, type ListQuestion, listQuestion } from './listSearch';
import { useCustomerList } from './useCustomerList';

/** All customers: filters and order in the address, words in memory, keyset pages as one scrolls. */
export function CustomersPage({ search }: { search: CustomersSearch }) {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  const { words, setWords, at, rememberList } = useListMemory();
  const question = useMemo(() => listQuestion(search, words), [search, words]);
  const list = useCustomerList(question);
  const columns = useCustomerColumns();
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];

  const setSearch = (next: CustomersSearch) => void navigate({ to: '/customers', search: next, replace: true });
  const open = (row: CustomerRow) => {
    rememberList(question, row.id);
    void navigate({ to: '/customers/$id', params: { id: row.id } });
  };
  return (
    <>
      <PageHeader title={t('list.title')} subtitle={<Count question={question} />} />
      <ListFilters search={search} onSearch={setSearch} words={words} onWords={setWords} />
      <DataTable
        label={t('list.label')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending}
        error={list.isError ? list.error : undefined}
        onRetry={() => void list.refetch()}
        empty={<Empty filtered={isFiltered(question)} />}
        sort={question.sort}
        onSortChange={({ key, descending }) =>
          setSearch({
            ...search,
            sort: key === 'name' ? undefined : (key as CustomersSearch['sort']),
            descending: descending || undefined,
          })
        }
        onOpen={open}
        startAt={at}
        onEndReached={list.hasNextPage ? () => void list.fetchNextPage() : undefined}
        loadingMore={list.isFetchingNextPage}
        main
      />
    </>
  );
}

/** How many match: exact, or honestly "ponad 10 000". */
function Count({ question }: { question: ListQuestion }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const counted = useQuery(
    trpc.customers.count.queryOptions({ filter: question.filter }, { placeholderData: keepPreviousData }),
  );
  // A no-break space keeps the line's height while nothing is known.
  if (!counted.data) return <span>{'\u00a0'}</span>;
  const { count, capped } = counted.data;
  const formatted = format.count(count);
  return (
    <span aria-live="polite">
      {capped ? t('list.countCapped', { formatted }) : t('list.count', { count, formatted })}
    </span>
  );
}

function Empty({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation('customers');
  return filtered ? (
    <EmptyState icon={IconUserSearch} title={t('list.empty.noneTitle')} text={t('list.empty.noneText')} />
  ) : (
    <EmptyState icon={IconUsers} title={t('list.empty.title')} text={t('list.empty.text')} />
  );
}
