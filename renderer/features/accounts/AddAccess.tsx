import { Radio, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ACCESS_RELATIONS,
  type AccessPapers,
  type AccessRelation,
  type AccountRecord,
} from '../../../shared/contract/accounts';
import { client, trpc } from '../../app/trpc';
import { DayField } from '../../ui/DayField';
import { FormDrawer } from '../../ui/FormDrawer';
import { useAccountAct } from './useAccountAct';
import { useToday } from './useToday';

/** Lets an account see one more customer: whose, in which role, from when until when, on the ground of which paper. */
export function AddAccess({ account, onClose }: { account: AccountRecord; onClose: () => void }) {
  const { t } = useTranslation('accounts');
  const today = useToday();
  const [customerId, setCustomer] = useState<string | null>(null);
  const [relation, setRelation] = useState<AccessRelation>('holder');
  const [documentId, setDocument] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState('');
  const [tried, setTried] = useState(false);
  const { act, busy } = useAccountAct({
    send: client.accounts.addAccess.mutate,
    done: t('access.added'),
    onDone: onClose,
  });
  const validFrom = from ?? today;
  const papers = useQuery(
    trpc.accounts.papers.queryOptions(
      { id: account.id, customerId: customerId ?? '' },
      { enabled: customerId !== null },
    ),
  );
  // Only the person on the contract, in their own right, shows none; until that is known nobody passes as such.
  const needsPaper = relation !== 'holder' || papers.data?.contractPerson !== true;
  const complete = customerId !== null && validFrom !== '' && (!needsPaper || documentId !== null);
  return (
    <FormDrawer
      opened
      title={t('access.add')}
      saveLabel={t('access.add')}
      dirty={customerId !== null}
      saving={busy}
      onClose={onClose}
      onDiscard={onClose}
      onSubmit={() => {
        setTried(true);
        if (!complete) return;
        act({
          id: account.id,
          customerId,
          relation,
          documentId: needsPaper ? documentId : null,
          validFrom,
          validTo: to || null,
        });
      }}
    >
      <Stack gap="md">
        <CustomerField
          value={customerId}
          onChange={(chosen) => {
            setCustomer(chosen);
            setDocument(null);
          }}
          error={tried && !customerId ? t('required') : undefined}
        />
        <Radio.Group
          label={t('access.relation')}
          value={relation}
          onChange={(value) => setRelation(ACCESS_RELATIONS.find((each) => each === value) ?? 'holder')}
        >
          <Stack gap="xs" mt="xs">
            {ACCESS_RELATIONS.map((each) => (
              <Radio key={each} value={each} label={t(`relation.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {needsPaper && papers.data && (
          <PaperField
            documents={papers.data.documents}
            value={documentId}
            onChange={setDocument}
            error={tried && !documentId ? t('access.paperMissing') : undefined}
          />
        )}
        <DayField label={t('access.from')} required value={validFrom} onChange={setFrom} />
        <DayField label={t('access.to')} description={t('access.toHint')} clearable value={to} onChange={setTo} />
      </Stack>
    </FormDrawer>
  );
}

interface FieldProps {
  value: string | null;
  onChange: (id: string | null) => void;
  error: string | undefined;
}

/** A customer by number, name or address, as the search box finds them. */
function CustomerField({ value, onChange, error }: FieldProps) {
  const { t } = useTranslation(['accounts', 'ui']);
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const found = useQuery(
    trpc.customers.search.queryOptions(
      { text: asked },
      { enabled: asked.length >= 2, placeholderData: keepPreviousData, gcTime: 60_000 },
    ),
  );
  const hits = (found.data?.hits ?? []).filter(({ kind }) => kind === 'customer');
  return (
    <Select
      label={t('access.customer')}
      placeholder={t('access.customerHint')}
      required
      searchable
      clearable
      data-autofocus
      data={hits.map(({ id, title, subtitle }) => ({ value: id, label: `${title} · ${subtitle}` }))}
      // The server has searched: what it found is not sifted again.
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      nothingFoundMessage={asked.length >= 2 && found.isSuccess ? t('access.nobody') : t('access.customerHint')}
      clearButtonProps={{ 'aria-label': t('ui:clear') }}
      comboboxProps={{ withinPortal: false }}
      {...(error && { error })}
    />
  );
}

function PaperField({ documents, ...field }: FieldProps & { documents: AccessPapers['documents'] }) {
  const { t } = useTranslation('accounts');
  if (documents.length === 0) return <Text c="dimmed">{t('access.noPaper')}</Text>;
  return (
    <Select
      label={t('access.document')}
      description={t('access.documentHint')}
      required
      data={documents.map(({ id, title }) => ({ value: id, label: title }))}
      value={field.value}
      onChange={field.onChange}
      comboboxProps={{ withinPortal: false }}
      {...(field.error && { error: field.error })}
    />
  );
}
