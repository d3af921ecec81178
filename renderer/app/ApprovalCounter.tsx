import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format';
import { useMay } from '../ui/permissions';
import { trpc } from './trpc';

/** In the navigation: how many requests wait for this person's decision. */
export function ApprovalCounter() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const counters = useQuery(
    trpc.approvals.counters.queryOptions(undefined, { enabled: useMay('approvals.counters') }),
  ).data;
  if (!counters?.waiting) return null;
  return (
    <Badge size="sm" variant="light" color="gray" aria-label={t('approvals.waiting', { count: counters.waiting })}>
      {format.count(counters.waiting)}
    </Badge>
  );
}
