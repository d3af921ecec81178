import { Alert, Button, Group, Menu, Paper, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCertificate, IconCertificateOff, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Legalization, MeterRecord } from '../../../shared/contract/meters';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { useMay } from '../../ui/permissions';
import { StateBadge } from '../../ui/StateBadge';
import { AddMark } from './AddMark';
import { ChangeMark, type MarkChange } from './ChangeMark';
import { EarlierMarks } from './EarlierMarks';
import { daysBetween, LEGAL_TONE, legalState } from './legalState';

/** The mark in force with what it means, what was decided about it, and every mark before it. */
export function LegalizationTab({ meter }: { meter: MeterRecord }) {
  const { t } = useTranslation('meters');
  const [opened, setOpened] = useState<MarkChange | 'add' | null>(null);
  const { mark } = legalState(meter);
  const close = () => setOpened(null);
  const add = (
    <Can action="meters.addLegalization">
      <Button
        {...(mark && { variant: 'default' })}
        leftSection={<IconCertificate size={16} aria-hidden />}
        onClick={() => setOpened('add')}
      >
        {t('legal.add')}
      </Button>
    </Can>
  );
  return (
    <>
      <Paper component="section" withBorder p="md" aria-labelledby="legal-title">
        <Group justify="space-between" mb="sm">
          <Title order={2} size="h4" id="legal-title">
            {t('legal.current')}
          </Title>
          <Group gap="xs">
            {mark && <MarkActs mark={mark} onOpen={setOpened} />}
            {mark && add}
          </Group>
        </Group>
        {mark ? (
          <InForce meter={meter} mark={mark} />
        ) : (
          <EmptyState icon={IconCertificateOff} title={t('legal.none')} text={t('legal.noneText')} action={add} />
        )}
      </Paper>
      <EarlierMarks marks={meter.legalizations.filter(({ id }) => id !== mark?.id)} />
      {opened === 'add' && <AddMark meter={meter} onClose={close} />}
      {mark && opened !== null && opened !== 'add' && (
        <ChangeMark mark={mark} what={opened} today={meter.today} onClose={close} />
      )}
    </>
  );
}

function InForce({ meter, mark }: { meter: MeterRecord; mark: Legalization }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const { state } = legalState(meter);
  const left = daysBetween(meter.today, mark.validUntil);
  return (
    <>
      {mark.conflict && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} title={t('legal.conflict')} mb="md">
          {t('legal.conflictText', { until: format.date(mark.validUntil) })}
        </Alert>
      )}
      <Group gap="sm" mb="md">
        <StateBadge
          tone={LEGAL_TONE[state]}
          label={t(`legal.state.${state}`, {
            until: format.date(mark.validUntil),
            on: mark.lostOn && format.date(mark.lostOn),
          })}
        />
        {left >= 0 && (
          <Text c="dimmed" size="sm">
            {t('legal.daysLeft', { count: left, formatted: format.count(left) })}
          </Text>
        )}
      </Group>
      <KeyValue
        columns={3}
        items={[
          { label: t('legal.mark'), value: mark.rawMark },
          { label: t('legal.kind'), value: t(`mark.kind.${mark.markKind}`) },
          { label: t('legal.readOn'), value: format.date(mark.readOn) },
          { label: t('legal.computed'), value: format.date(mark.computedUntil) },
          { label: t('legal.stated'), value: mark.statedUntil && format.date(mark.statedUntil) },
          { label: t('legal.recordedBy'), value: mark.source === 'import' ? t('legal.imported') : mark.recordedBy },
          ...(mark.overrideUntil
            ? [
                {
                  label: t('legal.override'),
                  value: t('legal.overrideValue', {
                    until: format.date(mark.overrideUntil),
                    reason: mark.overrideReason,
                    by: mark.overrideBy,
                  }),
                },
              ]
            : []),
          ...(mark.lostOn && mark.lostReason
            ? [
                {
                  label: t('legal.loss'),
                  value: [
                    t('legal.lossValue', {
                      on: format.date(mark.lostOn),
                      why: t(`legal.lossReason.${mark.lostReason}`),
                    }),
                    mark.lostNote,
                  ]
                    .filter(Boolean)
                    .join('. '),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

/** What can be said against a mark; taken back the same way. */
function MarkActs({ mark, onOpen }: { mark: Legalization; onOpen: (what: MarkChange) => void }) {
  const { t } = useTranslation('meters');
  const may = useMay('meters.overrideLegalization');
  if (!may) return null;
  const acts: { what: MarkChange; word: string }[] = [
    { what: 'decide', word: t('legal.decide') },
    ...(mark.overrideUntil ? [{ what: 'undecide' as const, word: t('legal.undecide') }] : []),
    mark.lostOn ? { what: 'unlose', word: t('legal.unlose') } : { what: 'lose', word: t('legal.lose') },
    { what: 'withdraw', word: t('legal.withdraw') },
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t('legal.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ what, word }) => (
          <Menu.Item key={what} onClick={() => onOpen(what)}>
            {word}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
