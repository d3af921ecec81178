import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CHANNELS, REGISTRATION_STATES, RELATIONS, type RegistrationRow } from '../../../shared/contract/registrations';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { useMay } from '../../ui/permissions';
import { Nothing } from '../../ui/RecordTable';
import { DaysLeft } from './DaysLeft';
import { StatusBadge } from './StatusBadge';
import { useMissingWords } from './useMissingWords';

const wordsOf = (choices: readonly Choice[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ value, label }) => [value, label]));

/** Columns of the queue, as `main/modules/registrations/registrations.list.ts` serves them. */
export function useRegistrationColumns(): readonly ListColumn<RegistrationRow>[] {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const words = useMissingWords();
  const form = useQuery(
    trpc.registrations.form.queryOptions(undefined, { enabled: useMay('registrations.form') }),
  ).data;
  return useMemo(() => {
    const channels = CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }));
    const states = REGISTRATION_STATES.map((value) => ({ value, label: t(`status.${value}`) }));
    const relations = RELATIONS.map((value) => ({ value, label: t(`relation.${value}`) }));
    const day = (key: 'receivedOn' | 'dueTo'): ListColumn<RegistrationRow> => ({
      key,
      header: t(`column.${key}`),
      width: 112,
      sortKey: key,
      filter: { by: 'dates' },
      value: (row) => row[key],
      print: (row) => format.date(row[key]),
      render: (row) => format.date(row[key]),
    });
    const lacks = (row: RegistrationRow) => words(row.missing, form?.clauses).join(', ');
    return [
      {
        key: 'number',
        header: t('column.number'),
        width: 106,
        sortKey: 'number',
        filter: { by: 'text' },
        value: (row) => row.number,
        render: (row) => row.number,
      },
      {
        key: 'name',
        header: t('column.name'),
        width: 138,
        grow: 2,
        fixed: true,
        searched: true,
        filter: { by: 'text' },
        value: (row) => row.name,
        render: (row) => row.name,
      },
      {
        key: 'channel',
        header: t('column.channel'),
        width: 80,
        filter: { by: 'values', choices: channels },
        words: wordsOf(channels),
        value: (row) => row.channel,
        render: (row) => t(`channel.${row.channel}`),
      },
      day('receivedOn'),
      day('dueTo'),
      {
        key: 'daysLeft',
        header: t('column.daysLeft'),
        width: 126,
        value: (row) => row.daysLeft,
        print: (row) => format.count(row.daysLeft),
        render: (row) => <DaysLeft term={row} />,
      },
      {
        key: 'status',
        header: t('column.status'),
        width: 142,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (row) => row.status,
        render: (row) => <StatusBadge status={row.status} />,
      },
      {
        key: 'missing',
        header: t('column.missing'),
        width: 116,
        grow: 3,
        value: (row) => row.missing.length,
        print: lacks,
        render: (row) =>
          row.missing.length === 0 ? (
            <Nothing />
          ) : (
            <Text span inherit truncate title={lacks(row)}>
              {lacks(row)}
            </Text>
          ),
      },
      {
        key: 'customer',
        header: t('column.customer'),
        width: 88,
        grow: 1,
        filter: { by: 'text', nothing: true },
        value: (row) => (row.customerNo ? `${row.customerNo} ${row.customerName}` : ''),
        render: (row) =>
          row.customerId ? (
            <AnchorLink to="/customers/$id" params={{ id: row.customerId }}>
              {row.customerNo}
            </AnchorLink>
          ) : (
            <Nothing />
          ),
      },
      {
        key: 'relation',
        header: t('column.relation'),
        width: 124,
        hidden: true,
        filter: { by: 'values', choices: relations },
        words: wordsOf(relations),
        value: (row) => row.relation,
        render: (row) => t(`relation.${row.relation}`),
      },
    ];
  }, [t, format, words, form]);
}
