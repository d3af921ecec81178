import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EXCHANGE_KINDS, EXCHANGE_REASONS, type ExchangeRow } from '../../../shared/contract/exchanges';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { ExchangeBadge } from './ExchangeBadge';

const wordsOf = (choices: readonly Choice[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ value, label }) => [value, label]));

/** Columns of the list of acts, as `main/modules/exchanges/exchanges.list.ts` serves them. */
export function useExchangeColumns(): readonly ListColumn<ExchangeRow>[] {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  return useMemo(() => {
    const kinds = EXCHANGE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
    const reasons = EXCHANGE_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }));
    const states = ['false', 'true'].map((value) => ({
      value,
      label: t(value === 'true' ? 'state.reversed' : 'state.standing'),
    }));
    const meter = (
      key: 'oldMeter' | 'newMeter',
      of: (row: ExchangeRow) => [string | null, string | null],
    ): ListColumn<ExchangeRow> => ({
      key,
      header: t(`column.${key}`),
      width: 140,
      filter: { by: 'text', nothing: true },
      value: (row) => of(row)[1] ?? '',
      render: (row) => {
        const [id, factoryNo] = of(row);
        return id ? (
          <AnchorLink to="/meters/$id" params={{ id }}>
            {factoryNo}
          </AnchorLink>
        ) : (
          <Nothing />
        );
      },
    });
    return [
      {
        key: 'number',
        header: t('column.number'),
        width: 68,
        align: 'right',
        sortKey: 'number',
        filter: { by: 'range' },
        value: (row) => Number(row.id),
        render: (row) => row.id,
      },
      {
        key: 'doneOn',
        header: t('column.doneOn'),
        width: 116,
        sortKey: 'doneOn',
        filter: { by: 'dates' },
        value: (row) => row.doneOn,
        print: (row) => format.date(row.doneOn),
        render: (row) => format.date(row.doneOn),
      },
      {
        key: 'kind',
        header: t('column.kind'),
        width: 112,
        filter: { by: 'values', choices: kinds },
        words: wordsOf(kinds),
        value: (row) => row.kind,
        render: (row) => t(`kind.${row.kind}`),
      },
      {
        key: 'address',
        header: t('column.address'),
        width: 168,
        grow: 3,
        fixed: true,
        searched: true,
        filter: { by: 'text' },
        value: (row) => row.address,
        render: (row) => row.address,
      },
      {
        key: 'pointCode',
        header: t('column.pointCode'),
        width: 124,
        hidden: true,
        searched: true,
        filter: { by: 'text' },
        value: (row) => row.pointCode,
        render: (row) => row.pointCode,
      },
      meter('oldMeter', (row) => [row.oldMeterId, row.oldFactoryNo]),
      meter('newMeter', (row) => [row.newMeterId, row.newFactoryNo]),
      {
        key: 'used',
        header: t('column.used'),
        width: 92,
        align: 'right',
        filter: { by: 'range', nothing: true },
        value: (row) => (row.used === null ? '' : Number(row.used)),
        render: (row) => (row.used === null ? <Nothing /> : format.volume(row.used)),
      },
      {
        key: 'reason',
        header: t('column.reason'),
        width: 124,
        hidden: true,
        filter: { by: 'values', choices: reasons },
        words: wordsOf(reasons),
        value: (row) => row.reason,
        render: (row) => t(`reason.${row.reason}`),
      },
      {
        key: 'doneBy',
        header: t('column.doneBy'),
        width: 136,
        hidden: true,
        filter: { by: 'text' },
        value: (row) => row.doneByName,
        render: (row) => row.doneByName,
      },
      {
        key: 'reversed',
        header: t('column.state'),
        width: 132,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (row) => String(row.reversed),
        render: (row) => <ExchangeBadge reversed={row.reversed} />,
      },
      {
        key: 'route',
        header: t('column.route'),
        width: 96,
        hidden: true,
        filter: { by: 'text', nothing: true },
        value: (row) => row.route ?? '',
        render: (row) => row.route ?? <Nothing />,
      },
    ];
  }, [t, format]);
}
