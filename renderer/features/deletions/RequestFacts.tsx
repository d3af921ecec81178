import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeletionRecord } from '../../../shared/contract/deletions';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { useByWhom, useDueWords } from './deletionWords';

/** Who asked for what, how that was made sure, and by when. */
export function RequestFacts({ deletion }: { deletion: DeletionRecord }) {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  const due = useDueWords();
  const by = useByWhom();
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="request-title">
      <Title order={2} size="h4" id="request-title" mb="sm">
        {t('facts.title')}
      </Title>
      <KeyValue
        columns={2}
        items={[
          { label: t('facts.via'), value: t(`via.${deletion.askedVia}`) },
          { label: t('facts.askedOn'), value: format.date(deletion.askedOn) },
          { label: t('facts.recorded'), value: by(deletion.recordedByName, deletion.recordedAt) },
          {
            label: t('facts.identity'),
            value: deletion.identityMethod ? t(`identity.${deletion.identityMethod}`) : t('facts.identityNone'),
          },
          { label: t('facts.identityBy'), value: by(deletion.identityCheckedByName, deletion.identityCheckedAt) },
          { label: t('facts.dueOn'), value: due(deletion) },
          ...(deletion.keptUntil ? [{ label: t('facts.keptUntil'), value: format.date(deletion.keptUntil) }] : []),
          ...(deletion.closedAt ? [{ label: t('facts.closedAt'), value: format.dateTime(deletion.closedAt) }] : []),
        ]}
      />
      {deletion.note && (
        <>
          <Text size="xs" c="dimmed" fw={600} mt="sm">
            {t('facts.note')}
          </Text>
          <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{deletion.note}</Text>
        </>
      )}
    </Paper>
  );
}
