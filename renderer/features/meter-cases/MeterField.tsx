import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';

/** Up to so many meters are offered; more words find fewer. */
const MOST = 20;

export interface ChosenMeter {
  id: string;
  factoryNo: string;
}

interface MeterFieldProps {
  value: ChosenMeter | null;
  onChange: (meter: ChosenMeter | null) => void;
  error: string | null;
}

/** Finds a meter that can be built in, typed or scanned; each with the legalization the register knows. */
export function MeterField({ value, onChange, error }: MeterFieldProps) {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 150);
  const found = useQuery(
    trpc.meters.list.queryOptions(
      {
        question: {
          ...(asked && asked !== value?.factoryNo ? { words: asked } : {}),
          filters: {
            status: { is: 'oneOf', values: ['in_stock', 'removed'] },
            // A sub-meter is the customer's own; any other is found by its number.
            ...(asked ? {} : { ownerKind: { is: 'oneOf' as const, values: ['customer'] } }),
          },
          sort: { key: 'factoryNo', descending: false },
        },
        limit: MOST,
      },
      { placeholderData: keepPreviousData },
    ),
  );
  const meters = (found.data?.rows ?? []).map(({ id, factoryNo, maker, model, validUntil }) => ({
    value: id,
    label: factoryNo,
    description: [
      `${maker} ${model}`,
      validUntil ? t('form.validUntil', { day: format.date(validUntil) }) : t('form.noLegalization'),
    ].join(' · '),
  }));
  const offered =
    value && !meters.some((each) => each.value === value.id)
      ? [...meters, { value: value.id, label: value.factoryNo, description: '' }]
      : meters;
  return (
    <Select
      label={t('form.meter')}
      description={t('form.meterHint')}
      required
      searchable
      data-autofocus
      data={offered.map(({ value: id, label }) => ({ value: id, label }))}
      // The server has found them; words may stand in the number or the model.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const meter = offered.find((each) => each.value === option.value);
        return meter?.description ? `${meter.label} · ${meter.description}` : option.label;
      }}
      searchValue={words}
      onSearchChange={setWords}
      value={value?.id ?? null}
      onChange={(id) => {
        const meter = offered.find((each) => each.value === id);
        onChange(meter ? { id: meter.value, factoryNo: meter.label } : null);
      }}
      nothingFoundMessage={found.isFetching ? undefined : t('form.meterNone')}
      comboboxProps={{ withinPortal: false }}
      error={error}
    />
  );
}
