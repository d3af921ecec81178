import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format';
import { useMay } from '../ui/permissions';
import { trpc } from './trpc';

/** In the navigation: how many applications wait for a decision, in red when one is overdue. */
export function RegistrationCounter() {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const counters = useQuery(
    trpc.registrations.counters.queryOptions(undefined, { enabled: useMay('registrations.approve') }),
  ).data;
  if (!counters?.open) return null;
  return (
    <Badge
      size="sm"
      variant="light"
      color={counters.overdue > 0 ? 'red' : 'gray'}
      aria-label={t('registrations.waiting', { count: counters.open })}
    >
      {format.count(counters.open)}
    </Badge>
  );
}
