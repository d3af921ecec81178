import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { RunPaper } from './RunPaper';
import { RunProgress } from './RunProgress';
import { RunReceipt } from './RunReceipt';
import { RunState } from './RunState';
import { useRun } from './useRun';

/** One run of letters: how far it is, its PDF, and what became of each meter. */
export function LetterRunPage({ id }: { id: string }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  const { run, busy, resume, cancel } = useRun(id);
  if (run.isError) return <ErrorState page error={run.error} onRetry={() => void run.refetch()} />;
  if (run.isPending) {
    return (
      <Stack gap="md" aria-busy>
        <Skeleton height={32} width="20rem" maw="100%" />
        <Skeleton height="8rem" />
        <Skeleton height="14rem" />
      </Stack>
    );
  }
  const { data } = run;
  return (
    <>
      <PageHeader
        title={t('record', { number: data.id })}
        subtitle={[format.dateTime(data.startedAt), data.displayName ?? data.login, t(`channel.${data.channel}`)].join(
          ' · ',
        )}
        badges={<RunState state={data.state} />}
      />
      <Stack gap="md">
        <RunProgress run={data} busy={busy} onResume={resume} onCancel={cancel} />
        {data.state === 'done' && <RunPaper run={data} />}
        <RunReceipt run={data} />
      </Stack>
    </>
  );
}
