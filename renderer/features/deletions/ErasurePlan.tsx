import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeletionRecord, ErasurePart } from '../../../shared/contract/deletions';
import { useFormat } from '../../ui/format';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';

interface ErasurePlanProps {
  parts: readonly ErasurePart[];
  /** As it is planned now, or as it was carried out. */
  done: boolean;
  /** Counts by part when approval was asked for; null where nobody asked yet, or all is over. */
  asked: Record<string, unknown> | null;
}

/** These grow by the request itself: a difference there says nothing. */
const NOT_COMPARED = ['trail', 'remarks'];

/** What goes and what law keeps until when, part by part; parts that have nothing are left out. */
export function ErasurePlan({ parts, done, asked }: ErasurePlanProps) {
  const { t } = useTranslation('deletions');
  const before = (part: string) => (typeof asked?.[part] === 'number' ? asked[part] : 0);
  const there = parts.filter(({ part, count }) => count > 0 || (asked !== null && before(part) > 0));
  const gone = there.filter(({ action }) => action !== 'keep');
  const kept = there.filter(({ action }) => action === 'keep');
  const words = usePlanWords();
  const count: RecordColumn<ErasurePart> = {
    key: 'count',
    header: t('plan.count'),
    kind: 'number',
    render: ({ part, count: now }) =>
      words.count(now, asked === null || NOT_COMPARED.includes(part) ? null : before(part)),
  };
  const name: RecordColumn<ErasurePart> = {
    key: 'part',
    header: t('plan.part'),
    render: ({ part }) => words.part(part),
  };
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="plan-title">
      <Title order={2} size="h4" id="plan-title">
        {t(done ? 'plan.doneTitle' : 'plan.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        {t(done ? 'plan.doneText' : 'plan.text')}
      </Text>
      <Title order={3} size="h5" mt="md" mb={4} id="plan-gone">
        {t(done ? 'plan.erased' : 'plan.erases')}
      </Title>
      <RecordTable
        label={t(done ? 'plan.erased' : 'plan.erases')}
        rows={gone}
        rowKey={({ part }) => part}
        minWidth={520}
        columns={[
          name,
          {
            key: 'action',
            header: t(done ? 'plan.actionDone' : 'plan.action'),
            render: ({ action }) => t(`action.${done ? 'done' : 'planned'}.${action}`),
          },
          count,
        ]}
      />
      <Title order={3} size="h5" mt="lg" mb={4}>
        {t('plan.keeps')}
      </Title>
      <RecordTable
        label={t('plan.keeps')}
        rows={kept}
        rowKey={({ part }) => part}
        minWidth={640}
        columns={[
          name,
          count,
          { key: 'until', header: t('plan.until'), kind: 'date', render: words.until },
          { key: 'basis', header: t('plan.basis'), render: ({ basis }) => words.basis(basis) },
        ]}
      />
    </Paper>
  );
}

/** Parts, grounds and days in words; a part or ground without a word stands under its own key. */
function usePlanWords() {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  return {
    part: (part: string) => t(`part.${part as 'account'}`, { defaultValue: part }),
    basis: (basis: string | null) => (basis === null ? '—' : t(`basis.${basis as 'tax'}`, { defaultValue: basis })),
    count: (now: number, before: number | null) =>
      before === null || before === now
        ? format.count(now)
        : t('plan.changed', { now: format.count(now), before: format.count(before) }),
    until: ({ until, days }: ErasurePart) => {
      if (!until) return t('plan.whileContract');
      const first = days?.[0]?.until;
      return first && first !== until
        ? t('plan.fromTo', { first: format.date(first), last: format.date(until) })
        : format.date(until);
    },
  };
}

/** What to compare the plan with: while the decision is open, how it was when approval was asked for. */
export function impactAsked({ approval }: DeletionRecord): Record<string, unknown> | null {
  return approval?.state === 'open' ? approval.impact : null;
}
