import { Alert, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MailDetail } from '../../../shared/contract/mail';
import { trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';

interface ResendFormProps {
  mail: MailDetail;
  onDone: (id: string) => void;
  onCancel: () => void;
}

/** Sends a copy as a new message; to another address where nothing secret is in it. */
export function ResendForm({ mail, onDone, onCancel }: ResendFormProps) {
  const { t } = useTranslation(['mail', 'ui']);
  const queries = useQueryClient();
  const [to, setTo] = useState(mail.to ?? '');
  const [requestId] = useState(() => crypto.randomUUID());
  const resend = useMutation(
    trpc.mail.resend.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries(trpc.mail.pathFilter());
        onDone(id);
      },
      onError: showError,
    }),
  );
  const other = to.trim() !== '' && to.trim() !== mail.to;
  return (
    <Paper
      withBorder
      p="md"
      component="form"
      aria-label={t('resendForm.title')}
      onSubmit={(event) => {
        event.preventDefault();
        // Another address is another wish, and so another act.
        resend.mutate({
          id: mail.id,
          requestId: other ? crypto.randomUUID() : requestId,
          to: other ? to.trim() : null,
        });
      }}
    >
      <Stack gap="sm">
        <Title order={3} size="h6">
          {t('resendForm.title')}
        </Title>
        {mail.state === 'unsure' && (
          <Alert color="yellow" icon={<IconAlertTriangle size={18} aria-hidden />} p="xs">
            {t('resendForm.unsure')}
          </Alert>
        )}
        {mail.abilities.redirect ? (
          <TextInput
            label={t('resendForm.to')}
            type="email"
            maxLength={200}
            required
            data-autofocus
            autoComplete="off"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('resendForm.fixed')}
          </Text>
        )}
        <Group gap="xs">
          <Button type="submit" loading={resend.isPending} leftSection={<IconSend size={16} aria-hidden />}>
            {t('resendForm.send')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('ui:cancel')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
