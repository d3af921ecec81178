import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDroplet, IconDropletOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SupplyPoint } from '../../../shared/contract/customers';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { StateBadge } from '../../ui/StateBadge';
import { Installations } from './Installations';
import { isRunning } from './supplyPeriod';

/** One supply point of a customer: where, by which contract, since when, and the meters there. */
export function SupplyPointCard({ point, acts }: { point: SupplyPoint; acts: ReactNode }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <Paper component="section" withBorder p="md" aria-label={`${point.code}, ${point.address}`}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div>
            <Group gap="sm">
              <Title order={2} size="h4">
                {point.address}
              </Title>
              <PointState point={point} />
            </Group>
            <Text c="dimmed">{[point.code, point.place].filter(Boolean).join(' · ')}</Text>
          </div>
          <Group gap="md">
            {acts}
            <AnchorLink to="/premises/$id" params={{ id: point.premiseId }}>
              {t('points.premise')}
            </AnchorLink>
          </Group>
        </Group>
        <KeyValue
          columns={3}
          items={[
            { label: t('points.contract'), value: point.contractNo ?? t('points.noContract') },
            {
              label: t('points.period'),
              value: point.validTo
                ? t('points.fromTo', { from: format.date(point.validFrom), to: format.date(point.validTo) })
                : t('points.since', { from: format.date(point.validFrom) }),
            },
            { label: t('points.route'), value: point.route },
          ]}
        />
        <Installations installations={point.installations} />
      </Stack>
    </Paper>
  );
}

function PointState({ point }: { point: SupplyPoint }) {
  const { t } = useTranslation('customers');
  if (!isRunning(point)) return <StateBadge tone="neutral" icon={IconDropletOff} label={t('points.ended')} />;
  const active = point.status === 'active';
  return (
    <StateBadge
      tone={active ? 'ok' : 'warn'}
      icon={active ? IconDroplet : IconDropletOff}
      label={t(`points.status.${point.status}`)}
    />
  );
}
