import { ActionIcon, Checkbox, Group, Paper, Select, Stack, Text, TextInput, Title, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FoundMeter } from '../../../shared/contract/exchanges';
import { toLitres } from '../../../shared/domain/consumption';
import { fallsBack } from '../../../shared/domain/exchange';
import { useFormat } from '../../ui/format';
import { type ExchangeValues, faultAt, oldMeter } from './exchangeForm';
import classes from './exchanges.module.css';
import { MarkRow } from './MarkRow';
import { MeterLines } from './MeterLines';
import { MeterScan } from './MeterScan';
import type { CardProps } from './OldMeterCard';
import { SealFields } from './SealFields';
import { useFieldError } from './useFieldError';

/** The meter that comes: found by its number, its opening reading, its mark where the registry lacks it, and the seals. */
export function NewMeterCard(props: CardProps) {
  const { values, set, place, judged, tried } = props;
  const { t } = useTranslation('exchanges');
  const say = useFieldError();
  const { fresh } = values;
  const old = oldMeter(values, place);
  return (
    <Paper withBorder className={classes.card ?? ''} component="section" aria-label={t('fresh.title')}>
      <Title order={2} size="h4" mb="xs">
        {t('fresh.title')}
      </Title>
      <Stack gap="sm">
        {values.kind === 'installation' && <Role {...props} />}
        {fresh ? (
          <Fresh
            fresh={fresh}
            otherDn={old !== null && old.dn !== fresh.dn ? old.dn : null}
            fault={judged.faults.newMeter === 'EXCHANGE_NOT_LEGAL' ? null : say(judged.faults.newMeter ?? null)}
            onDrop={() => set({ fresh: null, openingValue: '', openingReset: false, markRaw: '' })}
          />
        ) : (
          <MeterScan
            error={say(faultAt(judged, 'fresh', tried))}
            // A meter that never hung begins at zero, as nearly all do.
            onFound={(meter) => set({ fresh: meter, openingValue: meter.lastFinal === null ? '0' : '' })}
          />
        )}
        {fresh && (
          <>
            <MarkRow {...props} fresh={fresh} />
            <div className={classes.reading}>
              <TextInput
                label={t('fresh.opening')}
                required
                inputMode="numeric"
                autoComplete="off"
                maxLength={9}
                rightSection="m³"
                value={values.openingValue}
                onChange={(event) => set({ openingValue: event.currentTarget.value.trim(), openingReset: false })}
                error={say(faultAt(judged, 'openingValue', tried))}
              />
              <OpeningHint fresh={fresh} openingValue={values.openingValue} />
            </div>
            {fallsBack(values.openingValue, fresh.lastFinal) && (
              <Checkbox
                label={t('fresh.reset')}
                description={t('fresh.resetWhy')}
                checked={values.openingReset}
                onChange={(event) => set({ openingReset: event.currentTarget.checked })}
              />
            )}
            <SealFields
              seals={values.seals}
              onChange={(seals) => set({ seals })}
              error={say(judged.faults.seals ?? null)}
            />
          </>
        )}
      </Stack>
    </Paper>
  );
}

/** Role of a meter that replaces none, and behind which one it is. */
function Role({ values, set, place }: CardProps) {
  const { t } = useTranslation('exchanges');
  const mains = place.hung.filter(({ role }) => role === 'main');
  return (
    <Group grow align="flex-start">
      <Select
        label={t('meter.role')}
        data={(['main', 'sub', 'deduction'] as const).map((value) => ({ value, label: t(`role.${value}`) }))}
        value={values.role}
        onChange={(role) => role && set({ role: role as ExchangeValues['role'] })}
        allowDeselect={false}
      />
      {values.role !== 'main' && (
        <Select
          label={t('fresh.parent')}
          data={mains.map(({ installationId, factoryNo }) => ({ value: installationId, label: factoryNo }))}
          value={values.parentInstallationId ?? mains[0]?.installationId ?? null}
          onChange={(parentInstallationId) => set({ parentInstallationId })}
          allowDeselect={false}
        />
      )}
    </Group>
  );
}

interface FreshProps {
  fresh: FoundMeter;
  /** Size of the old meter where the new one has another. */
  otherDn: number | null;
  fault: string | null;
  onDrop: () => void;
}

function Fresh({ fresh, otherDn, fault, onDrop }: FreshProps) {
  const { t } = useTranslation('exchanges');
  return (
    <Group align="flex-start" wrap="nowrap" gap="xs">
      <div style={{ flex: 1, minWidth: 0 }}>
        <MeterLines
          factoryNo={fresh.factoryNo}
          type={fresh.type}
          dn={fresh.dn}
          lines={[[t('fresh.number', { id: fresh.meterId }), t(`status.${fresh.status}`), fresh.stockPlace]]}
        />
        {otherDn !== null && (
          <Text size="sm" c="var(--ibok-warn-text, var(--mantine-color-yellow-8))">
            {t('fresh.otherSize', { old: otherDn, fresh: fresh.dn })}
          </Text>
        )}
        {fault && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {fault}
          </Text>
        )}
      </div>
      <Tooltip label={t('fresh.drop')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('fresh.drop')} onClick={onDrop}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

/** A meter that hung before goes on from where it stood; another value may be right after a repair, but is worth a look. */
function OpeningHint({ fresh: { lastFinal }, openingValue }: { fresh: FoundMeter; openingValue: string }) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  if (lastFinal === null) return null;
  const other = /^[0-9]+$/.test(openingValue) && toLitres(openingValue) !== toLitres(lastFinal);
  return (
    <div className={classes.beside}>
      <Text size="sm" {...(other ? { fw: 600 } : { c: 'dimmed' })}>
        {t('fresh.lastFinal', { value: format.volume(lastFinal) })}
      </Text>
    </div>
  );
}
