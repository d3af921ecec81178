import { IconEye, IconPencil } from '@tabler/icons-react';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Presence } from '../../../shared/contract/presence';
import { StateBadge } from '../../ui/StateBadge';
import { useOthers } from './usePresence';

/** "Anna edytuje" beside a record: whoever edits is named before whoever only reads. */
export function PresenceMark({ record }: { record: string }) {
  return <Mark here={useOthers().filter((other) => other.record === record)} />;
}

/** The marks of a list's rows, from one question for all of them. */
export function usePresenceMarks(table: string): (id: string) => ReactNode {
  const others = useOthers();
  const byRecord = useMemo(() => Map.groupBy(others, ({ record }) => record), [others]);
  return useCallback(
    (id) => {
      const here = byRecord.get(`${table}:${id}`);
      return here ? <Mark here={here} /> : null;
    },
    [byRecord, table],
  );
}

function Mark({ here }: { here: readonly Presence[] }) {
  const { t } = useTranslation('ui');
  const [first] = here;
  if (!first) return null;
  const words = t(first.editing ? 'presence.edits' : 'presence.reads', { name: first.displayName ?? first.login });
  const more = here.length > 1 ? ` ${t('presence.more', { count: here.length - 1 })}` : '';
  return (
    <StateBadge
      tone={first.editing ? 'warn' : 'neutral'}
      icon={first.editing ? IconPencil : IconEye}
      label={`${words}${more}`}
    />
  );
}
