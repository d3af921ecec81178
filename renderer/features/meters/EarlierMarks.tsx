import { Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Legalization } from '../../../shared/contract/meters';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';

/** Marks that are not in force any more, and those that were withdrawn. */
export function EarlierMarks({ marks }: { marks: readonly Legalization[] }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  if (marks.length === 0) return null;
  const columns: RecordColumn<Legalization>[] = [
    { key: 'mark', header: t('legal.mark'), kind: 'code', render: ({ rawMark }) => rawMark },
    { key: 'kind', header: t('legal.kind'), render: ({ markKind }) => t(`mark.kind.${markKind}`) },
    { key: 'read', header: t('legal.readOn'), kind: 'date', render: ({ readOn }) => format.date(readOn) },
    { key: 'until', header: t('legal.validUntil'), kind: 'date', render: ({ validUntil }) => format.date(validUntil) },
    {
      key: 'by',
      header: t('legal.recordedBy'),
      render: ({ source, recordedBy }) => (source === 'import' ? t('legal.imported') : recordedBy),
    },
    { key: 'note', header: t('legal.note'), render: (mark) => <Note mark={mark} /> },
  ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="earlier-title">
      <Title order={2} size="h4" id="earlier-title" mb="sm">
        {t('legal.earlier')}
      </Title>
      <RecordTable label={t('legal.earlier')} columns={columns} rows={marks} rowKey={({ id }) => id} minWidth={720} />
    </Paper>
  );
}

function Note({ mark }: { mark: Legalization }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const { withdrawnReason, lostOn, lostReason } = mark;
  if (withdrawnReason !== null) return t('legal.withdrawn', { reason: withdrawnReason });
  if (lostOn && lostReason) {
    return `${t('legal.loss')}: ${t('legal.lossValue', { on: format.date(lostOn), why: t(`legal.lossReason.${lostReason}`) })}`;
  }
  return <Nothing />;
}
