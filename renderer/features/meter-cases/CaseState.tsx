import {
  IconAlertTriangle,
  IconCalendar,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconFileCertificate,
  IconProgressCheck,
  IconTool,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MeterCaseRow } from '../../../shared/contract/meter-cases';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';

const OFFICE = { tone: 'info', icon: IconProgressCheck } as const;
/** What waits for somebody on the spot. */
const FIELD = { tone: 'warn', icon: IconTool } as const;

const LOOKS = {
  place: OFFICE,
  acceptance: FIELD,
  fee: OFFICE,
  annex: OFFICE,
  activation: OFFICE,
  removal: FIELD,
  sending: OFFICE,
  certificate: { tone: 'neutral', icon: IconFileCertificate },
  answer: { tone: 'warn', icon: IconClockHour4 },
  done: { tone: 'ok', icon: IconCircleCheck },
  cancelled: { tone: 'neutral', icon: IconCircleX },
} as const;

/** What a case waits for or how it ended, as colour, icon and word. */
export function CaseStage({ stage }: Pick<MeterCaseRow, 'stage'>) {
  const { t } = useTranslation('meterCases');
  return <StateBadge {...LOOKS[stage]} label={t(`stage.${stage}`)} />;
}

/** Up to so many working days left the term is close. */
const CLOSE = 2;

/** How much of the term of the answer is left, in words; null once nothing is owed. */
export function useLeftWords(short = false): (row: Pick<MeterCaseRow, 'daysLeft' | 'overdue'>) => string | null {
  const { t } = useTranslation('meterCases');
  return ({ daysLeft, overdue }) => {
    if (daysLeft === null) return null;
    if (overdue) return t('left.late');
    return daysLeft === 0 ? t('left.today') : t(short ? 'left.short' : 'left.days', { count: daysLeft });
  };
}

interface AnswerDueProps {
  row: Pick<MeterCaseRow, 'answerDueOn' | 'daysLeft' | 'overdue'>;
  /** In as little room as a list has. */
  short?: boolean;
}

/** The day the answer is due with the working days left, red behind it; an answered case only had a day. */
export function AnswerDue({ row, short = false }: AnswerDueProps) {
  const format = useFormat();
  const left = useLeftWords(short)(row);
  if (!row.answerDueOn) return <>—</>;
  const day = format.date(row.answerDueOn);
  if (left === null || row.daysLeft === null) return <>{day}</>;
  const label = `${day} · ${left}`;
  if (row.overdue) return <StateBadge tone="danger" icon={IconAlertTriangle} label={label} />;
  return row.daysLeft <= CLOSE ? (
    <StateBadge tone="warn" icon={IconClockHour4} label={label} />
  ) : (
    <StateBadge tone="neutral" icon={IconCalendar} label={label} />
  );
}
