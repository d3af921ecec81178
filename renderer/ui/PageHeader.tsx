import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: ReactNode;
  /** One line under the title: number, address, count. */
  subtitle?: ReactNode;
  /** States and alerts beside the title. */
  badges?: ReactNode;
  /** Acts at the right; the primary one last. */
  actions?: ReactNode;
}

/** Head of every screen: what it is, its state, and its acts always at the same place. */
export function PageHeader({ title, subtitle, badges, actions }: PageHeaderProps) {
  return (
    <Group justify="space-between" align="flex-start" wrap="wrap" gap="sm" mb="md" mih="2.75rem">
      {/* A long name breaks in its own room: the acts stay where they always are. */}
      <div style={{ minWidth: 0, flex: '1 1 20rem' }}>
        <Group gap="sm" wrap="wrap">
          {/* Focus lands here after a change of screen, so that a screen reader says where one is. */}
          <Title order={1} size="h2" tabIndex={-1} data-page-title>
            {title}
          </Title>
          {badges}
        </Group>
        {subtitle && (
          <Text component="div" c="dimmed">
            {subtitle}
          </Text>
        )}
      </div>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
