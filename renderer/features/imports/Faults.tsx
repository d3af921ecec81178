import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { faultSentence } from '../../../shared/domain/import-fault-texts';
import type { ImportFault } from '../../../shared/domain/import-faults';
import { host } from '../../app/host';
import { trpc } from '../../app/trpc';
import { DataTable } from '../../ui/DataTable';
import { useFormat } from '../../ui/format';
import { StateBadge } from '../../ui/StateBadge';
import { showError } from '../../ui/showError';

interface FaultsProps {
  importKey: string;
  faults: readonly ImportFault[];
  faultCount: number;
}

/** Every fault by row and column, and the refused rows as a file. */
export function Faults({ importKey, faults, faultCount }: FaultsProps) {
  const { t, i18n } = useTranslation('imports');
  const format = useFormat();
  const download = useMutation(
    trpc.imports.errorRows.mutationOptions({ onSuccess: (slot) => host.saveFile(slot), onError: showError }),
  );
  if (faultCount === 0)
    return (
      <div>
        <StateBadge tone="ok" label={t('faults.none')} />
      </div>
    );
  const language = i18n.language === 'en' ? 'en' : 'pl';
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {t('faults.title')}
        </Title>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate({ importKey, language })}
        >
          {t('faults.download')}
        </Button>
      </Group>
      <DataTable
        label={t('faults.label')}
        maxHeight="20rem"
        rows={faults}
        rowKey={({ row, column, code }) => `${row} ${column} ${code}`}
        empty={null}
        columns={[
          { key: 'row', header: t('faults.row'), width: 90, align: 'right', render: ({ row }) => format.count(row) },
          {
            key: 'column',
            header: t('faults.column'),
            width: 170,
            render: ({ column }) => column || t('faults.wholeRow'),
          },
          {
            key: 'reason',
            header: t('faults.reason'),
            width: 320,
            grow: 2,
            render: (fault) => <span title={faultSentence(fault, language)}>{faultSentence(fault, language)}</span>,
          },
          { key: 'value', header: t('faults.value'), width: 200, grow: 1, render: ({ value }) => value ?? '' },
        ]}
      />
      <Text size="sm" c="dimmed">
        {faultCount > faults.length &&
          `${t('faults.shown', { shown: format.count(faults.length), all: format.count(faultCount) })} `}
        {t('faults.downloadHint')}
      </Text>
    </Stack>
  );
}
