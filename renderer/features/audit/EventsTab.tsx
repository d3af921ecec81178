import { IconListDetails } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JournalRow } from '../../../shared/contract/audit';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { EventValues } from './EventValues';
import { LogList } from './LogList';
import { whenAndWho } from './logColumns';
import { JOURNAL } from './logs';

const OPERATIONS = ['insert', 'update', 'delete', 'bulk'] as const;

/** Who did what, newest first. */
export function EventsTab() {
  const { t } = useTranslation('journal');
  const columns = useColumns();
  const [shown, setShown] = useState<JournalRow | null>(null);
  return (
    <>
      <LogList
        log={JOURNAL}
        label={t('events.label')}
        title={t('title')}
        columns={columns}
        rowLabel={({ id }) => id}
        empty={<EmptyState icon={IconListDetails} title={t('events.empty')} text={t('events.emptyText')} />}
        onOpen={setShown}
      />
      <EventValues event={shown} onClose={() => setShown(null)} />
    </>
  );
}

function useColumns(): readonly ListColumn<JournalRow>[] {
  const { t } = useTranslation(['journal', 'audit']);
  const format = useFormat();
  return useMemo(() => {
    // Every table that has a word; one without stands in the list under its own name.
    const tables: Record<string, string> = t('journal:table', { returnObjects: true });
    const operations = Object.fromEntries(OPERATIONS.map((op) => [op, t(`journal:events.op.${op}`)]));
    const choices = (words: Record<string, string>) =>
      Object.entries(words).map(([value, label]) => ({ value, label }));
    const text = (
      key: 'reason' | 'application' | 'onBehalfOf',
      width: number,
      more: Partial<ListColumn<JournalRow>> = {},
    ): ListColumn<JournalRow> => ({
      key,
      header: t(`journal:events.column.${key}`),
      width,
      value: (row) => row[key],
      filter: { by: 'text', nothing: key !== 'application' },
      render: (row) => <span title={row[key] ?? undefined}>{row[key]}</span>,
      ...more,
    });
    return [
      ...whenAndWho<JournalRow>({ at: t('journal:events.column.at'), login: t('journal:events.column.login') }, format),
      {
        key: 'op',
        header: t('journal:events.column.op'),
        width: 128,
        value: ({ op }) => op,
        words: operations,
        filter: { by: 'values', choices: choices(operations) },
        render: ({ op }) => operations[op],
      },
      {
        key: 'table',
        header: t('journal:events.column.table'),
        width: 168,
        grow: 1,
        value: ({ table }) => table,
        words: tables,
        filter: { by: 'values', choices: choices(tables) },
        render: ({ table }) => tables[table] ?? table,
      },
      {
        key: 'rowId',
        header: t('journal:events.column.rowId'),
        width: 112,
        align: 'right',
        value: ({ rowId }) => rowId,
        render: ({ rowId }) => <span title={rowId}>{rowId}</span>,
      },
      text('reason', 200, { grow: 2 }),
      text('application', 128, { hidden: true }),
      text('onBehalfOf', 128, { hidden: true }),
    ];
  }, [t, format]);
}
