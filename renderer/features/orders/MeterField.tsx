import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';

const SHORTEST = 2;
const OFFERED = 20;
const QUIET_MS = 200;

interface MeterFieldProps {
  value: string;
  onChange: (meterId: string) => void;
  error?: string | undefined;
}

/** Chooses a meter that is built in, by number or address. */
export function MeterField({ value, onChange, error }: MeterFieldProps) {
  const { t } = useTranslation('orders');
  const [text, setText] = useState('');
  const [words] = useDebouncedValue(text.trim(), QUIET_MS);
  const found = useQuery(
    trpc.meters.list.queryOptions(
      words.length < SHORTEST
        ? skipToken
        : {
            question: {
              words,
              filters: { status: { is: 'oneOf', values: ['installed'] } },
              sort: { key: 'id', descending: false },
            },
            limit: OFFERED,
          },
      { placeholderData: keepPreviousData },
    ),
  );
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const offered = (found.data?.rows ?? []).map((row) => ({
    value: row.id,
    label: [row.factoryNo, row.address].filter(Boolean).join(' · '),
  }));
  const data = chosen && !offered.some((each) => each.value === chosen.value) ? [chosen, ...offered] : offered;
  return (
    <Select
      label={t('make.meter')}
      description={t('make.meterHint')}
      required
      searchable
      clearable
      data-autofocus
      data={data}
      // The server has searched already.
      filter={({ options }) => options}
      value={value || null}
      onChange={(id) => {
        setChosen(data.find((each) => each.value === id) ?? null);
        onChange(id ?? '');
      }}
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={words.length < SHORTEST || found.isFetching ? null : t('make.meterNone')}
      error={error}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
