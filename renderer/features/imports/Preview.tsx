import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CheckedImport } from '../../../shared/contract/imports';
import classes from './imports.module.css';

/** The first rows as they stand in the file, so that a person sees whether it was read rightly. */
export function Preview({ preview }: Pick<CheckedImport, 'preview'>) {
  const { t } = useTranslation('imports');
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        {t('file.preview')}
      </Title>
      <Table.ScrollContainer minWidth="100%" type="native" tabIndex={0}>
        <Table withTableBorder className={classes.preview} aria-label={t('file.preview')} verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              {preview.columns.map((name) => (
                <Table.Th key={name} scope="col">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one reading never move
              <Table.Tr key={row}>
                {preview.columns.map((name, place) => (
                  <Table.Td key={name}>{cells[place]}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed">
        {t('file.previewHint')}
      </Text>
    </Stack>
  );
}
