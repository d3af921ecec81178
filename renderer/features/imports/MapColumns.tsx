import { Alert, Button, Group, Loader, Select, Stack, Text, Title } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckImportInput, MappingProposal } from '../../../shared/contract/imports';
import { BILLING_FILES, type BillingFileKey } from '../../../shared/domain/billing-export';
import { trpc } from '../../app/trpc';
import { useDraft } from '../../ui/drafts';
import { showError } from '../../ui/showError';
import { MappingTable } from './MappingTable';

interface MapColumnsProps {
  importKey: string;
  onMapped: (input: CheckImportInput) => void;
  onCancel: () => void;
}

/** Says what each column of a foreign file is: proposed by its name, or as the person chose for the same header before. */
export function MapColumns({ importKey, onMapped, onCancel }: MapColumnsProps) {
  const { t } = useTranslation('imports');
  const { mutate, data } = useMutation(trpc.imports.mapping.mutationOptions({ onError: showError }));
  useEffect(() => mutate({ importKey }), [mutate, importKey]);
  if (!data) return <Loader size="sm" aria-label={t('mapping.loading')} />;
  return (
    <MappingForm
      // Another kind of file is another question.
      key={data.kind}
      proposal={data}
      onKind={(kind) => mutate({ importKey, kind })}
      onMapped={onMapped}
      onCancel={onCancel}
    />
  );
}

interface MappingFormProps extends Omit<MapColumnsProps, 'importKey'> {
  proposal: MappingProposal;
  onKind: (kind: BillingFileKey) => void;
}

function MappingForm({ proposal, onKind, onMapped, onCancel }: MappingFormProps) {
  const { t } = useTranslation('imports');
  const { importKey, kind, fileName, columns, remembered } = proposal;
  const [fields, setFields] = useState<(string | null)[]>(columns.map(({ field }) => field));
  const proposed = JSON.stringify(columns.map(({ field }) => field));
  const names = columns.map(({ column }) => column);
  const draft = useDraft(
    'imports.mapping',
    { kind, names, fields },
    {
      dirty: JSON.stringify(fields) !== proposed,
      // Another file's columns are another question.
      onRestore: (kept) => {
        if (kept.kind === kind && JSON.stringify(kept.names) === JSON.stringify(names)) setFields(kept.fields);
      },
    },
  );
  const file = BILLING_FILES.find(({ key }) => key === kind);
  if (!file || !draft.ready) return null;
  const missing = file.columns.filter(({ required, field }) => required && !fields.includes(field));
  const mapping = columns.map(({ column }, place) => ({ column, field: fields[place] ?? null }));
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={2} size="h4">
            {t('mapping.title')}
          </Title>
          <Text>{fileName}</Text>
        </div>
        <Select
          label={t('mapping.kind')}
          data={BILLING_FILES.map(({ key }) => ({ value: key, label: t(`kind.${key}`) }))}
          value={kind}
          onChange={(value) => value && onKind(value as BillingFileKey)}
          allowDeselect={false}
          w="16rem"
        />
      </Group>
      {remembered && (
        <Alert color="ibok" icon={<IconHistory size={18} aria-hidden />}>
          {t('mapping.remembered')}
        </Alert>
      )}
      <MappingTable
        file={file}
        columns={columns}
        fields={fields}
        onField={(place, field) =>
          // A field is one column's: chosen here, it leaves the column it was given to before.
          setFields(fields.map((known, at) => (at === place ? field : known === field ? null : known)))
        }
      />
      <Text size="sm" c={missing.length > 0 ? 'red' : 'dimmed'} role="status">
        {missing.length > 0
          ? t('mapping.missing', { names: missing.map(({ name }) => name).join(', ') })
          : t('mapping.hint')}
      </Text>
      <Group>
        <Button
          disabled={missing.length > 0}
          onClick={() => void draft.discard().then(() => onMapped({ importKey, kind, mapping }))}
        >
          {t('mapping.check')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('mapping.back')}
        </Button>
      </Group>
    </Stack>
  );
}
