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

/** Tables a person may ask for by name; a newer one stands in the list under its own name. */
const TABLES = [
  'customers',
  'premises',
  'supply_points',
  'supplies',
  'contracts',
  'meters',
  'meter_installations',
  'readings',
  'legal_holds',
  'documents',
  'document_versions',
  'follow_ups',
  'imports',
  'bulk_acts',
  'approvals',
  'rule_values',
  'holidays',
  'staff_members',
  'staff_settings',
  'saved_views',
  'saved_view_pins',
  'invoices',
  'meter_types',
  'rule_keys',
  'import_mappings',
  'acts',
] as const;
const OPERATIONS = ['insert', 'update', 'delete', 'bulk'] as const;

/** Who did what, newest first. */
export function EventsTab() {
  const { t } = useTranslation('journal');
  const columns = useColumns();
  const [shown, setShown] = useState<JournalRow | null>(null);
  return (
    <>
      <LogList
        list="journal"
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
    const tables = Object.fromEntries(TABLES.map((table) => [table, t(`journal:table.${table}`)]));
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
