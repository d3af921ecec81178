import '@mantine/dropzone/styles.css';
import { Alert, Button, Group, Input, Loader, Pill, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconCamera, IconPhotoOff } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StagedPhoto } from './exchangeForm';
import classes from './exchanges.module.css';
import { usePhotos } from './usePhotos';

interface PhotosProps {
  photos: readonly StagedPhoto[];
  onStaged: (photo: StagedPhoto) => void;
  onDrop: (upload: string) => void;
}

/** Pictures of the act: dropped, or chosen in the system's dialog; what each really is, the core finds out from its bytes. */
export function Photos({ photos, onStaged, onDrop }: PhotosProps) {
  const { t } = useTranslation('exchanges');
  const errors = useTranslation('errors').t;
  const { add, sending, refused } = usePhotos(photos, onStaged);
  const openDialog = useRef<() => void>(null);
  return (
    <Input.Wrapper label={t('photo.label')} labelElement="div">
      <Dropzone
        className={classes.drop ?? ''}
        openRef={openDialog}
        enablePointerEvents
        activateOnClick={false}
        activateOnKeyboard={false}
        onDrop={add}
        tabIndex={-1}
      >
        <Group gap="xs" aria-live="polite">
          <IconCamera size={18} stroke={1.75} color="var(--mantine-color-dimmed)" aria-hidden />
          <Button size="compact-sm" variant="default" onClick={() => openDialog.current?.()}>
            {t('photo.choose')}
          </Button>
          {photos.length === 0 && sending === 0 && (
            <Text size="xs" c="dimmed">
              {t('photo.hint')}
            </Text>
          )}
          {photos.map(({ upload, fileName }) => (
            <Pill
              key={upload}
              withRemoveButton
              onRemove={() => onDrop(upload)}
              removeButtonProps={{
                'aria-label': t('photo.drop', { name: fileName }),
                'aria-hidden': false,
                tabIndex: 0,
              }}
            >
              {fileName}
            </Pill>
          ))}
          {sending > 0 && <Loader size="xs" aria-label={t('photo.sending')} />}
        </Group>
      </Dropzone>
      {refused.length > 0 && (
        <Alert color="red" role="alert" mt="xs" p="xs" icon={<IconPhotoOff size={18} aria-hidden />}>
          {refused.map(({ fileName, why }) => (
            <Text key={fileName} size="sm">
              {`${fileName}: ${why === 'tooMany' ? t('photo.tooMany') : why === 'FILE_TYPE_REFUSED' ? t('photo.none') : errors(why)}`}
            </Text>
          ))}
        </Alert>
      )}
    </Input.Wrapper>
  );
}
