import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rule, RuleValue } from '../../../shared/contract/rules';
import { trpc } from '../../app/trpc';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { showError } from '../../ui/showError';
import { AskReason } from './AskReason';
import { useRuleWords } from './ruleWords';

/** The values of a rule through time, the newest first; one that has not begun can be taken back. */
export function RuleVersions({ rule, today }: { rule: Rule; today: string }) {
  const { t } = useTranslation('rules');
  const words = useRuleWords();
  const queries = useQueryClient();
  const [withdrawn, setWithdrawn] = useState<{ value: RuleValue; requestId: string } | null>(null);
  const withdraw = useMutation(
    trpc.rules.withdraw.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('withdraw.done'), color: 'green' });
        setWithdrawn(null);
        void queries.invalidateQueries(trpc.rules.pathFilter());
      },
      onError: showError,
    }),
  );
  const columns = useMemo<RecordColumn<RuleValue>[]>(
    () => [
      { key: 'period', header: t('column.period'), kind: 'date', render: words.period },
      { key: 'value', header: t('column.value'), kind: 'number', render: ({ value }) => words.value(rule, value) },
      {
        key: 'source',
        header: t('column.source'),
        render: ({ source, approvedByName }) => `${source} · ${approvedByName ?? t('initial')}`,
      },
      {
        key: 'acts',
        header: t('column.acts'),
        render: (value) =>
          rule.maySet &&
          value.validFrom > today && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setWithdrawn({ value, requestId: crypto.randomUUID() })}
            >
              {t('withdraw.act')}
            </Button>
          ),
      },
    ],
    [t, words, rule, today],
  );
  if (rule.values.length === 0) return <Nothing>{t('noValue')}</Nothing>;
  return (
    <>
      <RecordTable
        label={t('tab.values')}
        columns={columns}
        rows={rule.values}
        rowKey={({ id }) => id}
        minWidth={420}
      />
      {withdrawn && (
        <AskReason
          key={withdrawn.value.id}
          draftId={`rules.withdraw.${withdrawn.value.id}`}
          title={t('withdraw.title')}
          text={t('withdraw.text')}
          confirmLabel={t('withdraw.act')}
          busy={withdraw.isPending}
          onClose={() => setWithdrawn(null)}
          onConfirm={(reason) =>
            withdraw.mutateAsync({ id: withdrawn.value.id, requestId: withdrawn.requestId, reason })
          }
        />
      )}
    </>
  );
}
