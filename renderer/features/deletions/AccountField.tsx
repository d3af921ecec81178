import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';

/** Up to so many accounts are offered; more words find fewer. */
const MOST = 20;

export interface ChosenAccount {
  id: string;
  login: string;
}

interface AccountFieldProps {
  value: ChosenAccount | null;
  onChange: (account: ChosenAccount | null) => void;
  error: string | null;
}

/** Finds an account by login, name or address; only those that are not being deleted already. */
export function AccountField({ value, onChange, error }: AccountFieldProps) {
  const { t } = useTranslation('deletions');
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words.trim(), 150);
  const found = useQuery(
    trpc.accounts.list.queryOptions(
      {
        question: {
          ...(asked && asked !== value?.login ? { words: asked } : {}),
          filters: { status: { is: 'oneOf', values: ['pending', 'active', 'blocked'] } },
          sort: { key: 'login', descending: false },
        },
        limit: MOST,
      },
      { placeholderData: keepPreviousData },
    ),
  );
  const accounts = (found.data?.rows ?? []).flatMap(({ id, login, firstName, lastName }) =>
    login === null ? [] : [{ value: id, label: login, description: [lastName, firstName].filter(Boolean).join(' ') }],
  );
  const offered =
    value && !accounts.some((each) => each.value === value.id)
      ? [...accounts, { value: value.id, label: value.login, description: '' }]
      : accounts;
  return (
    <Select
      label={t('form.account')}
      description={t('form.accountHint')}
      required
      searchable
      data-autofocus
      data={offered}
      // The server has found them; words may stand in the name or the address.
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const account = offered.find((each) => each.value === option.value);
        return account?.description ? `${account.label} · ${account.description}` : option.label;
      }}
      searchValue={words}
      onSearchChange={setWords}
      value={value?.id ?? null}
      onChange={(id) => {
        const account = offered.find((each) => each.value === id);
        onChange(account ? { id: account.value, login: account.label } : null);
      }}
      nothingFoundMessage={found.isFetching ? undefined : t('form.accountNone')}
      comboboxProps={{ withinPortal: false }}
      error={error}
    />
  );
}
