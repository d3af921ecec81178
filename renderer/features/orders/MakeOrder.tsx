import { Radio, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MADE_ORDER_KINDS, type OrderField } from '../../../shared/contract/orders';
import { client, trpc } from '../../app/trpc';
import { ComparedDrawer } from '../../ui/ComparedDrawer';
import { AssignFields } from './AssignFields';
import { MeterField } from './MeterField';

type MadeKind = (typeof MADE_ORDER_KINDS)[number];
type Field = OrderField | 'kind' | 'meterId';

const EMPTY: Record<Field, string | null> = {
  meterId: null,
  kind: 'control_reading',
  assignee: null,
  day: null,
  dueOn: null,
  note: null,
};

interface MakeOrderProps {
  /** The meter it is about, with its name on screen; null where the person chooses one. */
  about: { meterId: string; label: string } | null;
  today: string;
  onClose: () => void;
}

/** The form for one new order at a meter that is built in. */
export function MakeOrder({ about, today, onClose }: MakeOrderProps) {
  const { t } = useTranslation('orders');
  const queries = useQueryClient();
  const [stored] = useState(() => ({ ...EMPTY, meterId: about?.meterId ?? null }));
  const labels = {
    meterId: t('make.meter'),
    kind: t('make.kind'),
    assignee: t('column.assignee'),
    day: t('column.day'),
    dueOn: t('column.dueOn'),
    note: t('column.note'),
  };
  return (
    <ComparedDrawer<Field>
      title={t('new')}
      stored={stored}
      labels={labels}
      draftId={`orders.new.${about?.meterId ?? ''}`}
      validate={(typed) => (typed.meterId ? {} : { meterId: t('make.meterMissing') })}
      save={async (changes, requestId) => {
        const value = (field: Field) => {
          const change = changes[field];
          return change ? change.to : stored[field];
        };
        const made = await client.orders.make.mutate({
          requestId,
          kind: value('kind') as MadeKind,
          meterId: value('meterId'),
          pointId: null,
          dueOn: value('dueOn'),
          day: value('day'),
          assignee: value('assignee'),
          note: value('note'),
        });
        notifications.show(
          made.already
            ? { message: t('already'), icon: <IconInfoCircle size={18} aria-hidden />, color: 'yellow' }
            : { message: t('made'), icon: <IconCheck size={18} aria-hidden />, color: 'green' },
        );
        return { status: 'saved' };
      }}
      onSaved={() => void queries.invalidateQueries(trpc.orders.pathFilter())}
      onClose={onClose}
    >
      {({ typed, set, errors }) => (
        <Stack gap="md">
          {about ? (
            <div>
              <Text size="sm" fw={500}>
                {t('make.meter')}
              </Text>
              <Text>{about.label}</Text>
            </div>
          ) : (
            <MeterField value={typed.meterId} onChange={(id) => set('meterId', id)} error={errors.meterId} />
          )}
          <Radio.Group label={t('make.kind')} value={typed.kind} onChange={(kind) => set('kind', kind)}>
            <Stack gap={6} mt={6}>
              {MADE_ORDER_KINDS.map((kind) => (
                <Radio key={kind} value={kind} label={t(`kind.${kind}`)} />
              ))}
            </Stack>
          </Radio.Group>
          <AssignFields typed={typed} set={set} errors={errors} today={today} />
        </Stack>
      )}
    </ComparedDrawer>
  );
}
