import { useTranslation } from 'react-i18next';
import type { Health } from '../../../shared/contract/health';
import { useFormat } from '../../ui/format';
import { Nothing, RecordTable } from '../../ui/RecordTable';
import { ConditionBadge } from './ConditionBadge';
import { HealthPanel } from './HealthPanel';

/** The worker's jobs: when each last ended, how long it took, and whether it failed. */
export function JobTable({ worker, now }: { worker: Health['worker']; now: string }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const ago = (at: string) => format.ago(Math.max(0, (Date.parse(now) - Date.parse(at)) / 1000));
  return (
    <HealthPanel title={t('worker.title')} condition={worker.condition} wide>
      {worker.jobs.length === 0 ? (
        <Nothing>{t('worker.none')}</Nothing>
      ) : (
        <RecordTable
          label={t('worker.title')}
          minWidth={560}
          rows={worker.jobs}
          rowKey={({ job }) => job}
          columns={[
            {
              key: 'job',
              header: t('worker.job'),
              render: ({ job }) => t(`worker.jobs.${job}` as 'worker.jobs.seal', { defaultValue: job }),
            },
            { key: 'ended', header: t('worker.ended'), kind: 'date', render: ({ endedAt }) => ago(endedAt) },
            {
              key: 'took',
              header: t('worker.took'),
              kind: 'number',
              render: ({ milliseconds }) => `${format.count(milliseconds)}\u00a0ms`,
            },
            {
              key: 'fault',
              header: t('worker.fault'),
              kind: 'code',
              render: ({ fault, failures }) =>
                fault ? t('worker.faultValue', { fault, count: failures }) : <Nothing />,
            },
            {
              key: 'condition',
              header: t('worker.condition'),
              render: ({ condition }) => <ConditionBadge condition={condition} />,
            },
          ]}
        />
      )}
    </HealthPanel>
  );
}
