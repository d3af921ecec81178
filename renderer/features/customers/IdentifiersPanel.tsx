import { Paper, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CustomerCard } from '../../../shared/contract/customers';
import { trpc } from '../../app/trpc';
import { KeyValue } from '../../ui/KeyValue';
import { MaskedValue } from '../../ui/MaskedValue';

/** Identifiers: NIP and REGON in clear, PESEL and bank account masked until somebody says why. */
export function IdentifiersPanel({ card }: { card: CustomerCard }) {
  const { t } = useTranslation('customers');
  const reveal = useMutation(trpc.customers.reveal.mutationOptions());
  const { allowed, reason } = card.abilities.reveal;
  const reasons = [
    t('identifiers.reason.identity'),
    t('identifiers.reason.request'),
    t('identifiers.reason.letter'),
    t('identifiers.reason.compare'),
  ];
  const masked = (field: 'pesel' | 'bank_account', label: string, value: string | null) => (
    <MaskedValue
      label={label}
      masked={value?.replaceAll('*', '•') ?? null}
      allowed={allowed}
      reasons={reasons}
      whyNot={t(`identifiers.notAllowed.${reason ?? 'role'}`)}
      onReveal={async (why) => (await reveal.mutateAsync({ id: card.id, field, reason: why })).value}
    />
  );
  const company = card.kind === 'company';
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="identifiers-title">
      <Title order={2} size="h4" id="identifiers-title" mb="sm">
        {t('identifiers.title')}
      </Title>
      <KeyValue
        items={[
          { label: t('identifiers.nip'), value: card.nip },
          ...(company ? [{ label: t('identifiers.regon'), value: card.regon }] : []),
          ...(company && !card.peselMasked
            ? []
            : [{ label: t('identifiers.pesel'), value: masked('pesel', t('identifiers.pesel'), card.peselMasked) }]),
          {
            label: t('identifiers.bankAccount'),
            value: masked('bank_account', t('identifiers.bankAccount'), card.bankAccountMasked),
          },
        ]}
      />
      <Text size="xs" c="dimmed" mt="sm">
        {t(allowed ? 'identifiers.source' : `identifiers.notAllowed.${reason ?? 'role'}`)}
      </Text>
    </Paper>
  );
}
