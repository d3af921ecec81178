import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Room of the chart and of the first lines of the table, so that nothing jumps. */
export function ReadingsSkeleton() {
  const { t } = useTranslation('ui');
  return (
    <Stack gap="md" role="status" aria-label={t('loading')}>
      <Skeleton height="18rem" />
      <Skeleton height="12rem" />
    </Stack>
  );
}
