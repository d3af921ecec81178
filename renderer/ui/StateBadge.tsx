import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconInfoCircle,
} from '@tabler/icons-react';
import classes from './StateBadge.module.css';

export type Tone = 'ok' | 'info' | 'warn' | 'danger' | 'neutral';

const ICONS: Record<Tone, Icon> = {
  ok: IconCircleCheck,
  info: IconInfoCircle,
  warn: IconAlertTriangle,
  danger: IconCircleX,
  neutral: IconCircleDashed,
};

/** A state as colour, icon and word together; colour never stands alone. */
export function StateBadge({ tone, label, icon }: { tone: Tone; label: string; icon?: Icon }) {
  const IconOf = icon ?? ICONS[tone];
  return (
    <span className={classes.badge} data-tone={tone}>
      <IconOf size="1em" stroke={1.75} aria-hidden className={classes.icon} />
      {label}
    </span>
  );
}
