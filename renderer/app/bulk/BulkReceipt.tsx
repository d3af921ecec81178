import { Button, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkRecord } from '../../../shared/contract/lists';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { errorSentence } from '../../ui/showError';
import { trpc } from '../trpc';
import classes from './bulk.module.css';
import { outcomeWords } from './outcomeWords';

const OUTCOMES = ['changed', 'same', 'refused'] as const;

/** What came of every row of an act, by outcome; the refused ones first where there are any. */
export function BulkReceipt({ record: { id, act, counts } }: { record: BulkRecord }) {
  const { t } = useTranslation('lists');
  const format = useFormat();
  const present = OUTCOMES.filter((each) => counts[each] > 0);
  const [chosen, setChosen] = useState<(typeof OUTCOMES)[number]>();
  const outcome = chosen ?? (counts.refused > 0 ? 'refused' : present[0]);
  const receipt = useInfiniteQuery(
    trpc.bulk.receipt.infiniteQueryOptions(
      { bulkId: id, ...(outcome && { outcome }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, enabled: outcome !== undefined },
    ),
  );
  if (!outcome) return null;
  if (receipt.isError) return <ErrorState error={receipt.error} onRetry={() => void receipt.refetch()} />;
  const rows = receipt.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        {t('bulk.receipt')}
      </Text>
      {present.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('bulk.receipt')}
          value={outcome}
          onChange={(next) => setChosen(next as (typeof OUTCOMES)[number])}
          data={present.map((each) => ({
            value: each,
            label: `${t(`bulk.${outcomeWords(act)}.${each}`)}: ${format.count(counts[each])}`,
          }))}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys as well */}
      <ul className={classes.receipt} aria-label={t(`bulk.${outcomeWords(act)}.${outcome}`)} tabIndex={0}>
        {rows.map((row) => (
          <li key={row.id}>
            {row.label}
            {row.error && (
              <Text size="xs" c="dimmed">
                {errorSentence({ data: { app: { code: row.error } } })}
              </Text>
            )}
          </li>
        ))}
      </ul>
      {receipt.hasNextPage && (
        <Button
          size="xs"
          variant="default"
          loading={receipt.isFetchingNextPage}
          onClick={() => void receipt.fetchNextPage()}
        >
          {t('bulk.receiptMore')}
        </Button>
      )}
    </Stack>
  );
}
