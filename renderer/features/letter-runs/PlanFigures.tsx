import { List, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LETTER_REFUSALS, type RunPlan } from '../../../shared/contract/letter-runs';
import { useFormat } from '../../ui/format';

/** What a run would come to: letters, messages, and who gets none and why. Absent while it is counted. */
export function PlanFigures({ plan }: { plan: RunPlan | undefined }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  if (!plan) return <Skeleton height="8.5rem" aria-busy />;
  const refusals = LETTER_REFUSALS.filter((each) => plan.refused[each]);
  const refused = refusals.reduce((all, each) => all + (plan.refused[each] ?? 0), 0);
  return (
    <Stack gap="xs" mih="8.5rem" aria-live="polite">
      <Table variant="vertical" withTableBorder layout="fixed">
        <Table.Tbody>
          {(
            [
              ['letters', plan.letters],
              ['mails', plan.mails],
              ['refused', refused],
            ] as const
          ).map(([what, count]) => (
            <Table.Tr key={what}>
              <Table.Th scope="row">{t(`start.${what}`)}</Table.Th>
              <Table.Td ta="right">{format.count(count)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {plan.letters + plan.mails === 0 && <Text fw={600}>{t('start.nothing')}</Text>}
      {refusals.length > 0 && (
        <List size="sm" c="dimmed">
          {refusals.map((each) => (
            <List.Item key={each}>
              {t(`refusal.${each}`)}: {format.count(plan.refused[each] ?? 0)}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
