import { Button, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { IconFiles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentOwner, DocumentRecord } from '../../../shared/contract/documents';
import { saveFile, storedVersion } from '../../app/preview/openDocument';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useMay } from '../../ui/permissions';
import { showError } from '../../ui/showError';
import { AddFiles } from './AddFiles';
import { DocumentPreview } from './DocumentPreview';
import { DocumentTable } from './DocumentTable';
import { EditDocument } from './EditDocument';
import { UploadList } from './UploadList';
import { useDocumentState } from './useDocumentState';
import { useUploads } from './useUploads';
import { VersionsDrawer } from './VersionsDrawer';
import { WithdrawDocument } from './WithdrawDocument';

type Opened = { what: 'preview' | 'versions' | 'edit' | 'withdraw'; id: string };

interface DocumentsPanelProps {
  /** The record whose documents these are; of a customer those of the contracts are shown too. */
  owner: DocumentOwner;
}

/** The documents of any record: added by drop, looked at, renamed, given new versions, withdrawn. */
export function DocumentsPanel({ owner }: DocumentsPanelProps) {
  const { t } = useTranslation('documents');
  const mayAdd = useMay('documents.add');
  const list = useQuery(trpc.documents.list.queryOptions({ owner }));
  const uploads = useUploads();
  const bringBack = useDocumentState();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [withWithdrawn, setWithWithdrawn] = useState(false);
  const versionInput = useRef<HTMLInputElement>(null);
  const versionOf = useRef<string | null>(null);

  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <PanelSkeleton />;
  const all = list.data.documents;
  const withdrawn = all.filter(({ state }) => state === 'withdrawn').length;
  const shown = withWithdrawn ? all : all.filter(({ state }) => state === 'active');
  const current = all.find(({ id }) => id === opened?.id);
  const show = (what: Opened['what']) => (document: DocumentRecord) => setOpened({ what, id: document.id });
  const close = () => setOpened(null);

  return (
    <Stack gap="sm">
      <Can action="documents.add">
        <AddFiles onFiles={(files, category) => uploads.add(files, { owner, category })} />
        <input
          ref={versionInput}
          type="file"
          hidden
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file && versionOf.current) uploads.add([file], { documentId: versionOf.current });
            currentTarget.value = '';
          }}
        />
      </Can>
      <UploadList uploads={uploads} />
      <Paper withBorder p="md">
        {shown.length === 0 ? (
          <EmptyState icon={IconFiles} title={t('empty')} text={t(mayAdd ? 'emptyText' : 'emptyReadOnly')} />
        ) : (
          <DocumentTable
            documents={shown}
            acts={{
              open: show('preview'),
              save: ({ latest }) => void saveFile(storedVersion(latest.id)).catch(showError),
              versions: show('versions'),
              newVersion: ({ id }) => {
                versionOf.current = id;
                versionInput.current?.click();
              },
              edit: show('edit'),
              withdraw: show('withdraw'),
              restore: (document) => bringBack.mutate(document, 'active', ''),
            }}
          />
        )}
        {withdrawn > 0 && (
          <Button variant="subtle" size="xs" mt="xs" onClick={() => setWithWithdrawn(!withWithdrawn)}>
            {withWithdrawn ? t('withdrawnHide') : t('withdrawnToggle', { count: withdrawn })}
          </Button>
        )}
        {list.data.more && (
          <Text size="sm" c="dimmed" mt="xs">
            {t('more')}
          </Text>
        )}
      </Paper>
      <DocumentPreview
        documents={shown}
        openedId={opened?.what === 'preview' ? opened.id : null}
        onShow={(id) => setOpened({ what: 'preview', id })}
        onClose={close}
      />
      {current && opened?.what === 'versions' && <VersionsDrawer document={current} onClose={close} />}
      {current && opened?.what === 'edit' && <EditDocument document={current} onClose={close} />}
      {current && opened?.what === 'withdraw' && <WithdrawDocument document={current} onClose={close} />}
    </Stack>
  );
}

function PanelSkeleton() {
  return (
    <Stack gap="sm">
      <Skeleton height={60} />
      <Skeleton height={180} />
    </Stack>
  );
}
