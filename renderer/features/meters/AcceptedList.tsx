import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../ui/AnchorLink';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge, type Tone } from '../../ui/StateBadge';
import type { AcceptedMeter } from './useAccept';

interface AcceptedListProps {
  /** The last one first. */
  rows: readonly AcceptedMeter[];
  labels: (ids: string[]) => ReactNode;
  onRetry: (row: AcceptedMeter) => void;
  onUndo: (row: AcceptedMeter) => void;
}

/** What was accepted on this screen: whether it is stored, until when it is legal, and whether its number repeats. */
export function AcceptedList({ rows, labels, onRetry, onUndo }: AcceptedListProps) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const stored = rows.flatMap(({ state, id }) => (state === 'ok' && id ? [id] : []));
  const counted = stored.length;
  const columns: RecordColumn<AcceptedMeter>[] = [
    {
      key: 'no',
      header: t('accept.column.factoryNo'),
      render: ({ id, factoryNo, typeLabel }) => (
        <>
          {id ? (
            <AnchorLink to="/meters/$id" params={{ id }}>
              {factoryNo}
            </AnchorLink>
          ) : (
            factoryNo
          )}
          <Text size="xs" c="dimmed">
            {typeLabel}
          </Text>
        </>
      ),
    },
    { key: 'mark', header: t('accept.column.mark'), kind: 'code', render: ({ mark }) => mark ?? <Nothing /> },
    {
      key: 'until',
      header: t('accept.column.until'),
      kind: 'date',
      render: ({ until }) => (until ? format.date(until) : <Nothing />),
    },
    { key: 'state', header: t('accept.column.state'), render: (row) => <State row={row} /> },
    {
      key: 'act',
      header: t('accept.column.act'),
      render: (row) => <Act row={row} onRetry={onRetry} onUndo={onUndo} />,
    },
  ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="accepted-title">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="accepted-title">
          {t('accept.accepted')}
        </Title>
        {counted > 0 && (
          <Group gap="sm">
            <Text c="dimmed">{t('accept.count', { count: counted, formatted: format.count(counted) })}</Text>
            {/* Fetched when it is first needed: the scanner's field must not vanish meanwhile. */}
            <Suspense fallback={null}>{labels(stored)}</Suspense>
          </Group>
        )}
      </Group>
      {rows.length === 0 ? (
        <EmptyState icon={IconBarcode} title={t('accept.nothing')} text={t('accept.nothingText')} />
      ) : (
        <RecordTable
          label={t('accept.accepted')}
          columns={columns}
          rows={rows}
          rowKey={({ key }) => key}
          minWidth={560}
        />
      )}
    </Paper>
  );
}

const TONE: Record<AcceptedMeter['state'], Tone> = { saving: 'neutral', ok: 'ok', failed: 'danger', undone: 'neutral' };

function State({ row }: { row: AcceptedMeter }) {
  const { t } = useTranslation('meters');
  const twin = row.state === 'ok' && row.twins > 0;
  return (
    <>
      <StateBadge tone={twin ? 'warn' : TONE[row.state]} label={t(twin ? 'accept.twin' : `accept.${row.state}`)} />
      {twin && (
        <Text size="xs" c="dimmed">
          {t('accept.twinText', { count: row.twins })}
        </Text>
      )}
      {row.refusal && <Text size="xs">{row.refusal}</Text>}
    </>
  );
}

function Act({ row, onRetry, onUndo }: Pick<AcceptedListProps, 'onRetry' | 'onUndo'> & { row: AcceptedMeter }) {
  const { t } = useTranslation('meters');
  const { factoryNo } = row;
  if (row.state === 'failed') {
    return (
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('accept.retryFor', { factoryNo })}
        onClick={() => onRetry(row)}
      >
        {t('accept.retry')}
      </Button>
    );
  }
  if (row.state !== 'ok') return null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      aria-label={t('accept.undoFor', { factoryNo })}
      onClick={() => onUndo(row)}
    >
      {t('accept.undo')}
    </Button>
  );
}
