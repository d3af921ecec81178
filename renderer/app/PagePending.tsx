import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The outline of a screen whose code is still being read. */
export function PagePending() {
  const { t } = useTranslation('ui');
  return (
    <Stack gap="md" role="status" aria-label={t('loading')}>
      <Skeleton h="1.75rem" w="16rem" maw="60%" />
      <Skeleton h="1rem" w="24rem" maw="80%" />
      <Skeleton h="18rem" />
    </Stack>
  );
}
