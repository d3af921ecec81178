import { Anchor, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundMeter } from '../../../shared/contract/exchanges';
import { MARK_KINDS, type MarkKind, normalMark, readMark } from '../../../shared/domain/legalization';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';
import type { CardProps } from './OldMeterCard';

/** Until when the new meter is legal; where the registry does not know it or knows an old mark, the mark is typed in here. */
export function MarkRow({ values, set, fresh }: CardProps & { fresh: FoundMeter }) {
  const { t } = useTranslation('exchanges');
  const format = useFormat();
  const [typing, setTyping] = useState(values.markRaw !== '');
  const legal = fresh.validUntil !== null && fresh.validUntil >= values.doneOn;
  if (legal && !typing) {
    return (
      <Group gap="xs">
        <StateBadge tone="ok" label={t('fresh.legal', { day: format.date(fresh.validUntil ?? '') })} />
        <Anchor component="button" type="button" size="sm" onClick={() => setTyping(true)}>
          {t('fresh.otherMark')}
        </Anchor>
      </Group>
    );
  }
  return (
    <div>
      {!legal && (
        <StateBadge
          tone="warn"
          label={fresh.validUntil ? t('fresh.expired', { day: format.date(fresh.validUntil) }) : t('fresh.noMark')}
        />
      )}
      <Mark values={values} set={set} />
    </div>
  );
}

function Mark({ values, set }: Pick<CardProps, 'values' | 'set'>) {
  const { t } = useTranslation('exchanges');
  const meters = useTranslation('meters').t;
  const format = useFormat();
  const rules = useQuery(trpc.meters.form.queryOptions()).data?.rules;
  const { markKind, markRaw, doneOn } = values;
  const read = rules && markRaw.trim() !== '' && doneOn ? readMark(rules, markKind, normalMark(markRaw), doneOn) : null;
  const refused = read && 'refused' in read ? meters(`mark.refused.${read.refused}`) : null;
  return (
    <Group grow align="flex-start" mt={4}>
      <Select
        label={t('fresh.markKind')}
        data={MARK_KINDS.map((value) => ({ value, label: meters(`mark.kindLong.${value}`) }))}
        value={markKind}
        onChange={(kind) => kind && set({ markKind: kind as MarkKind, markRaw: '' })}
        allowDeselect={false}
      />
      <div>
        <TextInput
          label={t('fresh.mark')}
          autoComplete="off"
          maxLength={16}
          placeholder={meters(`mark.example.${markKind}`, { defaultValue: '' })}
          value={markRaw}
          onChange={(event) => set({ markRaw: event.currentTarget.value })}
          error={refused}
        />
        {read && 'until' in read && (
          <Text size="sm" c="dimmed">
            {t('fresh.markUntil', { day: format.date(read.until) })}
          </Text>
        )}
      </div>
    </Group>
  );
}
