import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MeterCaseRecord } from '../../../shared/contract/meter-cases';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { AnswerDue } from './CaseState';

/** Whose case it is, about which meter, and what colleagues noted. */
export function CaseFacts({ record, onEdit }: { record: MeterCaseRecord; onEdit: () => void }) {
  const { t } = useTranslation('meterCases');
  const format = useFormat();
  const { kind, role, meterId, factoryNo, closedAt, closedByName, note, abilities } = record;
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="case-facts-title">
      <Title order={2} size="h4" id="case-facts-title" mb="sm">
        {t('facts.title')}
      </Title>
      <KeyValue
        items={[
          {
            label: t('facts.customer'),
            value: (
              <AnchorLink to="/customers/$id" params={{ id: record.customerId }} search={{ tab: 'points' }}>
                {record.customerNo} {record.customerName}
              </AnchorLink>
            ),
          },
          {
            label: t('facts.place'),
            value: (
              <AnchorLink to="/premises/$id" params={{ id: record.premiseId }}>
                {record.pointCode}, {record.address}
              </AnchorLink>
            ),
          },
          {
            label: t('facts.meter'),
            value: meterId && (
              <AnchorLink to="/meters/$id" params={{ id: meterId }}>
                {factoryNo}
              </AnchorLink>
            ),
          },
          ...(role ? [{ label: t('facts.role'), value: t(`role.${role}`) }] : []),
          ...(kind === 'sub_meter' && record.place ? [{ label: t('facts.where'), value: record.place }] : []),
          ...(record.demandedBy ? [{ label: t('facts.demandedBy'), value: t(`demandedBy.${record.demandedBy}`) }] : []),
          ...(record.answerDueOn ? [{ label: t('facts.answerDueOn'), value: <AnswerDue row={record} /> }] : []),
          ...(record.result ? [{ label: t('facts.result'), value: t(`result.${record.result}`) }] : []),
          ...(record.costSide ? [{ label: t('facts.costSide'), value: t(`cost.${record.costSide}`) }] : []),
          { label: t('facts.openedOn'), value: format.date(record.openedOn) },
          {
            label: t('facts.recorded'),
            value: t('facts.byWhom', { name: record.recordedByName, at: format.dateTime(record.recordedAt) }),
          },
          ...(closedAt
            ? [
                {
                  label: t('facts.closed'),
                  value: t('facts.byWhom', { name: closedByName ?? '', at: format.dateTime(closedAt) }),
                },
              ]
            : []),
        ]}
      />
      <Group justify="space-between" mt="sm" gap="xs">
        <Text size="xs" c="dimmed" fw={600}>
          {t('facts.note')}
        </Text>
        {abilities.edit === null && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPencil size={14} aria-hidden />}
            onClick={onEdit}
          >
            {t('record.editNote')}
          </Button>
        )}
      </Group>
      <Text {...(note ? {} : { c: 'dimmed' })} style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
        {note ?? '—'}
      </Text>
    </Paper>
  );
}
