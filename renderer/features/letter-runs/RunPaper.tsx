import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDeviceFloppy, IconMailCheck, IconPrinter } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterRun } from '../../../shared/contract/letter-runs';
import { saveFile, storedVersion } from '../../app/preview/openDocument';
import { VersionPreview } from '../../app/preview/VersionPreview';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { DayField } from '../../ui/DayField';
import { useFormat } from '../../ui/format';
import { showError } from '../../ui/showError';

/** The letters of a run as one PDF: looked at, printed, saved, and noted as posted on a day. */
export function RunPaper({ run }: { run: LetterRun }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const { document } = run;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="run-paper">
      <Title order={2} size="h4" mb="sm" id="run-paper">
        {t('paper.title')}
      </Title>
      {document ? (
        <Stack gap="sm">
          <Group justify="space-between" align="flex-start">
            <div>
              <Text>{t('paper.pages', { count: run.made, formatted: format.count(run.made) })}</Text>
              <Text size="sm" c="dimmed">
                {t('paper.oneSided')}
              </Text>
            </div>
            <Group gap="xs">
              <Button
                variant="default"
                leftSection={<IconDeviceFloppy size={16} aria-hidden />}
                onClick={() => void saveFile(storedVersion(document.version.id)).catch(showError)}
              >
                {t('paper.save')}
              </Button>
              <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => setOpened(true)}>
                {t('paper.open')}
              </Button>
            </Group>
          </Group>
          <Sent run={run} />
        </Stack>
      ) : (
        <Text c="dimmed">{t('paper.none')}</Text>
      )}
      {opened && document && (
        <VersionPreview
          title={t('record', { number: run.id })}
          version={document.version}
          onClose={() => setOpened(false)}
        />
      )}
    </Paper>
  );
}

function Sent({ run }: { run: LetterRun }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  const cache = useQueryClient();
  const today = useQuery(trpc.staff.colleagues.queryOptions()).data?.today;
  const [day, setDay] = useState<string | null>(null);
  const mark = useMutation(
    trpc.letterRuns.mark.mutationOptions({
      onSuccess: (next) => {
        cache.setQueryData(trpc.letterRuns.get.queryKey({ id: next.id }), next);
        if (next.sentOn) notifications.show({ message: t('paper.marked'), color: 'green' });
        void cache.invalidateQueries(trpc.letterRuns.list.pathFilter());
        void cache.invalidateQueries(trpc.meters.pathFilter());
      },
      onError: showError,
    }),
  );
  if (run.sentOn) {
    return (
      <Group gap="xs" mih="2.25rem">
        <IconMailCheck size={18} stroke={1.75} color="var(--mantine-color-green-7)" aria-hidden />
        <Text>{t('paper.sent', { day: format.date(run.sentOn), name: run.sentByName ?? '' })}</Text>
        <Can action="letterRuns.mark">
          <Button
            size="compact-sm"
            variant="subtle"
            loading={mark.isPending}
            onClick={() => mark.mutate({ id: run.id, sentOn: null })}
          >
            {t('paper.unmark')}
          </Button>
        </Can>
      </Group>
    );
  }
  const chosen = day ?? today ?? '';
  return (
    <Group gap="xs" mih="2.25rem">
      <Text c="dimmed">{t('paper.notSent')}</Text>
      {today && (
        <Can action="letterRuns.mark">
          <DayField
            size="xs"
            ariaLabel={t('paper.day')}
            value={chosen}
            onChange={setDay}
            minDate={run.startedAt.slice(0, 10)}
            maxDate={today}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconMailCheck size={14} aria-hidden />}
            disabled={!chosen}
            loading={mark.isPending}
            onClick={() => mark.mutate({ id: run.id, sentOn: chosen })}
          >
            {t('paper.mark')}
          </Button>
        </Can>
      )}
    </Group>
  );
}
