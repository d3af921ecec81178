import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlanProgress as Progress } from '../../../shared/contract/meter-registry';
import { useFormat } from '../../ui/format';

/** How far the work on the chosen period has come. */
export function PlanProgress({ progress }: { progress: Progress }) {
  const { t } = useTranslation('registry');
  const format = useFormat();
  return (
    <Group component="ul" gap="md" p={0} m={0} aria-label={t('plan.progress')} style={{ listStyle: 'none' }}>
      {(['planned', 'written', 'done'] as const).map((each) => (
        <li key={each} title={t(`plan.progressHint.${each}`)}>
          <Text span c="dimmed">
            {t(`plan.progressOf.${each}`)}
          </Text>{' '}
          <Text span fw={600}>
            {format.count(progress[each])}
          </Text>
        </li>
      ))}
    </Group>
  );
}
