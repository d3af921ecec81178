import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterCaseRow } from '../../../shared/contract/meter-cases';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { AnswerDue, CaseStage } from './CaseState';
import { NewExpertise } from './NewExpertise';

/** On a meter's page: its cases, and the way to dispute its correctness. */
export function MeterCases({ meterId }: { meterId: string }) {
  const { t } = useTranslation('meterCases');
  const mayOpen = useMay('meterCases.openExpertise');
  const [opening, setOpening] = useState(false);
  const cases = useQuery(trpc.meterCases.ofMeter.queryOptions({ meterId }));
  if (cases.isError) return <ErrorState error={cases.error} onRetry={() => void cases.refetch()} />;
  const disputed = cases.data?.cases.some(({ kind, state }) => kind === 'expertise' && state === 'open');
  const place = cases.data?.place;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="meter-cases-title">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4" id="meter-cases-title">
            {t('panel.title')}
          </Title>
          {mayOpen && place && !disputed && (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconCertificate size={16} aria-hidden />}
              onClick={() => setOpening(true)}
            >
              {t('open.expertise')}
            </Button>
          )}
        </Group>
        {!cases.data ? (
          <Skeleton height="2.5rem" />
        ) : cases.data.cases.length === 0 ? (
          <Text c="dimmed">{t('panel.empty')}</Text>
        ) : (
          <CaseTable cases={cases.data.cases} />
        )}
      </Stack>
      {opening && place && <NewExpertise meterId={meterId} place={place} onClose={() => setOpening(false)} />}
    </Paper>
  );
}

function CaseTable({ cases }: { cases: readonly MeterCaseRow[] }) {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const columns: RecordColumn<MeterCaseRow>[] = [
    {
      key: 'number',
      header: t('column.number'),
      kind: 'code',
      render: ({ id, number }) => (
        <AnchorLink to="/meter-cases/$id" params={{ id }}>
          {number}
        </AnchorLink>
      ),
    },
    { key: 'kind', header: t('column.kind'), render: ({ kind }) => t(`kind.${kind}`) },
    {
      key: 'openedOn',
      header: t('column.openedOn'),
      kind: 'date',
      render: ({ openedOn }) => format.date(openedOn),
    },
    { key: 'stage', header: t('column.stage'), render: ({ stage }) => <CaseStage stage={stage} /> },
    { key: 'due', header: t('column.answerDueOn'), render: (row) => <AnswerDue row={row} /> },
  ];
  return <RecordTable label={t('panel.label')} columns={columns} rows={cases} rowKey={({ id }) => id} minWidth={640} />;
}
