import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Grey lines where text will stand, so that nothing jumps when it comes. */
export function LinesSkeleton({ lines }: { lines: number }) {
  const { t } = useTranslation('ui');
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <Skeleton key={line} height={18} width={`${90 - ((line * 17) % 45)}%`} />
      ))}
    </Stack>
  );
}
