import { Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RegistrationRecord } from '../../../shared/contract/registrations';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';

/** What the applicant wrote, as it stands after corrections. */
export function ApplicantPanel({ record }: { record: RegistrationRecord }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  const house = [record.houseNo, record.flatNo].filter(Boolean).join('/');
  const place = [record.postalCode, record.city].filter(Boolean).join(' ');
  const address = [[record.street, house].filter(Boolean).join(' '), place].filter(Boolean).join(', ');
  const invoice =
    record.invoiceNoGiven && record.invoiceGrossGiven
      ? t('applicant.invoiceOf', { no: record.invoiceNoGiven, gross: format.money(BigInt(record.invoiceGrossGiven)) })
      : record.invoiceNoGiven;
  const paper = record.channel === 'paper' || record.channel === 'post';
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="applicant-title">
      <Title order={2} size="h4" id="applicant-title" mb="sm">
        {t('applicant.title')}
      </Title>
      <KeyValue
        items={[
          { label: t('applicant.name'), value: record.name },
          { label: t('form.relation'), value: t(`relation.${record.relation}`) },
          { label: t('form.email'), value: record.email },
          { label: t('form.phone'), value: record.phone },
          { label: t('form.customerNoGiven'), value: record.customerNoGiven },
          { label: t('applicant.invoice'), value: invoice },
          { label: t('applicant.address'), value: address },
          { label: t('form.regulationVersionId'), value: record.regulationLabel },
          ...(paper ? [{ label: t('applicant.original'), value: record.originalPlace }] : []),
          {
            label: t('applicant.recorded'),
            value: `${format.dateTime(record.recordedAt)}, ${record.recordedByName === 'ibok_portal' ? t('channel.web') : record.recordedByName}`,
          },
          { label: t('applicant.note'), value: record.note },
        ]}
      />
    </Paper>
  );
}
