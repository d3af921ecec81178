import { Stack, Title } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportCounts, ImportRecord } from '../../../shared/contract/imports';
import { trpc } from '../../app/trpc';
import { type Column, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';

/** The last imports this person may see. */
export function FormerImports() {
  const { t } = useTranslation('imports');
  const list = useQuery(trpc.imports.list.queryOptions());
  const columns = useColumns();
  return (
    <Stack gap="xs" mt="xl">
      <Title order={2} size="h4">
        {t('former.title')}
      </Title>
      <DataTable
        label={t('former.label')}
        maxHeight="24rem"
        skeletonRows={4}
        columns={columns}
        rows={list.data?.imports ?? []}
        rowKey={({ id }) => id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState icon={IconFileImport} title={t('former.empty')} text={t('former.emptyText')} />}
      />
    </Stack>
  );
}

function useColumns(): readonly Column<ImportRecord>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return useMemo(() => {
    const count = (key: keyof ImportCounts): Column<ImportRecord> => ({
      key,
      header: t(`verdicts.${key}`),
      width: 92,
      align: 'right',
      render: ({ counts }) => format.count(counts[key]),
    });
    return [
      { key: 'number', header: t('former.number'), width: 56, align: 'right', render: ({ id }) => id },
      { key: 'at', header: t('former.at'), width: 168, render: ({ startedAt }) => format.dateTime(startedAt) },
      { key: 'kind', header: t('former.kind'), width: 120, grow: 1, render: ({ kind }) => t(`kind.${kind}`) },
      {
        key: 'file',
        header: t('former.file'),
        width: 120,
        grow: 1,
        render: ({ fileName }) => <span title={fileName}>{fileName}</span>,
      },
      {
        key: 'who',
        header: t('former.who'),
        width: 130,
        grow: 1,
        render: ({ displayName, login }) => displayName ?? login,
      },
      count('create'),
      count('update'),
      count('same'),
      count('refused'),
    ];
  }, [t, format]);
}
