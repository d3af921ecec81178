import { Button, Code, Stack, Text, Title } from '@mantine/core';
import { IconFileUnknown, IconLock, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState';
import { errorShape } from './errorShape';
import { errorSentence } from './showError';

interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  /** Stands for the whole screen, so its sentence is the screen's title. */
  page?: boolean;
}

/** What a screen, or a part of it, shows when its data could not be read. */
export function ErrorState({ error, onRetry, page = false }: ErrorStateProps) {
  const { t } = useTranslation('ui');
  const { code, incident } = errorShape(error);
  // Asking again would answer the same: these two have no retry.
  if (code === 'NOT_ALLOWED') return <NoAccess page={page} />;
  if (code === 'NOT_FOUND') {
    return (
      <div role="alert">
        <EmptyState page={page} icon={IconFileUnknown} title={t('notFound.title')} text={t('notFound.text')} />
      </div>
    );
  }
  return (
    <Stack role="alert" align="center" gap="xs" py="xl" px="md" ta="center">
      <IconPlugConnectedX size={36} stroke={1.5} color="var(--mantine-color-error)" aria-hidden />
      {page ? (
        <Title order={1} size="h4" maw="28rem" tabIndex={-1} data-page-title>
          {errorSentence(error)}
        </Title>
      ) : (
        <Text fw={600} maw="28rem">
          {errorSentence(error)}
        </Text>
      )}
      {incident && <Code>{incident}</Code>}
      {onRetry && (
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
    </Stack>
  );
}

/** A screen, or a part of it, that does not belong to the person's role. */
export function NoAccess({ page = false }: { page?: boolean }) {
  const { t } = useTranslation('ui');
  return (
    <div role="alert">
      <EmptyState page={page} icon={IconLock} title={t('noAccess.title')} text={t('noAccess.text')} />
    </div>
  );
}
