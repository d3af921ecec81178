import { Button, Skeleton, Stack } from '@mantine/core';
import { IconMapSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ExchangePlace } from '../../../shared/contract/exchanges';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { PageHeader } from '../../ui/PageHeader';
import { ExchangeForm } from './ExchangeForm';
import type { NewExchangeSearch } from './exchangesSearch';
import { PlaceFinder } from './PlaceFinder';

/** The guided act: first the place, then all of it on one page. */
export function NewExchange({ search }: { search: NewExchangeSearch }) {
  const { t } = useTranslation('exchanges');
  const navigate = useNavigate();
  const { kind, ...from } = search;
  // The place as it is when one begins: what a colleague does meanwhile, the answer to saving says.
  const started = useQuery(
    trpc.exchanges.start.queryOptions(beginOf(from), {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnMount: 'always',
    }),
  );
  if (started.isError) return <ErrorState page error={started.error} onRetry={() => void started.refetch()} />;
  const place = started.data?.place;
  return (
    <>
      <PageHeader
        title={t('new')}
        subtitle={place ? <Place place={place} /> : t('finder.subtitle')}
        actions={
          place && (
            <Button
              variant="default"
              leftSection={<IconMapSearch size={16} aria-hidden />}
              onClick={() => void navigate({ to: '/exchange/new', search: {} })}
            >
              {t('form.otherPlace')}
            </Button>
          )
        }
      />
      {!started.data ? (
        <Stack gap="md" aria-busy>
          <Skeleton height="16rem" />
          <Skeleton height="8rem" />
        </Stack>
      ) : place ? (
        <ExchangeForm
          key={`${place.pointId} ${started.data.installationId} ${started.data.orderId}`}
          started={started.data}
          place={place}
          kind={kind}
        />
      ) : (
        <PlaceFinder
          onFound={({ pointId, installationId }) =>
            void navigate({
              to: '/exchange/new',
              search: {
                ...(installationId ? { installation: installationId } : { point: pointId }),
                meter: search.meter,
              },
            })
          }
        />
      )}
    </>
  );
}

/** One place to begin from, and the meter that was chosen before it. */
function beginOf({ meter, ...from }: Omit<NewExchangeSearch, 'kind'>) {
  const named = Object.entries(from).find(([, value]) => value !== undefined);
  if (!named) return meter ? { meter } : {};
  return { [named[0]]: named[1], ...(meter && { fresh: meter }) };
}

function Place({ place: { pointCode, address, customerNo, customerName, route } }: { place: ExchangePlace }) {
  const { t } = useTranslation('exchanges');
  return [
    address,
    pointCode,
    customerNo ? `${customerNo} ${customerName}` : t('form.nobody'),
    route && t('form.route', { route }),
  ]
    .filter(Boolean)
    .join(' · ');
}
