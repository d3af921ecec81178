import { Stack, Title } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportCounts, ImportRecord } from '../../../shared/contract/imports';
import { useSession } from '../../app/session';
import { trpc } from '../../app/trpc';
import { type Column, DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { StateBadge, type Tone } from '../../ui/StateBadge';
import { UndoImport } from './UndoImport';
import { type Refusal, UndoObstacles } from './UndoObstacles';

const TONES: Record<ImportRecord['state'], Tone> = {
  running: 'info',
  interrupted: 'warn',
  done: 'ok',
  undone: 'neutral',
};

/** The last imports this person may see: how each ended, and taking it back. Unchanged rows are in the receipt. */
export function FormerImports() {
  const { t } = useTranslation('imports');
  const list = useQuery(trpc.imports.list.queryOptions());
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const columns = useColumns(setRefusal);
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
      {refusal && <UndoObstacles refusal={refusal} onClose={() => setRefusal(null)} />}
    </Stack>
  );
}

function useColumns(onRefused: (refusal: Refusal) => void): readonly Column<ImportRecord>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { user } = useSession();
  return useMemo(() => {
    const count = (key: keyof ImportCounts): Column<ImportRecord> => ({
      key,
      header: t(`verdicts.${key}`),
      width: key === 'refused' ? 98 : 88,
      align: 'right',
      render: ({ counts }) => format.count(counts[key]),
    });
    return [
      { key: 'number', header: t('former.number'), width: 44, align: 'right', render: ({ id }) => id },
      { key: 'at', header: t('former.at'), width: 166, render: ({ startedAt }) => format.dateTime(startedAt) },
      {
        key: 'file',
        header: t('former.file'),
        width: 156,
        grow: 2,
        render: ({ kind, fileName }) => <span title={fileName}>{`${t(`kind.${kind}`)} · ${fileName}`}</span>,
      },
      {
        key: 'who',
        header: t('former.who'),
        width: 104,
        grow: 1,
        render: ({ displayName, login }) => displayName ?? login,
      },
      count('create'),
      count('update'),
      count('refused'),
      {
        key: 'state',
        header: t('former.state'),
        width: 138,
        render: ({ state }) => (
          <span title={state === 'interrupted' ? t('former.interruptedHint') : undefined}>
            <StateBadge tone={TONES[state]} label={t(`former.states.${state}`)} />
          </span>
        ),
      },
      {
        key: 'undo',
        header: t('former.undo'),
        width: 104,
        render: ({ id, login, state }) =>
          (state === 'done' || state === 'interrupted') &&
          (login === user.login || user.group === 'bok_supervisor') && (
            <UndoImport importId={id} label={t('former.undoAct')} small onRefused={onRefused} />
          ),
      },
    ];
  }, [t, format, user.login, user.group, onRefused]);
}
