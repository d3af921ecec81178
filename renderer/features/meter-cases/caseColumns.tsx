import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CASE_STAGES, CASE_STATES, type MeterCaseRow, SUB_METER_ROLES } from '../../../shared/contract/meter-cases';
import { CASE_KINDS } from '../../../shared/domain/meter-cases';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { AnswerDue, CaseStage } from './CaseState';

const wordsOf = (choices: readonly Choice[]): Record<string, string> =>
  Object.fromEntries(choices.map(({ value, label }) => [value, label]));

/** Columns of the list, as `main/modules/meter-cases/meter-cases.list.ts` serves them. */
export function useCaseColumns(): readonly ListColumn<MeterCaseRow>[] {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  return useMemo(() => {
    const kinds = CASE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
    const stages = CASE_STAGES.map((value) => ({ value, label: t(`stage.${value}`) }));
    const states = CASE_STATES.map((value) => ({ value, label: t(`state.${value}`) }));
    const roles = SUB_METER_ROLES.map((value) => ({ value, label: t(`role.${value}`) }));
    const both = (['true', 'false'] as const).map((value) => ({ value, label: t(`answerWord.${value}`) }));
    return [
      {
        key: 'number',
        header: t('column.number'),
        width: 104,
        fixed: true,
        searched: true,
        sortKey: 'number',
        filter: { by: 'text' },
        value: (row) => row.number,
        render: (row) => row.number,
      },
      {
        key: 'kind',
        header: t('column.kind'),
        width: 100,
        filter: { by: 'values', choices: kinds },
        words: wordsOf(kinds),
        value: (row) => row.kind,
        render: (row) => t(`kind.${row.kind}`),
      },
      {
        key: 'stage',
        header: t('column.stage'),
        width: 214,
        filter: { by: 'values', choices: stages },
        words: wordsOf(stages),
        value: (row) => row.stage,
        render: (row) => <CaseStage stage={row.stage} />,
      },
      {
        key: 'customer',
        header: t('column.customer'),
        width: 132,
        grow: 2,
        searched: true,
        filter: { by: 'text' },
        value: (row) => `${row.customerNo} ${row.customerName}`,
        render: (row) => row.customerName,
      },
      {
        key: 'address',
        header: t('column.address'),
        width: 132,
        grow: 2,
        searched: true,
        filter: { by: 'text' },
        value: (row) => row.address,
        render: (row) => row.address,
      },
      {
        key: 'factoryNo',
        header: t('column.factoryNo'),
        width: 128,
        searched: true,
        filter: { by: 'text', nothing: true },
        value: (row) => row.factoryNo,
        render: (row) => row.factoryNo ?? <Nothing>{t('noMeter')}</Nothing>,
      },
      {
        key: 'answerDueOn',
        header: t('column.answerDueOn'),
        width: 212,
        filter: { by: 'dates', nothing: true },
        value: (row) => row.answerDueOn,
        print: (row) => (row.answerDueOn ? format.date(row.answerDueOn) : ''),
        render: (row) => <AnswerDue row={row} short />,
      },
      {
        key: 'openedOn',
        header: t('column.openedOn'),
        width: 116,
        filter: { by: 'dates' },
        value: (row) => row.openedOn,
        print: (row) => format.date(row.openedOn),
        render: (row) => format.date(row.openedOn),
      },
      {
        key: 'orderDay',
        header: t('column.orderDay'),
        width: 116,
        filter: { by: 'dates', nothing: true },
        value: (row) => row.orderDay,
        print: (row) => (row.orderDay ? format.date(row.orderDay) : ''),
        render: (row) => (row.orderDay ? format.date(row.orderDay) : row.orderId ? t('ordered') : '—'),
      },
      {
        key: 'state',
        header: t('column.state'),
        width: 112,
        hidden: true,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (row) => row.state,
        render: (row) => t(`state.${row.state}`),
      },
      {
        key: 'pointCode',
        header: t('column.pointCode'),
        width: 104,
        hidden: true,
        searched: true,
        filter: { by: 'text' },
        value: (row) => row.pointCode,
        render: (row) => row.pointCode,
      },
      {
        key: 'role',
        header: t('column.role'),
        width: 116,
        hidden: true,
        filter: { by: 'values', choices: roles },
        words: wordsOf(roles),
        value: (row) => row.role,
        render: (row) => (row.role ? t(`role.${row.role}`) : '—'),
      },
      {
        key: 'overdue',
        header: t('column.overdue'),
        width: 112,
        hidden: true,
        filter: { by: 'values', choices: both },
        words: wordsOf(both),
        value: (row) => String(row.overdue),
        print: (row) => t(`answerWord.${row.overdue ? 'true' : 'false'}`),
        render: (row) => t(`answerWord.${row.overdue ? 'true' : 'false'}`),
      },
    ];
  }, [t, format]);
}
