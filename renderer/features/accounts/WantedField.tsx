import { Group, SegmentedControl, Text } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { WantedField as Wanted } from '../../../shared/contract/data-changes';
import { StateBadge } from '../../ui/StateBadge';
import { hasChanged } from './useDataChange';
import classes from './WantedField.module.css';

interface WantedFieldProps {
  wanted: Wanted;
  /** undefined: nobody has said anything yet. */
  taken: boolean | undefined;
  decided: boolean;
  /** The person went on without a word about it. */
  missing: boolean;
  onChoose: ((taken: boolean) => void) | undefined;
}

/** One field: as it was when the customer asked, as it is now, as it is wanted, and what becomes of it. */
export function WantedField({ wanted, taken, decided, missing, onChoose }: WantedFieldProps) {
  const { t } = useTranslation('accounts');
  const { field, old, now, new: value } = wanted;
  const changed = !decided && hasChanged(wanted);
  const name = t(`change.field.${field}`);
  return (
    <section className={classes.field} aria-label={name}>
      <Group justify="space-between" mb={4}>
        <Text fw={600}>{name}</Text>
        {changed && <StateBadge tone="warn" icon={IconArrowsDiff} label={t('change.changed')} />}
        {decided && <StateBadge tone={taken ? 'ok' : 'neutral'} label={t(taken ? 'change.taken' : 'change.refused')} />}
      </Group>
      <dl className={classes.values}>
        <dt>{t('change.old')}</dt>
        <dd>{old ?? t('change.nothing')}</dd>
        {!decided && (
          <>
            <dt>{t('change.now')}</dt>
            <dd>{now ?? t('change.nothing')}</dd>
          </>
        )}
        <dt>{t('change.new')}</dt>
        <dd className={classes.new}>{value ?? t('change.nothing')}</dd>
      </dl>
      {onChoose && (
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t('change.choice', { field: name })}
          data={[
            { value: 'take', label: t('change.take') },
            { value: 'refuse', label: t('change.refuse') },
          ]}
          value={taken === undefined ? '' : taken ? 'take' : 'refuse'}
          onChange={(choice) => onChoose(choice === 'take')}
        />
      )}
      {missing && (
        <Text size="xs" c="red" role="alert" mt={4}>
          {t('change.choose')}
        </Text>
      )}
    </section>
  );
}
