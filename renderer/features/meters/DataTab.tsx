import { Alert, Group, Paper, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MeterRecord } from '../../../shared/contract/meters';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { Places } from './Places';
import { Seals } from './Seals';

/** What the meter is, where it hangs or lies, where it ever hung, and its seals. */
export function DataTab({ meter }: { meter: MeterRecord }) {
  return (
    <>
      <Twins meter={meter} />
      <Technical meter={meter} />
      <Stock meter={meter} />
      <Seals seals={meter.seals} />
      <Places installations={meter.installations} />
    </>
  );
}

/** Two meters in use with one factory number are easily mixed up. */
function Twins({ meter }: { meter: MeterRecord }) {
  const { t } = useTranslation('meters');
  const inUse = meter.status === 'in_stock' || meter.status === 'installed';
  if (!inUse || meter.twins.length === 0) return null;
  return (
    <Alert
      color="yellow"
      icon={<IconAlertTriangle size={18} aria-hidden />}
      title={t('record.twins', { count: meter.twins.length })}
    >
      <Text size="sm">{t('record.twinsText')}</Text>
      <Group gap="md" mt="xs">
        {meter.twins.map((twin) => (
          <AnchorLink key={twin.id} to="/meters/$id" params={{ id: twin.id }} underline="always">
            {[twin.id, twin.type, t(`status.${twin.status}`), twin.place].filter(Boolean).join(' · ')}
          </AnchorLink>
        ))}
      </Group>
    </Alert>
  );
}

function Technical({ meter }: { meter: MeterRecord }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="technical-title">
      <Title order={2} size="h4" id="technical-title" mb="sm">
        {t('record.technical')}
      </Title>
      <KeyValue
        columns={3}
        items={[
          { label: t('record.maker'), value: meter.maker },
          { label: t('record.model'), value: meter.model },
          { label: t('record.dn'), value: t('record.dnValue', { dn: meter.dn }) },
          { label: t('record.q3'), value: t('record.q3Value', { q3: format.decimal(meter.q3) }) },
          { label: t('record.r'), value: meter.r && t('record.rValue', { r: meter.r }) },
          { label: t('record.digits'), value: meter.digits },
          { label: t('record.radio'), value: meter.radioId },
          { label: t('record.producedYear'), value: meter.producedYear },
        ]}
      />
    </Paper>
  );
}

function Stock({ meter }: { meter: MeterRecord }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const present = meter.installations.find(({ removedOn }) => removedOn === null);
  const where = present
    ? [
        {
          label: t('record.now'),
          value: (
            <AnchorLink to="/premises/$id" params={{ id: present.premiseId }}>
              {present.address}
            </AnchorLink>
          ),
        },
        { label: t('record.place'), value: present.place },
        { label: t('record.role'), value: t(`role.${present.role}`) },
        ...(present.role === 'main'
          ? []
          : [
              {
                label: t('record.parent'),
                value: present.parentMeterId && (
                  <AnchorLink to="/meters/$id" params={{ id: present.parentMeterId }}>
                    {present.parentFactoryNo}
                  </AnchorLink>
                ),
              },
              {
                label: t('record.deducts'),
                value: present.deductsFrom ? format.date(present.deductsFrom) : t('record.notDeducted'),
              },
            ]),
      ]
    : [{ label: t('record.stockPlace'), value: meter.stockPlace }];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="stock-title">
      <Title order={2} size="h4" id="stock-title" mb="sm">
        {t('record.stock')}
      </Title>
      <KeyValue
        columns={3}
        items={[
          { label: t('record.owner'), value: t(`ownerKind.${meter.ownerKind}`) },
          { label: t('record.acceptedOn'), value: meter.acceptedOn && format.date(meter.acceptedOn) },
          ...where,
          { label: t('record.note'), value: meter.note },
        ]}
      />
    </Paper>
  );
}
