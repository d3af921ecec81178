import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../../shared/contract/imports';
import { useFormat } from '../../ui/format';
import { errorSentence } from '../../ui/showError';
import { Counts } from './Counts';
import { UndoImport } from './UndoImport';
import { type Refusal, UndoObstacles } from './UndoObstacles';

const ENDS: Partial<Record<ImportProgress['state'], 'cancelled' | 'interrupted'>> = {
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

interface ReceiptProps {
  progress: ImportProgress;
  onNext: () => void;
  onAgain: () => void;
}

/** What came of the run; success is said only where the database has committed. */
export function Receipt({ progress, onNext, onAgain }: ReceiptProps) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { state, importId } = progress;
  const stored = state === 'done';
  const partly = state === 'interrupted';
  const title = stored ? t('receipt.done', { id: importId ?? '' }) : t(`receipt.${ENDS[state] ?? 'failed'}`);
  const reason =
    progress.error && state !== 'cancelled' ? errorSentence({ data: { app: { code: progress.error } } }) : '';
  const kept = partly ? t('receipt.partlyStored', { done: format.count(progress.done) }) : t('receipt.nothingStored');
  return (
    <Stack gap="sm">
      <Alert
        role="status"
        color={stored ? 'ibok' : 'red'}
        icon={stored ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
        title={title}
      >
        {stored ? t('receipt.doneText') : `${reason} ${kept}`}
      </Alert>
      {(stored || partly) && <Counts counts={progress.counts} />}
      <Group>
        {!stored && <Button onClick={onAgain}>{t(partly ? 'receipt.goOn' : 'receipt.again')}</Button>}
        <Button variant={stored ? 'filled' : 'default'} onClick={onNext}>
          {stored ? t('receipt.next') : t('choose.another')}
        </Button>
        {(stored || partly) && importId && (
          <UndoImport importId={importId} label={t('receipt.undo')} onUndone={onNext} onRefused={setRefusal} />
        )}
      </Group>
      {refusal && <UndoObstacles refusal={refusal} onClose={() => setRefusal(null)} />}
    </Stack>
  );
}
