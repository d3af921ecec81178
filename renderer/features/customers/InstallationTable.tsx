import { Text } from '@mantine/core';
import { IconCornerDownRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Installation } from '../../../shared/contract/customers';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import classes from './records.module.css';

/** A main meter first, the sub-meters behind it beneath it. */
const RANK: Record<Installation['role'], number> = { main: 0, sub: 1, deduction: 2 };

interface InstallationTableProps {
  installations: readonly Installation[];
  label: string;
  /** Shows when each was taken out, the last one first. */
  former?: boolean;
}

/** Meters at a point as a tree of two levels: main meters, and beneath them sub-meters and deduction meters. */
export function InstallationTable({ installations, label, former = false }: InstallationTableProps) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const rows = [...installations].sort((a, b) =>
    former ? (b.removedOn ?? '').localeCompare(a.removedOn ?? '') : RANK[a.role] - RANK[b.role],
  );
  const removed: RecordColumn<Installation> = {
    key: 'removed',
    header: t('points.meterColumn.removed'),
    kind: 'date',
    render: ({ removedOn }) => removedOn && format.date(removedOn),
  };
  const legal: RecordColumn<Installation> = {
    key: 'legal',
    header: t('points.meterColumn.legal'),
    kind: 'code',
    render: (row) => <Legal row={row} />,
  };
  const columns: RecordColumn<Installation>[] = [
    {
      key: 'meter',
      header: t('points.meterColumn.meter'),
      render: (row) => <Meter row={row} nested={!former && row.role !== 'main'} />,
    },
    { key: 'role', header: t('points.meterColumn.role'), render: ({ role }) => t(`points.role.${role}`) },
    { key: 'type', header: t('points.meterColumn.type'), render: ({ maker, model }) => `${maker} ${model}` },
    {
      key: 'size',
      header: t('points.meterColumn.size'),
      kind: 'code',
      render: ({ dn, q3 }) => `DN ${dn} / ${format.decimal(q3)}`,
    },
    {
      key: 'installed',
      header: t('points.meterColumn.installed'),
      kind: 'date',
      render: ({ installedOn }) => format.date(installedOn),
    },
    ...(former ? [removed] : [legal]),
    {
      key: 'lastRead',
      header: t('points.meterColumn.lastRead'),
      kind: 'date',
      render: ({ lastReadOn }) => (lastReadOn ? format.date(lastReadOn) : <Nothing>{t('points.neverRead')}</Nothing>),
    },
    {
      key: 'value',
      header: t('points.meterColumn.value'),
      kind: 'number',
      render: ({ lastValue }) => (lastValue === null ? <Nothing /> : format.volume(lastValue)),
    },
  ];
  return <RecordTable label={label} columns={columns} rows={rows} rowKey={({ id }) => id} minWidth={680} />;
}

/** Until when the meter is legal; what is over says so. */
function Legal({ row: { legalUntil, legal } }: { row: Installation }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  if (legalUntil === null) return <Nothing>{t('points.noLegalization')}</Nothing>;
  const until = format.date(legalUntil);
  return legal ? until : <StateBadge tone="danger" label={t('points.notLegal', { until })} />;
}

function Meter({ row, nested }: { row: Installation; nested: boolean }) {
  const { t } = useTranslation('customers');
  return (
    <span className={classes.meter} data-nested={nested || undefined}>
      {nested && <IconCornerDownRight size={16} aria-hidden className={classes.branch} />}
      <AnchorLink to="/meters/$id" params={{ id: row.meterId }}>
        {row.factoryNo}
      </AnchorLink>
      {row.radioId && (
        <Text span size="xs" c="dimmed">
          {t('points.radio', { radio: row.radioId })}
        </Text>
      )}
    </span>
  );
}
