import { Paper, Select, SimpleGrid, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EXCHANGE_REASONS, type StartedExchange } from '../../../shared/contract/exchanges';
import { DayField } from '../../ui/DayField';
import { type ExchangeValues, faultAt, oldMeter, resetsRegister } from './exchangeForm';
import classes from './exchanges.module.css';
import type { CardProps } from './OldMeterCard';
import { Photos } from './Photos';
import { useFieldError } from './useFieldError';

interface ActFieldsProps extends CardProps {
  today: string;
  technicians: StartedExchange['technicians'];
  /** As `set`, on what the form holds then: pictures come in one after another. */
  change: (how: (values: ExchangeValues) => ExchangeValues) => void;
}

/** When, why, by whom, and what else is worth keeping. */
export function ActFields({ values, set, change, place, judged, tried, today, technicians }: ActFieldsProps) {
  const { t } = useTranslation('exchanges');
  const say = useFieldError();
  return (
    <Paper withBorder className={classes.card ?? ''} component="section" aria-label={t('act.title')} mt="md">
      <Title order={2} size="h4" mb="xs">
        {t('act.title')}
      </Title>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md" verticalSpacing="xs">
          <DayField
            label={t('column.doneOn')}
            required
            maxDate={today}
            value={values.doneOn}
            onChange={(doneOn) => set({ doneOn })}
            error={say(faultAt(judged, 'doneOn', tried))}
          />
          <Select
            label={t('column.reason')}
            required
            data={EXCHANGE_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
            value={values.reason}
            onChange={(reason) => reason && set({ reason: reason as ExchangeValues['reason'] })}
            allowDeselect={false}
          />
          <Select
            label={t('column.doneBy')}
            required
            searchable
            data={technicians.map(({ login, name }) => ({ value: login, label: name }))}
            value={values.doneBy || null}
            onChange={(doneBy) => set({ doneBy: doneBy ?? '' })}
            allowDeselect={false}
            error={say(faultAt(judged, 'doneBy', tried))}
          />
          {values.kind !== 'removal' && (
            <TextInput
              label={t('meter.place')}
              placeholder={oldMeter(values, place)?.place ?? t('act.placeHint')}
              autoComplete="off"
              maxLength={120}
              value={values.place}
              onChange={(event) => set({ place: event.currentTarget.value })}
            />
          )}
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
          <Textarea
            label={t('act.note')}
            autosize
            minRows={1}
            maxRows={6}
            maxLength={2000}
            value={values.note}
            required={resetsRegister(values)}
            error={say(faultAt(judged, 'note', tried))}
            onChange={(event) => set({ note: event.currentTarget.value })}
          />
          <Photos
            photos={values.photos}
            onStaged={(photo) => change((now) => ({ ...now, photos: [...now.photos, photo] }))}
            onDrop={(upload) => set({ photos: values.photos.filter((photo) => photo.upload !== upload) })}
          />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}
