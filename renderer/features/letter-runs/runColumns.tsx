import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LETTER_CHANNELS, LETTER_RUN_STATES, type LetterRunRow } from '../../../shared/contract/letter-runs';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { RunState } from './RunState';

/** Columns of the list of runs, as `main/modules/letter-runs/letter-runs.list.ts` serves them. */
export function useRunColumns(): readonly ListColumn<LetterRunRow>[] {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  return useMemo(() => {
    const channels = LETTER_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }));
    const states = LETTER_RUN_STATES.map((value) => ({ value, label: t(`state.${value}`) }));
    const wordsOf = (choices: typeof channels | typeof states) =>
      Object.fromEntries(choices.map(({ value, label }) => [value, label]));
    const counted = (key: 'total' | 'made' | 'mailed' | 'refused'): ListColumn<LetterRunRow> => ({
      key,
      header: t(`column.${key}`),
      width: { total: 118, made: 80, mailed: 92, refused: 108 }[key],
      align: 'right',
      filter: { by: 'range' },
      value: (row) => row[key],
      print: (row) => format.count(row[key]),
      render: (row) => format.count(row[key]),
    });
    return [
      {
        key: 'number',
        header: t('column.number'),
        width: 60,
        fixed: true,
        sortKey: 'number',
        value: (row) => Number(row.id),
        print: (row) => row.id,
        render: (row) => row.id,
      },
      {
        key: 'startedAt',
        header: t('column.startedAt'),
        width: 152,
        filter: { by: 'dates' },
        value: (row) => row.startedAt,
        print: (row) => format.dateTime(row.startedAt),
        render: (row) => format.dateTime(row.startedAt),
      },
      {
        key: 'login',
        header: t('column.login'),
        width: 140,
        grow: 1,
        value: (row) => row.displayName ?? row.login,
        render: (row) => row.displayName ?? row.login,
      },
      {
        key: 'channel',
        header: t('column.channel'),
        width: 160,
        hidden: true,
        filter: { by: 'values', choices: channels },
        words: wordsOf(channels),
        value: (row) => row.channel,
        render: (row) => t(`channel.${row.channel}`),
      },
      {
        key: 'state',
        header: t('column.state'),
        width: 126,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (row) => row.state,
        render: (row) => <RunState state={row.state} />,
      },
      counted('total'),
      counted('made'),
      counted('mailed'),
      counted('refused'),
      {
        key: 'sentOn',
        header: t('column.sentOn'),
        width: 132,
        filter: { by: 'dates', nothing: true },
        value: (row) => row.sentOn ?? '',
        print: (row) => (row.sentOn ? format.date(row.sentOn) : ''),
        render: (row) => (row.sentOn ? format.date(row.sentOn) : <Nothing />),
      },
    ];
  }, [t, format]);
}
