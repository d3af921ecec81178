import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportProgress } from '../../../shared/contract/imports';
import { useFormat } from '../../ui/format';

interface RunningProps {
  progress: ImportProgress | undefined;
  cancelling: boolean;
  onCancel: () => void;
}

/** How far a running import is, and the way to stop it. */
export function Running({ progress, cancelling, onCancel }: RunningProps) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const done = progress?.done ?? 0;
  const total = progress?.total ?? 0;
  const words = t('running.progress', { done: format.count(done), total: format.count(total) });
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('running.title')}
      </Title>
      <Progress.Root size="lg">
        <Progress.Section
          value={total === 0 ? 0 : (100 * done) / total}
          aria-label={t('running.title')}
          aria-valuetext={words}
        />
      </Progress.Root>
      <Group justify="space-between">
        <Text>{words}</Text>
        <Button variant="default" loading={cancelling} onClick={onCancel}>
          {t('running.cancel')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('running.hint')}
      </Text>
    </Stack>
  );
}
