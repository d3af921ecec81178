import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckedImport } from '../../../shared/contract/imports';
import { useFormat } from '../../ui/format';
import { UndoImport } from './UndoImport';
import { type Refusal, UndoObstacles } from './UndoObstacles';

interface ResumeImportProps {
  interrupted: NonNullable<CheckedImport['interrupted']>;
  checked: CheckedImport;
  starting: boolean;
  onResume: (importId: string) => void;
  /** What was stored is gone again. */
  onCleared: () => void;
}

/** The same file was cut off before: it goes on after the last stored row, or what is stored goes again. */
export function ResumeImport({ interrupted, checked, starting, onResume, onCleared }: ResumeImportProps) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { importId, done, startedAt } = interrupted;
  const left = checked.rows - checked.verdicts.refused - done;
  return (
    <Alert
      color="yellow"
      role="status"
      icon={<IconPlayerTrackNext size={18} aria-hidden />}
      title={t('resume.title', { id: importId })}
    >
      <Stack gap="sm">
        <Text>{t('resume.text', { at: format.dateTime(startedAt), done: format.count(done) })}</Text>
        <Group>
          <Button loading={starting} onClick={() => onResume(importId)}>
            {t('resume.act', { count: Math.max(left, 0), formatted: format.count(Math.max(left, 0)) })}
          </Button>
          <UndoImport importId={importId} label={t('resume.clear')} onUndone={onCleared} onRefused={setRefusal} />
        </Group>
      </Stack>
      {refusal && <UndoObstacles refusal={refusal} onClose={() => setRefusal(null)} />}
    </Alert>
  );
}
