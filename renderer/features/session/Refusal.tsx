import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorShape } from '../../ui/errorShape';
import { errorSentence } from '../../ui/showError';

/** Why signing in did not work, where the person is looking. */
export function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation('ui');
  if (!error) return null;
  const { incident } = errorShape(error);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle size={18} aria-hidden />} p="xs">
      {errorSentence(error)}
      {incident && <Text size="xs">{t('incident', { incident })}</Text>}
    </Alert>
  );
}
