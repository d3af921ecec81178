import { Checkbox, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ExchangePlace, HungMeter } from '../../../shared/contract/exchanges';
import { expectedUse, mayPassZero, unusualUse, usedSince } from '../../../shared/domain/exchange';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';
import { type ExchangeValues, faultAt, type Judged, oldMeter } from './exchangeForm';
import classes from './exchanges.module.css';
import { MeterLines } from './MeterLines';
import { useFieldError } from './useFieldError';

export interface CardProps {
  values: ExchangeValues;
  set: (change: Partial<ExchangeValues>) => void;
  place: ExchangePlace;
  judged: Judged;
  /** Somebody wanted to save: what is missing is said now. */
  tried: boolean;
}

/** The meter that goes: what is known of it, its final reading, and beside it the one before and what to expect. */
export function OldMeterCard({ values, set, place, judged, tried }: CardProps) {
  const { t } = useTranslation('exchanges');
  const say = useFieldError();
  const old = oldMeter(values, place);
  return (
    <Paper withBorder className={classes.card ?? ''} component="section" aria-label={t('old.title')}>
      <Title order={2} size="h4" mb="xs">
        {t('old.title')}
      </Title>
      <Stack gap="sm">
        {(place.hung.length > 1 || !old) && (
          <Select
            label={t('old.which')}
            placeholder={t('old.choose')}
            data={place.hung.map(({ installationId, factoryNo, role }) => ({
              value: installationId,
              label: `${factoryNo} (${t(`role.${role}`)})`,
            }))}
            value={values.installationId}
            onChange={(installationId) => set({ installationId, finalValue: '', finalRollover: false })}
            allowDeselect={false}
            error={say(faultAt(judged, 'old', tried))}
          />
        )}
        {old && <OldFacts old={old} />}
        {old && <FinalReading old={old} values={values} set={set} error={say(faultAt(judged, 'finalValue', tried))} />}
      </Stack>
    </Paper>
  );
}

function OldFacts({ old }: { old: HungMeter }) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const { factoryNo, type, dn, installedOn, validUntil, place, seals, children } = old;
  return (
    <MeterLines
      factoryNo={factoryNo}
      type={type}
      dn={dn}
      lines={[
        [
          t('old.since', { day: format.date(installedOn) }),
          validUntil && t('old.legalTo', { day: format.date(validUntil) }),
          place,
        ],
        [
          seals.length > 0 && t('old.sealsOff', { numbers: seals.map(({ sealNo }) => sealNo).join(', ') }),
          children > 0 && t('old.childrenMove', { count: children }),
        ],
      ]}
    />
  );
}

interface FinalReadingProps extends Pick<CardProps, 'values' | 'set'> {
  old: HungMeter;
  error: string | null;
}

function FinalReading({ old, values, set, error }: FinalReadingProps) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const { finalValue, finalRollover, doneOn } = values;
  const zero = /^[0-9]+$/.test(finalValue) && mayPassZero(finalValue, old.last.value, old.digits);
  return (
    <>
      <div className={classes.reading}>
        <TextInput
          label={t('old.final')}
          required
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          maxLength={9}
          rightSection="m³"
          value={finalValue}
          onChange={(event) => set({ finalValue: event.currentTarget.value.trim(), finalRollover: false })}
          error={error}
        />
        <div className={classes.beside}>
          <Text size="sm">
            {t('old.previousShort')}{' '}
            <b>{t('old.previousValue', { value: format.volume(old.last.value), day: format.date(old.last.readOn) })}</b>
          </Text>
          <Used used={usedSince({ finalValue, finalRollover }, old)} expected={expectedUse(old, doneOn)} />
        </div>
      </div>
      {zero && (
        <Checkbox
          label={t('old.rollover')}
          checked={finalRollover}
          onChange={(event) => set({ finalRollover: event.currentTarget.checked })}
        />
      )}
    </>
  );
}

/** What went through beside what was to be expected; far from it somebody should look at the register again. */
function Used({ used, expected }: { used: string | null; expected: string | null }) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const unusual = used !== null && expected !== null ? unusualUse(used, expected) : null;
  return (
    <div aria-live="polite">
      <Text size="sm" c="dimmed">
        {[
          t('old.usedShort', { value: used === null ? '—' : format.volume(used) }),
          expected !== null && t('old.expected', { value: format.volume(expected) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {unusual && <StateBadge tone="warn" icon={IconAlertTriangle} label={t(`old.unusual.${unusual}`)} />}
    </div>
  );
}
