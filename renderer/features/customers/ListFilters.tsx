import { ActionIcon, Chip, CloseButton, Group, MultiSelect, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import classes from './ListFilters.module.css';
import type { CustomersSearch } from './listSearch';

/** Words are asked for when the typing pauses. */
const PAUSE_MS = 200;

interface ListFiltersProps {
  search: CustomersSearch;
  onSearch: (search: CustomersSearch) => void;
  words: string;
  onWords: (words: string) => void;
}

/** The filters of the customer list, all visible at once. */
export function ListFilters({ search, onSearch, words, onWords }: ListFiltersProps) {
  const { t } = useTranslation('customers');
  const cities = useQuery(trpc.customers.cities.queryOptions(undefined, { staleTime: 300_000 }));
  const set = (part: Partial<CustomersSearch>) => onSearch({ ...search, ...part });
  const narrowed = words !== '' || search.kind || search.cities?.length || search.deceased || search.withoutPoint;
  return (
    <Group role="search" aria-label={t('list.filter.label')} gap="sm" mb="sm" align="center">
      <WordsField words={words} onWords={onWords} />
      <SegmentedControl
        classNames={{ root: classes.kind }}
        aria-label={t('list.filter.kind')}
        value={search.kind ?? 'any'}
        onChange={(kind) => set({ kind: kind === 'any' ? undefined : (kind as 'person' | 'company') })}
        data={[
          { value: 'any', label: t('list.filter.kindAny') },
          { value: 'person', label: t('kindMany.person') },
          { value: 'company', label: t('kindMany.company') },
        ]}
      />
      <MultiSelect
        aria-label={t('list.filter.cities')}
        placeholder={
          search.cities?.length ? undefined : `${t('list.filter.cities')}: ${t('list.filter.citiesPlaceholder')}`
        }
        className={classes.cities}
        data={cities.data?.cities ?? []}
        value={search.cities ?? []}
        onChange={(chosen) => set({ cities: chosen.length > 0 ? chosen : undefined })}
        nothingFoundMessage={t('list.filter.noCity')}
        limit={100}
        maxValues={50}
        searchable
        clearable
        hidePickedOptions
      />
      <Chip variant="outline" checked={search.deceased ?? false} onChange={(on) => set({ deceased: on || undefined })}>
        {t('list.filter.deceased')}
      </Chip>
      <Chip
        variant="outline"
        checked={search.withoutPoint ?? false}
        onChange={(on) => set({ withoutPoint: on || undefined })}
      >
        {t('list.filter.withoutPoint')}
      </Chip>
      {/* Keeps its place: coming and going, it would move the list below. */}
      <Tooltip label={t('list.filter.clear')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="input-sm"
          className={classes.clear}
          data-idle={!narrowed || undefined}
          aria-label={t('list.filter.clear')}
          onClick={() => {
            onWords('');
            onSearch({ sort: search.sort, descending: search.descending });
          }}
        >
          <IconFilterOff size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

/** The field answers to each key; the list is asked when the typing pauses. */
function WordsField({ words, onWords }: Pick<ListFiltersProps, 'words' | 'onWords'>) {
  const { t } = useTranslation('customers');
  const [typed, setTyped] = useState(words);
  const ask = useDebouncedCallback(onWords, PAUSE_MS);
  useEffect(() => setTyped(words), [words]);
  const change = (text: string) => {
    setTyped(text);
    ask(text);
  };
  return (
    <TextInput
      className={classes.words}
      aria-label={t('list.filter.text')}
      placeholder={t('list.filter.textPlaceholder')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        typed && <CloseButton size="sm" aria-label={t('list.filter.clearText')} onClick={() => change('')} />
      }
      maxLength={100}
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
