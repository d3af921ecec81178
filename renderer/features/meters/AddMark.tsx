import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterRecord } from '../../../shared/contract/meters';
import { client, trpc } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { FormDrawer } from '../../ui/FormDrawer';
import { useFormat } from '../../ui/format';
import { MarkFields, NO_MARK, reading, sentMark } from './MarkFields';
import { useMeterAct } from './useMeterAct';

/** Writes down the mark somebody read on the meter. */
export function AddMark({ meter, onClose }: { meter: MeterRecord; onClose: () => void }) {
  const { t } = useTranslation('meters');
  const format = useFormat();
  const rules = useQuery(trpc.meters.form.queryOptions()).data?.rules;
  const [mark, setMark] = useState(NO_MARK);
  const [readOn, setReadOn] = useState(meter.today);
  const [tried, setTried] = useState(false);
  const { act, busy } = useMeterAct({
    send: client.meters.addLegalization.mutate,
    done: ({ validUntil }) => t('legal.added', { until: format.date(validUntil) }),
    onDone: onClose,
  });
  if (!rules) return null;
  const read = reading(rules, mark, readOn);
  return (
    <FormDrawer
      opened
      title={t('legal.addTitle')}
      saveLabel={t('legal.add')}
      dirty={mark !== NO_MARK}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (read && 'until' in read) act({ meterId: meter.id, mark: sentMark(mark), readOn });
      }}
    >
      <Stack gap="md">
        <MarkFields
          mark={mark}
          onChange={setMark}
          rules={rules}
          readOn={readOn}
          required
          error={tried && !read && t('required')}
        />
        <DayField
          label={t('legal.readOnField')}
          description={t('legal.readOnHint')}
          required
          value={readOn}
          onChange={setReadOn}
          maxDate={meter.today}
        />
      </Stack>
    </FormDrawer>
  );
}
