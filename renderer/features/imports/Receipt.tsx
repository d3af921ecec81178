import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../../shared/contract/imports';
import { errorSentence } from '../../ui/showError';
import { Counts } from './Counts';

interface ReceiptProps {
  progress: ImportProgress;
  onNext: () => void;
  onAgain: () => void;
}

/** What came of the run; success is said only where the database has committed. */
export function Receipt({ progress, onNext, onAgain }: ReceiptProps) {
  const { t } = useTranslation('imports');
  const stored = progress.state === 'done';
  const title = stored
    ? t('receipt.done', { id: progress.importId ?? '' })
    : t(progress.state === 'cancelled' ? 'receipt.cancelled' : 'receipt.failed');
  const reason =
    progress.error && progress.state === 'failed' ? errorSentence({ data: { app: { code: progress.error } } }) : '';
  return (
    <Stack gap="sm">
      <Alert
        role="status"
        color={stored ? 'ibok' : 'red'}
        icon={stored ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
        title={title}
      >
        {stored ? t('receipt.doneText') : `${reason} ${t('receipt.nothingStored')}`}
      </Alert>
      {stored && <Counts counts={progress.counts} />}
      <Group>
        {!stored && <Button onClick={onAgain}>{t('receipt.again')}</Button>}
        <Button variant={stored ? 'filled' : 'default'} onClick={onNext}>
          {stored ? t('receipt.next') : t('choose.another')}
        </Button>
      </Group>
    </Stack>
  );
}
