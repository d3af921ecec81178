import { Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountRecord } from '../../../shared/contract/accounts';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { AccessPanel } from './AccessPanel';

/** Who signs in, and whose data they see. */
export function DataTab({ account }: { account: AccountRecord }) {
  return (
    <Stack gap="md">
      <Holder account={account} />
      <AccessPanel account={account} />
    </Stack>
  );
}

function Holder({ account }: { account: AccountRecord }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const { registration, activation, newEmail, emailExpiresAt } = account;
  const at = (instant: string | null) => instant && format.dateTime(instant);
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="holder-title">
      <Title order={2} size="h4" id="holder-title" mb="sm">
        {t('holder.title')}
      </Title>
      <KeyValue
        columns={2}
        items={[
          { label: t('column.login'), value: account.login },
          { label: t('holder.name'), value: account.displayName },
          {
            label: t('column.email'),
            value: (
              <>
                {account.email}
                {newEmail && (
                  <Text size="xs" c="dimmed">
                    {emailExpiresAt
                      ? t('holder.newEmail', { email: newEmail, until: format.dateTime(emailExpiresAt) })
                      : t('holder.newEmailExpired', { email: newEmail })}
                  </Text>
                )}
              </>
            ),
          },
          { label: t('holder.phone'), value: account.phone },
          { label: t('column.createdAt'), value: at(account.createdAt) },
          { label: t('column.activatedAt'), value: at(account.activatedAt) },
          {
            label: t('holder.registration'),
            value: (
              <AnchorLink underline="always" to="/registrations/$id" params={{ id: registration.id }}>
                {t('holder.registrationOf', {
                  day: format.date(registration.receivedOn),
                  channel: t(`channel.${registration.channel}`),
                })}
              </AnchorLink>
            ),
          },
          {
            label: t('holder.activation'),
            value: t(`activation.${activation.state}`, {
              at: at(activation.at) ?? '',
              until: at(activation.expiresAt) ?? '',
            }),
          },
          {
            label: t('holder.signIns'),
            value: t('holder.signInsValue', { sessions: account.openSessions, failed: account.failedSignIns }),
          },
        ]}
      />
    </Paper>
  );
}
