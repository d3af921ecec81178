import { IconBan, IconCircleCheck, IconClockHour4, IconHourglass, IconProgressCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApprovalRow } from '../../../shared/contract/approvals';
import { StateBadge } from '../../ui/StateBadge';

const LOOKS = {
  open: { tone: 'info', icon: IconHourglass },
  approved: { tone: 'ok', icon: IconProgressCheck },
  executed: { tone: 'ok', icon: IconCircleCheck },
  rejected: { tone: 'danger', icon: IconBan },
  void: { tone: 'neutral', icon: IconClockHour4 },
} as const;

/** Where a request stands; of a void one also why. */
export function ApprovalState({ approval }: { approval: Pick<ApprovalRow, 'state' | 'voidReason'> }) {
  const { t } = useTranslation('approvals');
  const { tone, icon } = LOOKS[approval.state];
  const label = approval.voidReason ? t(`voidReason.${approval.voidReason}`) : t(`state.${approval.state}`);
  return <StateBadge tone={tone} icon={icon} label={label} />;
}
