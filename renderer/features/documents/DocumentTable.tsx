import { ActionIcon, Anchor, Group, Menu } from '@mantine/core';
import { IconDots, IconFileText, IconFileTypePdf, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DocumentMime, DocumentRecord } from '../../../shared/contract/documents';
import { useFileSize } from '../../app/preview/fileSize';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import classes from './documents.module.css';

/** What can be done with one document; the panel does it. */
export interface DocumentActs {
  open: (document: DocumentRecord) => void;
  save: (document: DocumentRecord) => void;
  versions: (document: DocumentRecord) => void;
  newVersion: (document: DocumentRecord) => void;
  edit: (document: DocumentRecord) => void;
  withdraw: (document: DocumentRecord) => void;
  restore: (document: DocumentRecord) => void;
}

const ICONS: Record<DocumentMime, typeof IconFileText> = {
  'application/pdf': IconFileTypePdf,
  'image/jpeg': IconPhoto,
  'image/png': IconPhoto,
  'image/tiff': IconPhoto,
  'text/plain': IconFileText,
};

interface DocumentTableProps {
  documents: readonly DocumentRecord[];
  acts: DocumentActs;
}

/** The documents of a record with what can be done with each. */
export function DocumentTable({ documents, acts }: DocumentTableProps) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const fileSize = useFileSize();
  const contracts = documents.some(({ place }) => place.contractNo !== null);
  const columns: RecordColumn<DocumentRecord>[] = [
    {
      key: 'title',
      header: t('column.title'),
      render: (document) => <DocumentTitle document={document} onOpen={() => acts.open(document)} />,
    },
    { key: 'category', header: t('column.category'), render: ({ category }) => t(`category.${category}`) },
    ...(contracts
      ? [
          {
            key: 'place',
            header: t('column.place'),
            render: ({ place }: DocumentRecord) => (place.contractNo ? t('contract', { no: place.contractNo }) : ''),
          },
        ]
      : []),
    {
      key: 'added',
      header: t('column.added'),
      kind: 'date',
      render: ({ latest }) => format.dateTime(latest.uploadedAt),
    },
    { key: 'by', header: t('column.by'), render: ({ latest }) => latest.uploadedByName ?? latest.uploadedBy },
    { key: 'version', header: t('column.version'), kind: 'number', render: ({ latest }) => latest.no },
    { key: 'size', header: t('column.size'), kind: 'number', render: ({ latest }) => fileSize(latest.size) },
    {
      key: 'acts',
      header: t('column.acts'),
      kind: 'code',
      render: (document) => <DocumentMenu document={document} acts={acts} />,
    },
  ];
  return <RecordTable label={t('label')} columns={columns} rows={documents} rowKey={({ id }) => id} minWidth={900} />;
}

function DocumentTitle({ document, onOpen }: { document: DocumentRecord; onOpen: () => void }) {
  const { t } = useTranslation('documents');
  const IconOf = ICONS[document.latest.mime];
  return (
    <Group gap="xs" wrap="nowrap">
      <IconOf size={18} stroke={1.75} color="var(--mantine-color-dimmed)" aria-hidden />
      <Anchor component="button" type="button" className={classes.title} title={document.title} onClick={onOpen}>
        {document.title}
      </Anchor>
      {document.state === 'withdrawn' && <StateBadge tone="neutral" label={t('state.withdrawn')} />}
    </Group>
  );
}

function DocumentMenu({ document, acts }: { document: DocumentRecord; acts: DocumentActs }) {
  const { t } = useTranslation('documents');
  const mayWrite = useMay('documents.edit');
  const active = document.state === 'active';
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('acts.menu', { title: document.title })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => acts.open(document)}>{t('acts.open')}</Menu.Item>
        <Menu.Item onClick={() => acts.save(document)}>{t('acts.save')}</Menu.Item>
        <Menu.Item onClick={() => acts.versions(document)}>{t('acts.versions')}</Menu.Item>
        {mayWrite && active && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => acts.newVersion(document)}>{t('acts.newVersion')}</Menu.Item>
            <Menu.Item onClick={() => acts.edit(document)}>{t('acts.edit')}</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => acts.withdraw(document)}>{t('acts.withdraw')}</Menu.Item>
          </>
        )}
        {mayWrite && !active && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => acts.restore(document)}>{t('acts.restore')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
