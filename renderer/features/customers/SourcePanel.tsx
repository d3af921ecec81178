import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomerCard } from '../../../shared/contract/customers';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';

/** What billing says of the customer, and how old that is. */
export function SourcePanel({ card }: { card: CustomerCard }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const name =
    card.kind === 'company'
      ? [{ label: t('source.companyName'), value: card.companyName }]
      : [
          { label: t('source.lastName'), value: card.lastName },
          { label: t('source.firstName'), value: card.firstName },
        ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="source-title">
      <Title order={2} size="h4" id="source-title" mb="sm">
        {t('source.title')}
      </Title>
      <KeyValue
        items={[
          { label: t('source.kind'), value: t(`kind.${card.kind}`) },
          ...name,
          ...(card.deceasedOn ? [{ label: t('source.deceasedOn'), value: format.date(card.deceasedOn) }] : []),
          {
            label: t('source.sourceUpdatedAt'),
            value: card.sourceUpdatedAt ? (
              format.dateTime(card.sourceUpdatedAt)
            ) : (
              <Text c="dimmed">{t('source.never')}</Text>
            ),
          },
          { label: t('source.updatedAt'), value: format.dateTime(card.updatedAt) },
        ]}
      />
    </Paper>
  );
}
