import { Alert, Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { UndoImportResult } from '../../../shared/contract/imports';
import { useFormat } from '../../ui/format';

/** An import that cannot be taken back, and why. */
export type Refusal = Extract<UndoImportResult, { status: 'refused' }> & { importId: string };

interface UndoObstaclesProps {
  refusal: Refusal;
  onClose: () => void;
}

/** Why an import cannot be taken back: which rows, whose change, or what now stands on them. */
export function UndoObstacles({ refusal, onClose }: UndoObstaclesProps) {
  const { t } = useTranslation(['imports', 'audit']);
  const { t: ui } = useTranslation('ui');
  const format = useFormat();
  const { importId, count, changedSince } = refusal;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('imports:obstacles.title', { id: importId })}
      closeButtonProps={{ 'aria-label': ui('close') }}
    >
      <Stack gap="sm">
        <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {t('imports:obstacles.text')}
        </Alert>
        <Table.ScrollContainer minWidth={480} maxHeight="24rem" type="native" tabIndex={0}>
          <Table withTableBorder verticalSpacing={4} aria-label={t('imports:obstacles.label')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('imports:obstacles.row')}</Table.Th>
                <Table.Th scope="col">{t('imports:obstacles.why')}</Table.Th>
                <Table.Th scope="col">{t('imports:obstacles.who')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {changedSince.map((one) => (
                <Table.Tr key={`${one.subject} ${one.reason} ${one.field}`}>
                  <Table.Td>{one.label || one.subject}</Table.Td>
                  <Table.Td>{why(t, one)}</Table.Td>
                  <Table.Td>{one.login}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {count > changedSince.length && (
          <Text size="sm" c="dimmed">
            {t('imports:obstacles.shown', { shown: format.count(changedSince.length), all: format.count(count) })}
          </Text>
        )}
        <Group justify="flex-end">
          <Button data-autofocus onClick={onClose}>
            {ui('close')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The reason with the catalogue's word for the field or table; a stored name without a word shows as it is. */
function why(t: TFunction<['imports', 'audit']>, { reason, field }: Refusal['changedSince'][number]): string {
  const word = t as unknown as (key: string, options: object) => string;
  if (reason === 'changed') {
    return t('imports:obstacles.changed', { field: word(`audit:field.${field}`, { defaultValue: field }) });
  }
  return t('imports:obstacles.used', { what: word(`audit:table.${field}`, { defaultValue: field }) });
}
