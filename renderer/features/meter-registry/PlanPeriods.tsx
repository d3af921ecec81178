import { Chip, Group } from '@mantine/core';
import { type DateValue, MonthPickerInput } from '@mantine/dates';
import { IconCalendarMonth } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanChart, PlanPeriod } from '../../../shared/contract/meter-registry';
import { monthsFrom } from '../../../shared/domain/plan-months';
import { useFormat } from '../../ui/format';
import { SHORTCUTS } from './planQuestion';

interface PlanPeriodsProps {
  plan: PlanChart;
  period: PlanPeriod | null;
  onPeriod: (period: PlanPeriod) => void;
}

/** The period the list shows: what a figure leads to, or months from–to. */
export function PlanPeriods({ plan, period, onPeriod }: PlanPeriodsProps) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  const periods = periodsOf(plan);
  const counts = { overdue: plan.overdue, soon: plan.soon, unknown: plan.unknown };
  const shown = SHORTCUTS.find((each) => JSON.stringify(periods[each]) === JSON.stringify(period)) ?? '';
  return (
    <Group gap="sm" wrap="nowrap">
      <Chip.Group value={shown} onChange={(value) => onPeriod(periods[value as keyof typeof periods])}>
        <Group gap={6} wrap="nowrap" role="radiogroup" aria-label={t('plan.period')}>
          {SHORTCUTS.map((each) => (
            <Chip key={each} value={each} size="xs">
              {t(`plan.shortcut.${each}`, { count: plan.noticeMonths, number: format.count(counts[each]) })}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Months period={period} today={plan.today} onPeriod={onPeriod} />
    </Group>
  );
}

/** The periods that figures lead to. */
export function periodsOf({ today, noticeMonths }: PlanChart): Record<(typeof SHORTCUTS)[number], PlanPeriod> {
  const months = monthsFrom(today.slice(0, 7), noticeMonths);
  return {
    overdue: { is: 'overdue' },
    soon: { is: 'months', from: months[0] ?? '', to: months.at(-1) ?? '' },
    unknown: { is: 'unknown' },
  };
}

interface MonthsProps extends Pick<PlanPeriodsProps, 'period' | 'onPeriod'> {
  today: string;
}

function Months({ period, today, onPeriod }: MonthsProps) {
  const { t, i18n } = useTranslation('registry');
  const format = useFormat();
  // Between the first and the second month nothing is asked yet.
  const [from, setFrom] = useState<string | null>(null);
  const asked: [string | null, string | null] =
    period?.is === 'months' ? [`${period.from}-01`, `${period.to}-01`] : [null, null];
  const words = (days: readonly DateValue[]) =>
    [...new Set(days.flatMap((day) => (day ? format.month(String(day).slice(0, 7)) : [])))].join(' – ');
  return (
    <MonthPickerInput
      type="range"
      size="xs"
      w="12.5rem"
      aria-label={period?.is === 'months' ? t('plan.monthsAre', { months: words(asked) }) : t('plan.months')}
      placeholder={t('plan.months')}
      leftSection={<IconCalendarMonth size={16} aria-hidden />}
      locale={i18n.language}
      valueFormatter={({ date }) => words([date].flat())}
      minDate={`${today.slice(0, 7)}-01`}
      allowSingleDateInRange
      value={from === null ? asked : [from, null]}
      onChange={([first, last]) => {
        setFrom(last === null ? first : null);
        if (first !== null && last !== null) {
          onPeriod({ is: 'months', from: first.slice(0, 7), to: last.slice(0, 7) });
        }
      }}
    />
  );
}
