import '@mantine/dropzone/styles.css';
import { Alert, Button, Group, Select, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DOCUMENT_CATEGORIES, type DocumentCategory } from '../../../shared/contract/documents';
import { useShortcut } from '../../ui/shortcuts';
import classes from './documents.module.css';

interface AddFilesProps {
  /** Answers with the names of the files that were too many. */
  onFiles: (files: File[], category: DocumentCategory) => string[];
}

/** Where files come in: dropped, or chosen in the system's dialog. What they are, the core finds out from their bytes. */
export function AddFiles({ onFiles }: AddFilesProps) {
  const { t } = useTranslation('documents');
  const [category, setCategory] = useState<DocumentCategory>('other');
  const [tooMany, setTooMany] = useState<string[]>([]);
  const openDialog = useRef<() => void>(null);
  const choose = () => openDialog.current?.();
  useShortcut('Ctrl+O', t('add.act'), choose);
  return (
    <>
      <Group align="stretch" gap="md" wrap="nowrap">
        <Select
          label={t('add.category')}
          data={DOCUMENT_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
          value={category}
          onChange={(value) => value && setCategory(value as DocumentCategory)}
          allowDeselect={false}
          w="12rem"
        />
        <Dropzone
          className={classes.drop ?? ''}
          openRef={openDialog}
          enablePointerEvents
          activateOnClick={false}
          activateOnKeyboard={false}
          onDrop={(files) => setTooMany(onFiles(files, category))}
          tabIndex={-1}
        >
          <Group gap="xs" justify="center">
            <IconFileUpload size={20} stroke={1.75} color="var(--mantine-color-dimmed)" aria-hidden />
            <Text>{t('add.text')}</Text>
            <Button size="xs" variant="default" onClick={choose}>
              {t('add.act')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('add.hint')}
            </Text>
          </Group>
        </Dropzone>
      </Group>
      {tooMany.length > 0 && (
        <Alert color="yellow" role="alert" withCloseButton onClose={() => setTooMany([])}>
          {t('add.tooMany', { names: tooMany.join(', ') })}
        </Alert>
      )}
    </>
  );
}
