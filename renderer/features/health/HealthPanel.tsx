import { Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Condition } from '../../../shared/contract/health';
import { ConditionBadge } from './ConditionBadge';
import classes from './health.module.css';

interface HealthPanelProps {
  title: string;
  /** Without one the part has no verdict. */
  condition?: Condition;
  /** Says the verdict better than the common word. */
  word?: string | undefined;
  /** Takes the whole row. */
  wide?: boolean;
  children: ReactNode;
}

/** One part of the whole, with its verdict beside the title. */
export function HealthPanel({ title, condition, word, wide = false, children }: HealthPanelProps) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title} className={wide ? classes.wide : undefined}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={2} size="h5">
          {title}
        </Title>
        {condition && <ConditionBadge condition={condition} word={word} />}
      </Group>
      {children}
    </Paper>
  );
}
