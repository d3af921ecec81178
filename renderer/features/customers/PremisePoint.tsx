import { Group, Paper, Stack, Title } from '@mantine/core';
import { IconDroplet, IconDropletOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PremiseRecord } from '../../../shared/contract/customers';
import { StateBadge } from '../../ui/StateBadge';
import { Installations } from './Installations';
import { Supplies } from './Supplies';

/** A point of a premise: who is and was supplied there, and its meters. */
export function PremisePoint({ point }: { point: PremiseRecord['points'][number] }) {
  const { t } = useTranslation('customers');
  const active = point.status === 'active';
  return (
    <Paper component="section" withBorder p="md" aria-label={point.code}>
      <Stack gap="md">
        <Group gap="sm">
          <Title order={2} size="h4">
            {[point.code, point.place].filter(Boolean).join(' · ')}
          </Title>
          <StateBadge
            tone={active ? 'ok' : 'warn'}
            icon={active ? IconDroplet : IconDropletOff}
            label={t(`points.status.${point.status}`)}
          />
        </Group>
        <Supplies supplies={point.supplies} />
        <Installations installations={point.installations} />
      </Stack>
    </Paper>
  );
}
