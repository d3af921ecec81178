import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { VerifiedChain } from '../../../shared/contract/audit';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { Anchors } from './Anchors';
import { CompareAnchor } from './CompareAnchor';

/** The seals: verified when somebody asks for it, and their anchors outside. */
export function SealsTab() {
  const { t } = useTranslation('journal');
  const verify = useMutation(trpc.audit.verify.mutationOptions());
  return (
    <Stack gap="lg" maw="60rem">
      <Text>{t('seals.intro')}</Text>
      <div>
        <Button
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t('seals.verify')}
        </Button>
      </div>
      <div role="status" aria-live="polite">
        {verify.isPending && <Text c="dimmed">{t('seals.verifying')}</Text>}
        {verify.isError && <ErrorState error={verify.error} />}
        {verify.data && <Verdict chain={verify.data} />}
      </div>
      <Anchors />
      <CompareAnchor />
    </Stack>
  );
}

function Verdict({ chain }: { chain: VerifiedChain }) {
  const { t } = useTranslation('journal');
  const format = useFormat();
  const { firstBad } = chain;
  if (firstBad) {
    return (
      <Alert color="red" icon={<IconShieldX aria-hidden />} title={t('seals.bad')}>
        {t(`seals.problem.${firstBad.problem}`, {
          first: firstBad.firstEvent,
          last: firstBad.lastEvent,
          event: firstBad.event,
        })}
      </Alert>
    );
  }
  return (
    <Alert color="green" icon={<IconShieldCheck aria-hidden />} title={t('seals.good')}>
      {t('seals.goodText', {
        events: format.count(chain.events),
        seals: format.count(chain.seals),
        unsealed: format.count(chain.unsealed),
        seconds: format.decimal(String(chain.seconds)),
      })}
    </Alert>
  );
}
