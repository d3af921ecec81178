import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useShortcut } from '../../ui/shortcuts';
import type { Neighbours } from './useWalk';

interface WalkProps {
  neighbours: Neighbours;
  /** What the two buttons say, by what kind of record it is. */
  words: { previous: string; next: string };
  /** While a form is open, single letters are not for walking. */
  editing: boolean;
}

/** To the records before and after in the list this one was opened from. */
export function Walk({ neighbours: { previous, next }, words, editing }: WalkProps) {
  useShortcut('K', words.previous, () => previous?.(), { enabled: previous !== null && !editing });
  useShortcut('J', words.next, () => next?.(), { enabled: next !== null && !editing });
  if (!previous && !next) return null;
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label={`${words.previous} (K)`}>
        <ActionIcon
          variant="default"
          size="input-sm"
          aria-label={words.previous}
          disabled={!previous}
          onClick={() => previous?.()}
        >
          <IconChevronUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${words.next} (J)`}>
        <ActionIcon variant="default" size="input-sm" aria-label={words.next} disabled={!next} onClick={() => next?.()}>
          <IconChevronDown size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
