import { Button, Group, Paper, Text, Title, Tooltip } from '@mantine/core';
import { IconCross, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountAccess, AccountRecord } from '../../../shared/contract/accounts';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { AddAccess } from './AddAccess';
import { EndAccess } from './EndAccess';

/** Customers the account sees, from when until when, and on the ground of which paper; those of before stay listed. */
export function AccessPanel({ account }: { account: AccountRecord }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<AccountAccess | null>(null);
  const why = account.abilities.changeAccess;
  const over = (row: AccountAccess) => row.validTo !== null && !row.current;
  const columns: RecordColumn<AccountAccess>[] = [
    {
      key: 'customer',
      header: t('access.customer'),
      render: (row) => (
        <Group gap="xs" wrap="nowrap">
          <AnchorLink underline="always" to="/customers/$id" params={{ id: row.customerId }}>
            {row.customerNo} {row.customerName}
          </AnchorLink>
          {row.deceased && <StateBadge tone="danger" icon={IconCross} label={t('access.deceased')} />}
        </Group>
      ),
    },
    { key: 'relation', header: t('access.relation'), render: (row) => t(`relation.${row.relation}`) },
    { key: 'from', header: t('access.from'), kind: 'date', render: (row) => format.date(row.validFrom) },
    {
      key: 'to',
      header: t('access.to'),
      kind: 'date',
      render: (row) => (row.validTo ? format.date(row.validTo) : <Nothing>{t('access.open')}</Nothing>),
    },
    { key: 'document', header: t('access.document'), render: (row) => row.document?.title ?? <Nothing /> },
    {
      key: 'act',
      header: t('access.act'),
      render: (row) =>
        over(row) ? (
          <Text span c="dimmed">
            {t('access.over')}
          </Text>
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            disabled={why !== null}
            aria-label={t('access.endOf', { name: row.customerName })}
            onClick={() => setEnding(row)}
          >
            {t('access.end')}
          </Button>
        ),
    },
  ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="access-title">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="access-title">
          {t('access.title')}
        </Title>
        <Tooltip label={why ? t(`whyNot.${why}`) : ''} disabled={!why}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={why !== null}
            onClick={() => setAdding(true)}
          >
            {t('access.add')}
          </Button>
        </Tooltip>
      </Group>
      {account.access.length === 0 ? (
        <Text c="dimmed">{t('access.none')}</Text>
      ) : (
        <RecordTable
          label={t('access.title')}
          columns={columns}
          rows={account.access}
          rowKey={(row) => row.id}
          minWidth={760}
        />
      )}
      {adding && <AddAccess account={account} onClose={() => setAdding(false)} />}
      {ending && <EndAccess access={ending} onClose={() => setEnding(null)} />}
    </Paper>
  );
}
