import {
  type Icon,
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconHelpCircle,
  IconPlayerPause,
  IconSend,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MailState as State } from '../../../shared/contract/mail';
import { StateBadge, type Tone } from '../../ui/StateBadge';

const LOOKS: Record<State, { tone: Tone; icon: Icon }> = {
  new: { tone: 'info', icon: IconClock },
  held: { tone: 'warn', icon: IconPlayerPause },
  sending: { tone: 'info', icon: IconSend },
  sent: { tone: 'ok', icon: IconCircleCheck },
  unsure: { tone: 'warn', icon: IconHelpCircle },
  failed: { tone: 'danger', icon: IconCircleX },
  cancelled: { tone: 'neutral', icon: IconBan },
};

/** Where a message stands, as colour, sign and word. */
export function MailState({ state }: { state: State }) {
  const { t } = useTranslation('mail');
  return <StateBadge {...LOOKS[state]} label={t(`state.${state}`)} />;
}
