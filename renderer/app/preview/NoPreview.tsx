import { Button } from '@mantine/core';
import { IconDeviceFloppy, IconFileAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState';
import { showError } from '../../ui/showError';
import { type FileSource, saveFile } from './openDocument';

/** Why a file cannot be shown here. */
export type PreviewFault = 'slow' | 'broken' | 'password' | 'tiff';

/** Says why there is no picture, and offers the way that remains. */
export function NoPreview({ fault, source }: { fault: PreviewFault; source: FileSource }) {
  const { t } = useTranslation('documents');
  return (
    <EmptyState
      icon={IconFileAlert}
      title={t(`preview.none.${fault}`)}
      text={t(`preview.none.${fault}Text`)}
      action={
        <Button
          mt="xs"
          leftSection={<IconDeviceFloppy size={16} aria-hidden />}
          onClick={() => void saveFile(source).catch(showError)}
        >
          {t('preview.save')}
        </Button>
      }
    />
  );
}
