import { Button } from '@mantine/core';
import { IconGaugeOff, IconPlus, IconReplace } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ExchangeKind } from '../../../shared/contract/exchanges';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';

/** What can be done with a meter at a point: exchange or remove one that hangs, put in one that does not. */
export function MeterActs({ meterId }: { meterId: string }) {
  const { t } = useTranslation('exchanges');
  const navigate = useNavigate();
  // Known to the screen around it already.
  const status = useQuery(trpc.meters.get.queryOptions({ id: meterId })).data?.status;
  const go = (kind: ExchangeKind) => void navigate({ to: '/exchange/new', search: { meter: meterId, kind } });
  if (status === undefined || status === 'scrapped' || status === 'lost') return null;
  return (
    <Can action="exchanges.record">
      {status === 'installed' ? (
        <>
          <Button variant="default" leftSection={<IconGaugeOff size={16} aria-hidden />} onClick={() => go('removal')}>
            {t('meterActs.remove')}
          </Button>
          <Button leftSection={<IconReplace size={16} aria-hidden />} onClick={() => go('exchange')}>
            {t('meterActs.exchange')}
          </Button>
        </>
      ) : (
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go('installation')}>
          {t('meterActs.install')}
        </Button>
      )}
    </Can>
  );
}
