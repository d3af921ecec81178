import { ActionIcon, Button, Group, Paper, Progress, Text } from '@mantine/core';
import { IconCopy, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorShape } from '../../ui/errorShape';
import { StateBadge } from '../../ui/StateBadge';
import { errorSentence } from '../../ui/showError';
import classes from './documents.module.css';
import { PlaceName } from './PlaceName';
import { PROGRESS, type Upload } from './uploads';
import { isOver, type Uploads } from './useUploads';

/** Trying once more may help: nothing is wrong with the file. */
const PASSING: readonly string[] = ['CONNECTION_LOST', 'SERVER_BUSY', 'FILE_GONE'];

/** The files of the last acts: how far each is, what became of it, and what it waits for. */
export function UploadList({ uploads: { uploads, again, addAnyway, skip, clear } }: { uploads: Uploads }) {
  const { t } = useTranslation('documents');
  if (uploads.length === 0) return null;
  return (
    <Paper withBorder className={classes.uploads}>
      <ul aria-label={t('upload.label')} className={classes.uploadList}>
        {uploads.map((upload) => (
          <li key={upload.key} className={classes.upload}>
            <Text className={classes.fileName} title={upload.file.name}>
              {upload.file.name}
            </Text>
            <div className={classes.uploadState} aria-live="polite">
              <UploadState upload={upload} />
            </div>
            <Group gap="xs" wrap="nowrap" justify="flex-end">
              {upload.state.at === 'refused' && PASSING.includes(errorShape(upload.state.error).code) && (
                <Button size="xs" variant="default" onClick={() => again(upload)}>
                  {t('upload.again')}
                </Button>
              )}
              {upload.state.at === 'duplicate' && (
                <DuplicateActs upload={upload} staged={upload.state.staged} onAdd={addAnyway} onSkip={skip} />
              )}
            </Group>
          </li>
        ))}
      </ul>
      {uploads.every(({ state }) => isOver(state)) && (
        <ActionIcon variant="subtle" color="gray" aria-label={t('upload.clear')} onClick={clear}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </Paper>
  );
}

interface DuplicateActsProps {
  upload: Upload;
  staged: Parameters<Uploads['addAnyway']>[1];
  onAdd: Uploads['addAnyway'];
  onSkip: Uploads['skip'];
}

function DuplicateActs({ upload, staged, onAdd, onSkip }: DuplicateActsProps) {
  const { t } = useTranslation('documents');
  return (
    <>
      <Button size="xs" variant="default" onClick={() => onAdd(upload, staged)}>
        {t('upload.addAnyway')}
      </Button>
      <Button size="xs" onClick={() => onSkip(upload)}>
        {t('upload.skip')}
      </Button>
    </>
  );
}

function UploadState({ upload: { state, file, target } }: { upload: Upload }) {
  const { t } = useTranslation('documents');
  switch (state.at) {
    case 'done':
      return (
        <StateBadge
          tone="ok"
          label={'documentId' in target ? t('upload.doneVersion', { no: state.versionNo }) : t('upload.done')}
        />
      );
    case 'skipped':
      return <StateBadge tone="neutral" label={t('upload.skipped')} />;
    case 'refused':
      return (
        <div>
          <StateBadge tone="danger" label={t('upload.refused')} />
          <Text size="sm">{errorSentence(state.error)}</Text>
        </div>
      );
    case 'duplicate':
      return (
        <div>
          <StateBadge tone="warn" icon={IconCopy} label={t('upload.duplicate')} />
          {state.staged.duplicates.slice(0, 3).map(({ id, title, versionNo, place }) => (
            <Text key={id} size="sm">
              {t('upload.duplicateOf', { title, version: t('version', { no: versionNo }) })}
              <PlaceName place={place} />
            </Text>
          ))}
        </div>
      );
    default:
      return (
        <>
          <Text size="sm" c="dimmed">
            {t(`upload.${state.at}`)}
          </Text>
          <Progress value={PROGRESS[state.at]} size="sm" aria-label={file.name} />
        </>
      );
  }
}
