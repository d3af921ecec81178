import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { METER_ROLES, type MeterRow } from '../../../shared/contract/meter-registry';
import { METER_STATUSES, OWNER_KINDS } from '../../../shared/contract/meters';
import { MARK_KINDS } from '../../../shared/domain/legalization';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { UntilBadge } from './UntilBadge';

type Column = ListColumn<MeterRow>;
type KeyOf<Value> = Exclude<
  { [Key in keyof MeterRow]-?: MeterRow[Key] extends Value ? Key : never }[keyof MeterRow],
  'orderId' | 'premiseId'
>;

type Warning = 'conflict' | 'lost' | 'twin';

/** Sizes that meters are made in (EN ISO 4064): what these columns are filtered by. */
const DN = [15, 20, 25, 32, 40, 50, 65, 80, 100, 125, 150, 200, 250, 300, 400, 500].map(String);
const Q3 = ['1', '1.6', '2.5', '4', '6.3', '10', '16', '25', '40', '63', '100', '160', '250', '400', '630', '1000'];

const wordsOf = (choices: readonly Choice[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ value, label }) => [value, label]));
const plain = (values: readonly string[] | undefined): Choice[] =>
  (values ?? []).map((value) => ({ value, label: value }));
const orNothing = (shown: ReactNode) => (shown === null || shown === '' ? <Nothing /> : shown);

