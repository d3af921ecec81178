import { Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RegistrationRecord } from '../../../shared/contract/registrations';
import { trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

/** Which of the application's own documents shows the right to act for the contract's person. */
export function ProxyDocument({ record, editable }: { record: RegistrationRecord; editable: boolean }) {
  const { t } = useTranslation(['registrations', 'ui']);
  const queries = useQueryClient();
  const list = useQuery(trpc.documents.list.queryOptions({ owner: { table: 'registrations', id: record.id } })).data;
  const name = useMutation(
    trpc.registrations.setDocument.mutationOptions({
      onSuccess: () => void queries.invalidateQueries(trpc.registrations.pathFilter()),
      onError: showError,
    }),
  );
  const documents = list?.documents.filter(({ state }) => state === 'active') ?? [];
  if (!editable) return <>{list?.documents.find(({ id }) => id === record.proxyDocumentId)?.title ?? '—'}</>;
  return (
    <Select
      size="xs"
      mt={4}
      aria-label={t('check.proxyChoose')}
      placeholder={documents.length === 0 ? t('check.proxyEmpty') : t('check.proxyChoose')}
      disabled={documents.length === 0 || name.isPending}
      clearable
      clearButtonProps={{ 'aria-label': t('ui:clear') }}
      data={documents.map(({ id, title }) => ({ value: id, label: title }))}
      value={record.proxyDocumentId}
      onChange={(documentId) => name.mutate({ id: record.id, documentId, requestId: crypto.randomUUID() })}
    />
  );
}
