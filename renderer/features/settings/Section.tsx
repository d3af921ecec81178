import { Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A group of settings with its name and what it is for. */
export function Section({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2} size="h4" mb={text ? 4 : 'sm'}>
        {title}
      </Title>
      {text && (
        <Text c="dimmed" mb="sm">
          {text}
        </Text>
      )}
      {children}
    </Paper>
  );
}