/** Columns of the register, as `main/modules/meters/meters.list.ts` serves them; those in `shown` come first, in that order. */
export function useRegistryColumns(shown: readonly string[]): readonly Column[] {
  const { t } = useTranslation('registry');
  const { t: meters } = useTranslation('meters');
  const { t: lists } = useTranslation('lists');
  const format = useFormat();
  const choices = useQuery(trpc.registry.choices.queryOptions(undefined, { staleTime: 300_000 })).data;
  return useMemo(() => {
    const statuses = METER_STATUSES.map((value) => ({ value, label: meters(`status.${value}`) }));
    const roles = METER_ROLES.map((value) => ({ value, label: meters(`role.${value}`) }));
    const owners = OWNER_KINDS.map((value) => ({ value, label: meters(`ownerKind.${value}`) }));
    const marks = MARK_KINDS.map((value) => ({ value, label: t(`markKind.${value}`) }));
    const yesNo = [
      { value: 'true', label: lists('print.yes') },
      { value: 'false', label: t('no') },
    ];
    const text = (key: KeyOf<string | null>, width: number, more: Partial<Column> = {}): Column => ({
      key,
      header: t(`column.${key}`),
      width,
      filter: { by: 'text', nothing: true },
      value: (row) => row[key],
      render: (row) => orNothing(row[key]),
      ...more,
    });
    const named = (key: KeyOf<string | null>, width: number, values: readonly string[] | undefined): Column =>
      text(key, width, { filter: { by: 'values', choices: plain(values), nothing: true } });
    const number = (key: KeyOf<number | null>, width: number): Column => ({
      key,
      header: t(`column.${key}`),
      width,
      align: 'right',
      filter: { by: 'range', nothing: true },
      value: (row) => row[key],
      render: (row) => orNothing(row[key]),
    });
    const date = (key: KeyOf<string | null>, width = 116, more: Partial<Column> = {}): Column => ({
      key,
      header: t(`column.${key}`),
      width,
      filter: { by: 'dates', nothing: true },
      value: (row) => row[key],
      print: (row) => (row[key] ? format.date(row[key]) : ''),
      render: (row) => (row[key] ? format.date(row[key]) : <Nothing />),
      ...more,
    });
    const coded = (key: KeyOf<string | null>, width: number, values: readonly Choice[], nothing: boolean): Column => {
      const words = wordsOf(values);
      return {
        key,
        header: t(`column.${key}`),
        width,
        filter: { by: 'values', choices: values, nothing },
        words,
        value: (row) => row[key],
        print: (row) => words[row[key] ?? ''] ?? '',
        render: (row) => orNothing(words[row[key] ?? ''] ?? ''),
      };
    };
    const yes = (key: 'builtIn' | 'ordered' | Warning, width: number, is: (row: MeterRow) => boolean): Column => ({
      key,
      header: t(`column.${key}`),
      width,
      filter: { by: 'values', choices: yesNo },
      words: { true: lists('print.yes'), false: '' },
      value: is,
      print: (row) => (is(row) ? lists('print.yes') : ''),
      render: (row) => (is(row) ? lists('print.yes') : ''),
    });
    const warning = (key: Warning, width: number): Column => ({
      ...yes(key, width, (row) => row[key]),
      render: (row) => row[key] && <StateBadge tone="warn" label={t(`flag.${key}`)} />,
    });
    const monthWord = (row: MeterRow) => {
      const month = monthOf(row);
      return month === 'none' ? t('unknown') : month === null ? '' : format.month(month);
    };
    const streets = [...new Set(choices?.streets.flatMap(({ street }) => street ?? []))];
    const columns: Column[] = [
      text('factoryNo', 138, { fixed: true, searched: true, sortKey: 'factoryNo', filter: { by: 'text' } }),
      text('id', 138, { searched: true, sortKey: 'id', filter: { by: 'text' } }),
      date('validUntil', 200, { sortKey: 'validUntil', render: (row) => <UntilBadge row={row} /> }),
      {
        key: 'month',
        header: t('column.month'),
        width: 112,
        filter: { by: 'values', choices: monthChoices(choices?.months ?? [], format.month, t('unknown')) },
        words: { none: t('unknown') },
        value: monthOf,
        print: (row) => monthWord(row),
        render: (row) => orNothing(monthWord(row)),
      },
      coded('markKind', 168, marks, true),
      text('rawMark', 116),
      warning('conflict', 132),
      warning('lost', 132),
      coded('status', 128, statuses, false),
      coded('ownerKind', 144, owners, false),
      date('acceptedOn', 124, { sortKey: 'acceptedOn' }),
      number('producedYear', 96),
      named('maker', 136, choices?.makers),
      named('model', 120, choices?.models),
      { ...number('dn', 64), filter: { by: 'values', choices: plain(DN) } },
      {
        ...text('q3', 64, { align: 'right', filter: { by: 'values', choices: plain(Q3) } }),
        print: (row) => format.decimal(row.q3),
        render: (row) => format.decimal(row.q3),
      },
      number('r', 64),
      number('digits', 72),
      warning('twin', 148),
      yes('builtIn', 104, (row) => row.builtIn),
      coded('role', 116, roles, true),
      {
        ...text('parentMeterId', 138, { filter: { by: 'text', nothing: true } }),
        render: (row) =>
          row.parentMeterId ? (
            <AnchorLink to="/meters/$id" params={{ id: row.parentMeterId }}>
              {row.parentMeterId}
            </AnchorLink>
          ) : (
            <Nothing />
          ),
      },
      text('address', 220, { grow: 2, searched: true, sortKey: 'address' }),
      named('city', 128, choices?.cities),
      named('street', 144, streets),
      text('district', 120),
      named('route', 88, choices?.routes),
      text('place', 152),
      text('pointCode', 120, { searched: true }),
      date('installedOn', 124),
      text('stockPlace', 128),
      text('radioId', 120, { searched: true }),
      text('sealNos', 144, { searched: true }),
      {
        ...yes('ordered', 104, (row) => row.orderId !== null),
        render: (row) => row.orderId !== null && <StateBadge tone="info" label={t('orderGiven')} />,
      },
      date('orderDay', 144),
      {
        key: 'orderFor',
        header: t('column.orderFor'),
        width: 144,
        value: (row) => row.orderFor,
        render: (row) => orNothing(row.orderFor),
      },
      date('letterOn', 144),
    ];
    const placeOf = ({ key }: Column) => (shown.includes(key) ? shown.indexOf(key) : shown.length);
    return columns
      .map((column) => ({ ...column, hidden: !shown.includes(column.key) }))
      .toSorted((one, other) => placeOf(one) - placeOf(other));
  }, [t, meters, lists, format, choices, shown]);
}

/** The month of the plan a meter stands in; null while it is not built in. */
function monthOf({ builtIn, validUntil }: MeterRow): string | null {
  return builtIn ? (validUntil?.slice(0, 7) ?? 'none') : null;
}

function monthChoices(months: readonly string[], word: (month: string) => string, unknown: string): Choice[] {
  return [...months.map((value) => ({ value, label: word(value) })), { value: 'none', label: unknown }];
}
