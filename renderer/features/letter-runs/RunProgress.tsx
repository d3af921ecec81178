import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LetterRun } from '../../../shared/contract/letter-runs';
import { Can } from '../../ui/Can';
import { useFormat } from '../../ui/format';
import { errorSentence } from '../../ui/showError';

interface RunProgressProps {
  run: LetterRun;
  busy: boolean;
  onResume: () => void;
  onCancel: () => void;
}

/** How far a run is, and what can be done about one that goes on or was cut off. Nothing for one that is done. */
export function RunProgress({ run, busy, onResume, onCancel }: RunProgressProps) {
  const { t } = useTranslation('letterRuns');
  if (run.state === 'running') return <Going run={run} busy={busy} onCancel={onCancel} />;
  if (run.state === 'cancelled') {
    return (
      <Alert color="gray" icon={<IconInfoCircle size={18} aria-hidden />} role="status">
        {t('progress.ended')}
      </Alert>
    );
  }
  if (run.state !== 'interrupted') return null;
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />}>
      <Stack gap="xs">
        <Text inherit fw={600}>
          {t('progress.interrupted')}
        </Text>
        {run.error && <Text inherit>{errorSentence({ data: { app: { code: run.error } } })}</Text>}
        {run.mayAct ? (
          <Can action="letterRuns.resume">
            <Group gap="xs">
              <Button size="xs" loading={busy} onClick={onResume}>
                {t('progress.resume')}
              </Button>
              <Button size="xs" variant="default" disabled={busy} onClick={onCancel}>
                {t('progress.end')}
              </Button>
            </Group>
          </Can>
        ) : (
          <Text inherit>{t('progress.interruptedOther')}</Text>
        )}
      </Stack>
    </Alert>
  );
}

function Going({ run, busy, onCancel }: Pick<RunProgressProps, 'run' | 'busy' | 'onCancel'>) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  const { drawn, toDraw } = run;
  const words =
    drawn === null
      ? t('progress.elsewhere')
      : drawn >= toDraw
        ? t('progress.keeping')
        : t('progress.words', { done: format.count(drawn), total: format.count(toDraw) });
  return (
    <Stack gap="sm">
      <Progress.Root size="lg">
        <Progress.Section
          value={drawn === null || toDraw === 0 ? 100 : (100 * drawn) / toDraw}
          animated={drawn === null || drawn >= toDraw}
          aria-label={t('progress.label')}
          aria-valuetext={words}
        />
      </Progress.Root>
      <Group justify="space-between" mih="2.25rem">
        <Text role="status">{words}</Text>
        {run.mayAct && (
          <Button variant="default" loading={busy} onClick={onCancel}>
            {t('progress.stop')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
