import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BulkRecord, UndoResult } from '../../../shared/contract/lists';
import { useFormat } from '../../ui/format';
import { BulkReceipt } from './BulkReceipt';
import { outcomeWords } from './outcomeWords';

interface BulkResultProps {
  record: BulkRecord;
  stopping: boolean;
  undoing: boolean;
  undone: UndoResult | undefined;
  onStop: () => void;
  onResume: () => void;
  onUndo: () => void;
  onClose: () => void;
}

/** How far an act over many rows is, what came of every row, and taking all of it back at once. */
export function BulkResult(props: BulkResultProps) {
  const { record, undone } = props;
  const { t } = useTranslation('lists');
  const format = useFormat();
  const { changed, same, refused } = record.counts;
  const done = changed + same + refused;
  if (record.state === 'running') {
    const words = t('bulk.running', { done: format.count(done), total: format.count(record.total) });
    return (
      <Stack gap="sm">
        <Progress.Root size="lg">
          <Progress.Section
            value={record.total === 0 ? 0 : (100 * done) / record.total}
            aria-label={t('bulk.state.running')}
            aria-valuetext={words}
          />
        </Progress.Root>
        <Group justify="space-between">
          <Text role="status">{words}</Text>
          <Button variant="default" loading={props.stopping} onClick={props.onStop}>
            {t('bulk.stop')}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          {t('bulk.stopHint')}
        </Text>
      </Stack>
    );
  }
  const good = record.state === 'done' || undone?.status === 'undone';
  return (
    <Stack gap="sm">
      <Alert
        role="status"
        color={good ? 'ibok' : 'yellow'}
        icon={good ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
        title={t(undone?.status === 'undone' ? 'bulk.state.undone' : `bulk.state.${record.state}`)}
      >
        {undone ? <Undone result={undone} /> : <Counts record={record} />}
      </Alert>
      <BulkReceipt record={record} />
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          {record.undoId && undone?.status !== 'undone' && (
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              loading={props.undoing}
              onClick={props.onUndo}
            >
              {t('bulk.undo')}
            </Button>
          )}
          {record.state === 'interrupted' && <Button onClick={props.onResume}>{t('bulk.resume')}</Button>}
        </Group>
        <Button onClick={props.onClose} ref={focusOn}>
          {t('bulk.close')}
        </Button>
      </Group>
    </Stack>
  );
}

function Counts({ record: { act, counts } }: { record: BulkRecord }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const words = (['changed', 'same', 'refused'] as const)
    .filter((outcome) => outcome === 'changed' || counts[outcome] > 0)
    .map((outcome) => `${t(`bulk.${outcomeWords(act)}.${outcome}`)}: ${format.count(counts[outcome])}`);
  return <Text>{words.join(' · ')}</Text>;
}

function Undone({ result }: { result: UndoResult }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  if (result.status === 'undone') {
    return <Text>{t('bulk.undone', { count: result.count, formatted: format.count(result.count) })}</Text>;
  }
  const who = [...new Set(result.changedSince.map(({ label, login }) => `${label}: ${login}`))].slice(0, 5).join('; ');
  return <Text>{t('bulk.notUndone', { who })}</Text>;
}

/** Closing is where the focus belongs when an act has ended: it undoes nothing. */
function focusOn(button: HTMLButtonElement | null): void {
  if (button && document.activeElement === document.body) button.focus();
}
