import { Stack, Text, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: Icon;
  title: string;
  /** What belongs here and how it gets here. */
  text?: string;
  /** The first act a person can take. */
  action?: ReactNode;
  /** Stands for the whole screen, so its title is the screen's. */
  page?: boolean;
}

/** What a screen shows when there is nothing to show. */
export function EmptyState({ icon: IconOf, title, text, action, page = false }: EmptyStateProps) {
  return (
    <Stack align="center" justify="center" gap="xs" py="xl" px="md" ta="center">
      <IconOf size={36} stroke={1.5} color="var(--mantine-color-dimmed)" aria-hidden />
      <Title order={page ? 1 : 2} size="h4" {...(page ? { tabIndex: -1, 'data-page-title': true } : {})}>
        {title}
      </Title>
      {text && (
        <Text c="dimmed" maw="28rem">
          {text}
        </Text>
      )}
      {action}
    </Stack>
  );
}
