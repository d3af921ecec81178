import { Group, Select, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CheckedImport } from '../../../shared/contract/imports';
import { BILLING_ENCODINGS, type BillingEncoding } from '../../../shared/domain/billing-export';
import { useFormat } from '../../ui/format';

interface FileSummaryProps {
  checked: CheckedImport;
  onEncoding: (encoding: BillingEncoding) => void;
  /** While it runs nothing can be chosen any more. */
  fixed: boolean;
}

const ENCODING_NAMES: Record<BillingEncoding, string> = { 'utf-8': 'UTF-8', 'windows-1250': 'Windows-1250' };

/** Which file it is, what it holds, and how its letters were read. */
export function FileSummary({ checked, onEncoding, fixed }: FileSummaryProps) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { fileName, kind, rows, encoding } = checked;
  return (
    <Group align="flex-end" justify="space-between" gap="lg">
      <div>
        <Text fw={600}>{fileName}</Text>
        <Text>
          {t(`kind.${kind}`)} · {t('file.rows', { count: rows, formatted: format.count(rows) })}
        </Text>
      </div>
      <Select
        label={t('file.encoding')}
        data={BILLING_ENCODINGS.map((value) => ({ value, label: ENCODING_NAMES[value] }))}
        value={encoding}
        onChange={(value) => value && value !== encoding && onEncoding(value as BillingEncoding)}
        allowDeselect={false}
        disabled={fixed}
        w="12rem"
      />
    </Group>
  );
}
