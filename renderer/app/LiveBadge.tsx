import { Tooltip } from '@mantine/core';
import { IconPlugConnectedX, IconRefresh, IconWifi } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format';
import { StateBadge } from '../ui/StateBadge';
import { useLiveState } from './liveState';

/** After this long without a word it is no hiccup any more. */
const OFFLINE_AFTER_S = 15;

/** Whether what is on screen is live, and if not, since when. */
export function LiveBadge() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const { up, secondsAgo } = useLiveState();
  const offline = !up && secondsAgo >= OFFLINE_AFTER_S;
  const label = up ? t('live.live') : offline ? t('live.offline') : format.ago(Math.max(1, secondsAgo));
  const hint = up ? t('live.liveHint') : t('live.lostHint', { ago: format.ago(Math.max(1, secondsAgo)) });
  return (
    <Tooltip label={hint}>
      {/* Only the change is read out, not each second. */}
      <span role="status" aria-label={up ? t('live.live') : t('live.lost')}>
        <StateBadge
          tone={up ? 'ok' : offline ? 'danger' : 'warn'}
          icon={up ? IconWifi : offline ? IconPlugConnectedX : IconRefresh}
          label={label}
        />
      </span>
    </Tooltip>
  );
}
