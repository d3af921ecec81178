import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import i18next from 'i18next';
import { errorShape } from './errorShape';

/** The sentence for an error in the person's language. */
export function errorSentence(error: unknown): string {
  const { code, details } = errorShape(error);
  return i18next.t(code, { ns: 'errors', ...details });
}

/** Says in a notification what went wrong; a bug also shows the incident id that stands in the log. */
export function showError(error: unknown): void {
  const { code, incident } = errorShape(error);
  notifications.show({
    // One message per cause: a burst of failed requests is one thing to read.
    id: `error-${code}`,
    color: 'red',
    role: 'alert',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    autoClose: code === 'INTERNAL' ? false : 8000,
    message: (
      <>
        {errorSentence(error)}
        {incident && (
          <Text size="xs" mt={4}>
            {i18next.t('incident', { ns: 'ui', incident })}
          </Text>
        )}
      </>
    ),
  });
}
