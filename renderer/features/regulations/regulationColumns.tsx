import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegulationVersion } from '../../../shared/contract/regulations';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { STATE_TONES, versionState } from './versionState';

/** Columns of the list of versions, as `today` sees them. */
export function useRegulationColumns(today: string, earliest = ''): readonly ListColumn<RegulationVersion>[] {
  const { t } = useTranslation('regulations');
  const format = useFormat();
  return useMemo<readonly ListColumn<RegulationVersion>[]>(
    () => [
      {
        key: 'label',
        header: t('column.label'),
        width: 240,
        grow: 2,
        fixed: true,
        searched: true,
        sortKey: 'label',
        filter: { by: 'text' },
        value: ({ label }) => label,
        render: ({ label }) => <span title={label}>{label}</span>,
      },
      {
        key: 'state',
        header: t('column.state'),
        width: 150,
        value: (version) => t(`state.${versionState(version, today, earliest)}`),
        render: (version) => {
          const state = versionState(version, today, earliest);
          return <StateBadge tone={STATE_TONES[state]} label={t(`state.${state}`)} />;
        },
      },
      {
        key: 'effectiveOn',
        header: t('column.effectiveOn'),
        width: 165,
        align: 'right',
        sortKey: 'effectiveOn',
        filter: { by: 'dates' },
        value: ({ effectiveOn }) => effectiveOn,
        print: ({ effectiveOn }) => format.date(effectiveOn),
        render: ({ effectiveOn }) => format.date(effectiveOn),
      },
      {
        key: 'announcedAt',
        header: t('column.announcedAt'),
        width: 170,
        value: ({ announcedAt }) => announcedAt,
        print: ({ announcedAt }) => (announcedAt ? format.dateTime(announcedAt) : ''),
        render: ({ announcedAt }) => (announcedAt ? format.dateTime(announcedAt) : <Nothing />),
      },
      {
        key: 'undelivered',
        header: t('column.undelivered'),
        width: 150,
        align: 'right',
        value: ({ undelivered }) => undelivered,
        render: ({ undelivered, announcedAt }) =>
          undelivered > 0 ? (
            <Text c="red" fw={600} size="sm">
              {format.count(undelivered)}
            </Text>
          ) : announcedAt ? (
            format.count(0)
          ) : (
            <Nothing />
          ),
      },
      {
        key: 'accepted',
        header: t('column.accepted'),
        width: 170,
        align: 'right',
        value: ({ accepted }) => accepted,
        print: ({ accepted, accounts }) =>
          t('ofAccounts', { done: format.count(accepted), of: format.count(accounts) }),
        render: ({ accepted, accounts }) =>
          t('ofAccounts', { done: format.count(accepted), of: format.count(accounts) }),
      },
    ],
    [t, format, today, earliest],
  );
}
