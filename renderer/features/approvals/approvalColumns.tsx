import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { APPROVAL_KINDS, APPROVAL_STATES, type ApprovalRow } from '../../../shared/contract/approvals';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { ApprovalState } from './ApprovalState';
import { useApprovalWords } from './useApprovalWords';

/** Columns of the inbox, as `main/modules/approvals/approvals.list.ts` serves them. */
export function useApprovalColumns(): readonly ListColumn<ApprovalRow>[] {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const words = useApprovalWords();
  const office = useQuery(trpc.staff.colleagues.queryOptions()).data;
  return useMemo(() => {
    const people = (office?.colleagues ?? []).map(({ login, displayName }) => ({ value: login, label: displayName }));
    const kinds = APPROVAL_KINDS.map((value) => ({ value, label: words.kind(value) }));
    const states = APPROVAL_STATES.map((value) => ({ value, label: t(`state.${value}`) }));
    const yesNo = [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ];
    const instant = (
      key: 'requestedAt' | 'expiresAt' | 'decidedAt',
      more: Partial<ListColumn<ApprovalRow>> = {},
    ): ListColumn<ApprovalRow> => {
      const text = (row: ApprovalRow) => (row[key] ? format.dateTime(row[key]) : '—');
      return {
        key,
        header: t(`column.${key}`),
        width: 152,
        filter: { by: 'dates' },
        value: (row) => row[key],
        print: text,
        render: text,
        ...more,
      };
    };
    return [
      {
        key: 'kind',
        header: t('column.kind'),
        width: 190,
        grow: 1,
        fixed: true,
        filter: { by: 'values', choices: kinds },
        words: wordsOf(kinds),
        value: (row) => row.kind,
        render: (row) => words.kind(row.kind),
      },
      {
        key: 'label',
        header: t('column.label'),
        width: 170,
        grow: 2,
        fixed: true,
        value: (row) => row.label,
        render: (row) => row.label ?? t('erased'),
      },
      {
        key: 'requestedBy',
        header: t('column.requestedBy'),
        width: 140,
        grow: 1,
        filter: { by: 'values', choices: people },
        words: wordsOf(people),
        value: (row) => row.requestedBy,
        render: (row) => row.requestedByName,
      },
      instant('requestedAt', { sortKey: 'requestedAt' }),
      instant('expiresAt'),
      {
        key: 'state',
        header: t('column.state'),
        width: 216,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: (row) => row.state,
        render: (row) => <ApprovalState approval={row} />,
      },
      {
        key: 'reason',
        header: t('column.reason'),
        width: 200,
        grow: 1,
        hidden: true,
        filter: { by: 'text' },
        value: (row) => row.reason,
        render: (row) => <span title={row.reason}>{row.reason}</span>,
      },
      {
        key: 'decidedBy',
        header: t('column.decidedBy'),
        width: 140,
        hidden: true,
        filter: { by: 'values', choices: people, nothing: true },
        words: wordsOf(people),
        value: (row) => row.decidedBy,
        render: (row) => row.decidedByName ?? '—',
      },
      instant('decidedAt', { hidden: true }),
      {
        key: 'waiting',
        header: t('column.waiting'),
        width: 130,
        hidden: true,
        filter: { by: 'values', choices: yesNo },
        words: wordsOf(yesNo),
        value: (row) => String(row.waiting),
        render: (row) => t(row.waiting ? 'yes' : 'no'),
      },
    ];
  }, [t, format, words, office]);
}

function wordsOf(choices: readonly Choice[]): Record<string, string> {
  return Object.fromEntries(choices.map(({ value, label }) => [value, label]));
}
