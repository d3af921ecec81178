import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterRecord, MoveKind } from '../../../shared/contract/meters';
import { client } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { FormDrawer } from '../../ui/FormDrawer';
import { useMeterAct } from './useMeterAct';

interface MoveMeterProps {
  meter: MeterRecord;
  kind: MoveKind;
  onClose: () => void;
}

/** Scraps, loses, finds or takes back a meter that is not built in. */
export function MoveMeter({ meter, kind, onClose }: MoveMeterProps) {
  const { t } = useTranslation('meters');
  const [on, setOn] = useState(meter.today);
  const [reason, setReason] = useState('');
  const [place, setPlace] = useState(meter.stockPlace ?? '');
  const [tried, setTried] = useState(false);
  const { act, busy } = useMeterAct({
    send: client.meters.move.mutate,
    done: () => t(`move.done.${kind}`),
    onDone: onClose,
  });
  const away = kind === 'scrapped' || kind === 'lost';
  const asked = away || meter.status === 'scrapped';
  const missing = asked && reason.trim().length < 5;
  return (
    <FormDrawer
      opened
      title={t(`move.title.${kind}`, { factoryNo: meter.factoryNo })}
      saveLabel={t(`act.${kind}`)}
      dirty={reason !== ''}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (!missing && on) {
          act({ id: meter.id, kind, on, reason: reason.trim() || null, place: away ? null : place.trim() || null });
        }
      }}
    >
      <Stack gap="md">
        <Text>{t(`move.text.${kind}`)}</Text>
        <DayField label={t('move.on')} required value={on} onChange={setOn} maxDate={meter.today} />
        <TextInput
          label={t('move.reason')}
          required={asked}
          data-autofocus
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={tried && missing && t('reasonMissing')}
        />
        {!away && (
          <TextInput
            label={t('move.place')}
            value={place}
            maxLength={100}
            onChange={(event) => setPlace(event.currentTarget.value)}
          />
        )}
      </Stack>
    </FormDrawer>
  );
}
