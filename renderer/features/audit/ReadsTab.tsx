import { Text } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadRow } from '../../../shared/contract/audit';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { LogList } from './LogList';
import { whenAndWho } from './logColumns';
import { READS } from './logs';

const PURPOSES = [
  'phone_call',
  'visit',
  'letter',
  'email',
  'ticket',
  'check',
  'other',
  'history',
  'export',
  'letter_run',
  'find_by_contact',
] as const;
const SCOPES = [
  'card',
  'history',
  'document',
  'pesel',
  'nip',
  'regon',
  'bank_account',
  'phone',
  'email',
  'no hit',
] as const;

/** Who looked at whose personal data, newest first. */
export function ReadsTab() {
  const { t } = useTranslation('journal');
  const navigate = useNavigate();
  const columns = useColumns();
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('reads.retention')}
      </Text>
      <LogList
        log={READS}
        label={t('reads.label')}
        title={t('tabs.reads')}
        columns={columns}
        rowLabel={({ id }) => id}
        empty={<EmptyState icon={IconEyeOff} title={t('reads.empty')} text={t('reads.emptyText')} />}
        onOpen={({ customerId }) => customerId && void navigate({ to: '/customers/$id', params: { id: customerId } })}
      />
    </>
  );
}

function useColumns(): readonly ListColumn<ReadRow>[] {
  const { t } = useTranslation('journal');
  const format = useFormat();
  return useMemo(() => {
    const purposes: Record<string, string> = Object.fromEntries(
      PURPOSES.map((purpose) => [purpose, t(`reads.purpose.${purpose}`)]),
    );
    const scopes: Record<string, string> = Object.fromEntries(
      SCOPES.map((scope) => [scope, t(`reads.field.${scope}`)]),
    );
    return [
      ...whenAndWho<ReadRow>({ at: t('reads.column.at'), login: t('reads.column.login') }, format),
      {
        key: 'customerNo',
        header: t('reads.column.customerNo'),
        width: 120,
        value: ({ customerNo }) => customerNo,
        render: ({ customerNo }) => customerNo,
      },
      {
        key: 'purpose',
        header: t('reads.column.purpose'),
        width: 176,
        grow: 1,
        value: ({ purpose }) => purpose,
        words: purposes,
        filter: { by: 'text' },
        render: ({ purpose }) => <span title={purpose}>{purposes[purpose] ?? purpose}</span>,
      },
      {
        key: 'fields',
        header: t('reads.column.fields'),
        width: 200,
        grow: 2,
        value: ({ fields }) => fields,
        words: scopes,
        filter: { by: 'text' },
        render: ({ fields }) => <span title={fields}>{scopes[fields] ?? fields}</span>,
      },
      {
        key: 'rowCount',
        header: t('reads.column.rowCount'),
        width: 96,
        align: 'right',
        value: ({ rowCount }) => rowCount,
        filter: { by: 'range', nothing: true },
        render: ({ rowCount }) => (rowCount === null ? '' : format.count(rowCount)),
      },
      {
        key: 'application',
        header: t('reads.column.application'),
        width: 128,
        hidden: true,
        value: ({ application }) => application,
        filter: { by: 'text' },
        render: ({ application }) => application,
      },
    ];
  }, [t, format]);
}
