import { SegmentedControl, Text } from '@mantine/core';
import { IconCalendarClock, IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RULE_KINDS, type Rule } from '../../../shared/contract/rules';
import { host } from '../../app/host';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { MemoryList } from '../../ui/list/MemoryList';
import { PageHeader } from '../../ui/PageHeader';
import { Nothing } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { RuleDrawer } from './RuleDrawer';
import { useRuleWords } from './ruleWords';

type Shown = 'all' | Rule['kind'];

const BY_NAME = { key: 'name', descending: false };

/** Deadlines, thresholds and retention: what holds today, since when, by which source and whose word. */
export function RulesPage({ history }: { /** Of one value, by its id. */ history: (id: string) => ReactNode }) {
  const { t } = useTranslation('rules');
  const list = useQuery(trpc.rules.list.queryOptions());
  const [shown, setShown] = useState<Shown>('all');
  const [opened, setOpened] = useState<string | null>(null);
  const columns = useColumns();
  const rules = list.data?.rules ?? [];
  const rows = shown === 'all' ? rules : rules.filter(({ kind }) => kind === shown);
  const rule = rules.find(({ key }) => key === opened);
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <SegmentedControl
        mb="sm"
        size="xs"
        style={{ alignSelf: 'flex-start', flex: 'none' }}
        aria-label={t('kinds')}
        data={(['all', ...RULE_KINDS] as const).map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={shown}
        onChange={(value) => setShown(value as Shown)}
      />
      <MemoryList
        label={t('title')}
        title={t('title')}
        columns={columns}
        rows={list.data && rows}
        rowKey={({ key }) => key}
        rowLabel={({ key }) => key}
        sort={BY_NAME}
        wordsHint={t('wordsHint')}
        error={list.error ?? undefined}
        onRetry={() => void list.refetch()}
        onOpen={({ key }) => setOpened(key)}
        empty={<EmptyState icon={IconScale} title={t('empty')} />}
        printer={host.print}
      />
      {rule && list.data && (
        <RuleDrawer
          key={rule.key}
          rule={rule}
          today={list.data.today}
          history={history}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

/** The value of a rule that holds today. */
const presentOf = ({ values, presentId }: Rule) => values.find(({ id }) => id === presentId);

function useColumns(): readonly ListColumn<Rule>[] {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const words = useRuleWords();
  return useMemo<readonly ListColumn<Rule>[]>(() => {
    const of = (rule: Rule, render: (value: NonNullable<ReturnType<typeof presentOf>>) => ReactNode) => {
      const present = presentOf(rule);
      return present ? render(present) : <Nothing />;
    };
    const setter = (rule: Rule) => {
      const present = presentOf(rule);
      return present ? (present.approvedByName ?? t('initial')) : null;
    };
    return [
      {
        key: 'name',
        header: t('column.name'),
        width: 300,
        grow: 3,
        fixed: true,
        searched: true,
        sortKey: 'name',
        filter: { by: 'text' },
        value: (rule) => words.name(rule.key),
        render: (rule) => <Name rule={rule} />,
      },
      {
        key: 'value',
        header: t('column.value'),
        width: 150,
        align: 'right',
        value: (rule) => presentOf(rule)?.value ?? null,
        print: (rule) => of(rule, ({ value }) => words.value(rule, value)),
        render: (rule) => of(rule, ({ value }) => <Text fw={600}>{words.value(rule, value)}</Text>),
      },
      {
        key: 'from',
        header: t('column.from'),
        width: 130,
        align: 'right',
        sortKey: 'from',
        filter: { by: 'dates', nothing: true },
        value: (rule) => presentOf(rule)?.validFrom ?? null,
        print: (rule) => of(rule, ({ validFrom }) => format.date(validFrom)),
        render: (rule) => of(rule, ({ validFrom }) => format.date(validFrom)),
      },
      {
        key: 'source',
        header: t('column.source'),
        width: 200,
        grow: 2,
        searched: true,
        filter: { by: 'text', nothing: true },
        value: (rule) => presentOf(rule)?.source ?? null,
        render: (rule) => of(rule, ({ source }) => <span title={source}>{source}</span>),
      },
      {
        key: 'who',
        header: t('column.who'),
        width: 150,
        sortKey: 'who',
        filter: { by: 'text', nothing: true },
        value: setter,
        render: (rule) => setter(rule) ?? <Nothing />,
      },
    ];
  }, [t, format, words]);
}

function Name({ rule }: { rule: Rule }) {
  const { t } = useTranslation('rules');
  const format = useFormat();
  const words = useRuleWords();
  const newest = rule.values[0];
  const planned = newest && newest.id !== rule.presentId && newest.validTo === null ? newest : null;
  const name = words.name(rule.key);
  return (
    <>
      <span title={name}>{name}</span>
      {planned && (
        <>
          {' '}
          <StateBadge
            tone="info"
            icon={IconCalendarClock}
            label={t('planned', { value: words.value(rule, planned.value), day: format.date(planned.validFrom) })}
          />
        </>
      )}
    </>
  );
}
