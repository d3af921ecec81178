import { Button } from '@mantine/core';
import { IconGavel, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { host } from '../../app/host';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { MemoryList } from '../../ui/list/MemoryList';
import { PageHeader } from '../../ui/PageHeader';
import { AddRegulations } from './AddRegulations';
import { useRegulationColumns } from './regulationColumns';
import { VersionDrawer } from './VersionDrawer';

const NEWEST = { key: 'effectiveOn', descending: true };

/** Versions of the regulations: in force, to come, and how far the customers know and accept each. */
export function RegulationsPage({ history }: { /** Of one version, by its id. */ history: (id: string) => ReactNode }) {
  const { t } = useTranslation('regulations');
  const list = useQuery(trpc.regulations.list.queryOptions());
  const [opened, setOpened] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const columns = useRegulationColumns(list.data?.today ?? '', list.data?.earliest);
  const version = list.data?.versions.find(({ id }) => id === opened);
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <Can action="regulations.add">
            <Button
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => setAdding(true)}
              disabled={!list.data}
            >
              {t('add.act')}
            </Button>
          </Can>
        }
      />
      <MemoryList
        label={t('title')}
        title={t('title')}
        columns={columns}
        rows={list.data?.versions}
        rowKey={({ id }) => id}
        rowLabel={({ label }) => label}
        sort={NEWEST}
        wordsHint={t('wordsHint')}
        error={list.error ?? undefined}
        onRetry={() => void list.refetch()}
        onOpen={({ id }) => setOpened(id)}
        empty={<EmptyState icon={IconGavel} title={t('empty')} text={t('emptyText')} />}
        printer={host.print}
      />
      {version && list.data && (
        <VersionDrawer
          key={version.id}
          version={version}
          today={list.data.today}
          earliest={list.data.earliest}
          history={history}
          onClose={() => setOpened(null)}
        />
      )}
      {adding && list.data && <AddRegulations earliest={list.data.earliest} onClose={() => setAdding(false)} />}
    </>
  );
}
