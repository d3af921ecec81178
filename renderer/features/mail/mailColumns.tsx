import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { MAIL_STATES, type MailRow } from '../../../shared/contract/mail';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import type { Choice, ListColumn } from '../../ui/list/columns';
import { Nothing } from '../../ui/RecordTable';
import { MailRecord } from './MailRecord';
import { MailState } from './MailState';
import { useMailWords } from './useMailWords';

const MACHINES = ['ibok_portal', 'ibok_worker'] as const;

/** Columns of the queue, as `main/modules/mail/mail.list.ts` serves them. */
export function useMailColumns(): readonly ListColumn<MailRow>[] {
  const { t } = useTranslation('mail');
  const format = useFormat();
  const words = useMailWords();
  const office = useQuery(trpc.staff.colleagues.queryOptions()).data;
  const texts = useQuery(trpc.templates.list.queryOptions()).data;
  return useMemo(() => {
    const states = MAIL_STATES.map((value) => ({ value, label: t(`state.${value}`) }));
    const kinds = (texts?.templates ?? [])
      .filter(({ channel }) => channel === 'mail')
      .map(({ key }) => ({ value: key, label: words.template(key) }));
    const people = [
      ...MACHINES.map((value) => ({ value, label: t(`machine.${value}`) })),
      ...(office?.colleagues ?? []).map(({ login, displayName }) => ({ value: login, label: displayName })),
    ];
    const yesNo = [
      { value: 'true', label: t('yes') },
      { value: 'false', label: t('no') },
    ];
    return [
      {
        key: 'createdAt',
        header: t('column.createdAt'),
        width: 162,
        sortKey: 'createdAt',
        fixed: true,
        filter: { by: 'dates' },
        value: ({ createdAt }) => createdAt,
        print: ({ createdAt }) => format.dateTime(createdAt),
        render: ({ createdAt }) => format.dateTime(createdAt),
      },
      {
        key: 'to',
        header: t('column.to'),
        width: 176,
        grow: 2,
        searched: true,
        filter: { by: 'text', nothing: true },
        value: ({ to }) => to,
        render: ({ to }) => (to ? <span title={to}>{to}</span> : <Nothing>{t('erased')}</Nothing>),
      },
      {
        key: 'template',
        header: t('column.template'),
        width: 168,
        grow: 2,
        filter: { by: 'values', choices: kinds },
        words: wordsOf(kinds),
        value: ({ template }) => template,
        render: ({ template }) => words.template(template),
      },
      {
        key: 'record',
        header: t('column.record'),
        width: 124,
        grow: 1,
        value: ({ record }) => record,
        print: words.record,
        render: (mail) => <MailRecord mail={mail} />,
      },
      {
        key: 'state',
        header: t('column.state'),
        width: 132,
        filter: { by: 'values', choices: states },
        words: wordsOf(states),
        value: ({ state }) => state,
        render: ({ state }) => <MailState state={state} />,
      },
      {
        key: 'attempts',
        header: t('column.attempts'),
        width: 96,
        align: 'right',
        filter: { by: 'range' },
        value: ({ attempts }) => attempts,
        render: ({ attempts }) => format.count(attempts),
      },
      {
        key: 'sentAt',
        header: t('column.sentAt'),
        width: 162,
        filter: { by: 'dates', nothing: true },
        value: ({ sentAt }) => sentAt,
        print: ({ sentAt }) => (sentAt ? format.dateTime(sentAt) : ''),
        render: ({ sentAt }) => (sentAt ? format.dateTime(sentAt) : <Nothing />),
      },
      {
        key: 'createdBy',
        header: t('column.createdBy'),
        width: 130,
        grow: 1,
        filter: { by: 'values', choices: people },
        words: wordsOf(people),
        value: ({ createdBy }) => createdBy,
        render: words.creator,
      },
      {
        key: 'lastError',
        header: t('column.lastError'),
        width: 230,
        hidden: true,
        filter: { by: 'text', nothing: true },
        value: ({ lastError }) => lastError,
        render: ({ lastError }) => (lastError ? words.fault(lastError) : <Nothing />),
      },
      {
        key: 'resent',
        header: t('column.resent'),
        width: 130,
        hidden: true,
        filter: { by: 'values', choices: yesNo },
        words: wordsOf(yesNo),
        value: ({ resent }) => String(resent),
        render: ({ resent }) => t(resent ? 'yes' : 'no'),
      },
    ];
  }, [t, format, words, office, texts]);
}

function wordsOf(choices: readonly Choice[]): Record<string, string> {
  return Object.fromEntries(choices.map(({ value, label }) => [value, label]));
}
