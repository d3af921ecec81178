import { IconBan, IconEqual, IconPencil, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ImportCounts } from '../../../shared/contract/imports';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';
import classes from './imports.module.css';

const VERDICTS = [
  { key: 'create', tone: 'ok', icon: IconPlus },
  { key: 'update', tone: 'info', icon: IconPencil },
  { key: 'same', tone: 'neutral', icon: IconEqual },
  { key: 'refused', tone: 'danger', icon: IconBan },
] as const;

/** The four verdicts with their numbers; a colour never stands alone. */
export function Counts({ counts }: { counts: ImportCounts }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return (
    <dl className={classes.counts}>
      {VERDICTS.map(({ key, tone, icon }) => (
        <div key={key} className={classes.count}>
          <dt>
            <StateBadge
              tone={key === 'refused' && counts.refused === 0 ? 'neutral' : tone}
              icon={icon}
              label={t(`verdicts.${key}`)}
            />
          </dt>
          <dd>{format.count(counts[key])}</dd>
        </div>
      ))}
    </dl>
  );
}
