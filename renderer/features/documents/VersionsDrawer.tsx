import { ActionIcon, Drawer, Group, Skeleton, Stack, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp, IconDeviceFloppy, IconEye } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentRecord, DocumentVersion } from '../../../shared/contract/documents';
import { useFileSize } from '../../app/preview/fileSize';
import { saveFile, storedVersion } from '../../app/preview/openDocument';
import { VersionPreview } from '../../app/preview/VersionPreview';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { ShortcutLayer } from '../../ui/shortcuts';
import { showError } from '../../ui/showError';
import classes from './documents.module.css';

const SHORT_HASH = 12;

/** Every version of a document: who, when, how large; each can be looked at, saved, and brought back as the newest. */
export function VersionsDrawer({ document, onClose }: { document: DocumentRecord; onClose: () => void }) {
  const { t } = useTranslation('documents');
  const list = useQuery(trpc.documents.versions.queryOptions({ id: document.id }));
  const [shown, setShown] = useState<DocumentVersion | null>(null);
  return (
    <>
      <Drawer
        opened
        onClose={onClose}
        position="right"
        size="60rem"
        title={t('versions.title')}
        classNames={{ title: classes.heading ?? '' }}
        closeButtonProps={{ 'aria-label': t('close', { ns: 'ui' }) }}
      >
        <ShortcutLayer>
          <Stack gap="sm">
            <Text fw={600}>{document.title}</Text>
            {list.isPending && <Skeleton height={120} />}
            {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
            {list.data && <VersionTable document={document} versions={list.data.versions} onShow={setShown} />}
            <Text size="sm" c="dimmed">
              {t('versions.hint')}
            </Text>
          </Stack>
        </ShortcutLayer>
      </Drawer>
      {shown && (
        <VersionPreview
          key={shown.id}
          title={`${document.title}, ${t('version', { no: shown.no })}`}
          version={shown}
          onClose={() => setShown(null)}
        />
      )}
    </>
  );
}

interface VersionTableProps {
  document: DocumentRecord;
  versions: readonly DocumentVersion[];
  onShow: (version: DocumentVersion) => void;
}

function VersionTable({ document, versions, onShow }: VersionTableProps) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const fileSize = useFileSize();
  return (
    <RecordTable
      label={t('versions.label', { title: document.title })}
      rows={versions}
      rowKey={({ id }) => id}
      minWidth={760}
      columns={[
        { key: 'no', header: t('versions.no'), kind: 'number', render: ({ no }) => no },
        {
          key: 'file',
          header: t('versions.file'),
          render: ({ fileName, no }) => (
            <Group gap="xs" wrap="nowrap">
              <span className={classes.fileName} title={fileName}>
                {fileName}
              </span>
              {no === versions[0]?.no && <StateBadge tone="ok" label={t('versions.latest')} />}
            </Group>
          ),
        },
        {
          key: 'added',
          header: t('column.added'),
          kind: 'date',
          render: ({ uploadedAt }) => format.dateTime(uploadedAt),
        },
        { key: 'by', header: t('column.by'), render: (version) => version.uploadedByName ?? version.uploadedBy },
        { key: 'size', header: t('column.size'), kind: 'number', render: ({ size }) => fileSize(size) },
        {
          key: 'hash',
          header: t('versions.hash'),
          kind: 'code',
          render: ({ sha256 }) => (
            <span className={classes.hash} title={sha256}>
              {sha256.slice(0, SHORT_HASH)}…
            </span>
          ),
        },
        {
          key: 'acts',
          header: t('column.acts'),
          kind: 'code',
          render: (version) => (
            <VersionActs
              version={version}
              restorable={document.state === 'active' && version.no !== versions[0]?.no}
              onShow={() => onShow(version)}
            />
          ),
        },
      ]}
    />
  );
}

interface VersionActsProps {
  version: DocumentVersion;
  restorable: boolean;
  onShow: () => void;
}

function VersionActs({ version: { id, no }, restorable, onShow }: VersionActsProps) {
  const { t } = useTranslation('documents');
  const cache = useQueryClient();
  const mayRestore = useMay('documents.restoreVersion');
  const requestId = useRef(crypto.randomUUID());
  const restore = useMutation(
    trpc.documents.restoreVersion.mutationOptions({
      onSuccess: async ({ versionNo }) => {
        requestId.current = crypto.randomUUID();
        notifications.show({ message: t('versions.restored', { from: no, to: versionNo }), color: 'green' });
        await cache.invalidateQueries(trpc.documents.pathFilter());
      },
      onError: showError,
    }),
  );
  const acts = [
    { label: t('versions.open', { no }), icon: IconEye, act: onShow },
    {
      label: t('versions.save', { no }),
      icon: IconDeviceFloppy,
      act: () => void saveFile(storedVersion(id)).catch(showError),
    },
    ...(mayRestore && restorable
      ? [
          {
            label: t('versions.restore', { no }),
            icon: IconArrowBackUp,
            act: () => restore.mutate({ versionId: id, requestId: requestId.current }),
          },
        ]
      : []),
  ];
  return (
    <Group gap={4} wrap="nowrap">
      {acts.map(({ label, icon: IconOf, act }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={act} disabled={restore.isPending}>
            <IconOf size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
    </Group>
  );
}
