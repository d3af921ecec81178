import { Select, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MappingProposal } from '../../../shared/contract/imports';
import type { BillingColumn, BillingFile } from '../../../shared/domain/billing-export';
import { type CellValue, readCell } from '../../../shared/domain/import-cells';
import { faultSentence } from '../../../shared/domain/import-fault-texts';
import { StateBadge } from '../../ui/StateBadge';
import classes from './imports.module.css';

interface MappingTableProps {
  file: BillingFile;
  columns: MappingProposal['columns'];
  /** The field of each column, in the order of the columns. */
  fields: readonly (string | null)[];
  onField: (place: number, field: string | null) => void;
}

/** Stands for no field at all; no field bears this name. */
const PASSED_OVER = '-';

/** Each column of the file with its first values, the field it is, and how those values would be read. */
export function MappingTable({ file, columns, fields, onField }: MappingTableProps) {
  const { t } = useTranslation('imports');
  const passedOver = { value: PASSED_OVER, label: t('mapping.passedOver') };
  const choices = [passedOver].concat(
    file.columns.map(({ field, name, required }) => ({
      value: field,
      label: required ? t('mapping.required', { name }) : name,
    })),
  );
  return (
    <Table.ScrollContainer minWidth={720} type="native" tabIndex={0}>
      <Table withTableBorder className={classes.preview} aria-label={t('mapping.label')} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {(['column', 'samples', 'field', 'read'] as const).map((head) => (
              <Table.Th key={head} scope="col">
                {t(`mapping.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ column, samples }, place) => (
            <Table.Tr key={column}>
              <Table.Th scope="row">{column}</Table.Th>
              <Table.Td className={classes.samples}>{samples.slice(0, 3).join(' · ')}</Table.Td>
              <Table.Td>
                <Select
                  aria-label={t('mapping.fieldOf', { column })}
                  data={choices}
                  value={fields[place] ?? PASSED_OVER}
                  onChange={(field) => onField(place, field === PASSED_OVER ? null : field)}
                  allowDeselect={false}
                  searchable
                  size="xs"
                  w="16rem"
                />
              </Table.Td>
              <Table.Td>
                <ReadAs samples={samples} column={file.columns.find(({ field }) => field === fields[place])} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The first value as the field would take it, or why it would not. */
function ReadAs({ samples, column }: { samples: readonly string[]; column: BillingColumn | undefined }) {
  const { t, i18n } = useTranslation('imports');
  const [sample] = samples;
  if (!column) return <Text c="dimmed">{t('mapping.passedOver')}</Text>;
  // A hidden value is no value to judge by.
  if (sample === undefined || sample.startsWith('•')) return <Text c="dimmed">{sample ?? t('mapping.empty')}</Text>;
  const cell = readCell(sample, column);
  if ('fault' in cell) {
    const sentence = faultSentence({ code: cell.fault }, i18n.language === 'en' ? 'en' : 'pl');
    return <StateBadge tone="warn" label={sentence} />;
  }
  return <StateBadge tone="ok" label={shown(cell.value)} />;

  function shown(value: CellValue): string {
    // The word of the file says more than what the database keeps for it.
    if (column?.kind === 'enum') return sample ?? '';
    return typeof value === 'boolean' ? t(value ? 'mapping.yes' : 'mapping.no') : (value ?? '');
  }
}
