import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { type Icon, IconPointFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './format';
import classes from './Timeline.module.css';

export interface TimelineItem {
  id: string;
  /** ISO instant, or the ISO day where no more is known. */
  at: string;
  title: ReactNode;
  /** Who did it. */
  actor?: string;
  icon?: Icon;
  body?: ReactNode;
}

interface TimelineProps {
  label: string;
  items: readonly TimelineItem[];
  loading?: boolean;
  onMore?: (() => void) | undefined;
  loadingMore?: boolean;
}

/** What happened to a record, newest first. */
export function Timeline({ label, items, loading = false, onMore, loadingMore = false }: TimelineProps) {
  const { t } = useTranslation('ui');
  const format = useFormat();
  if (loading) {
    return (
      <Stack gap="md" aria-busy>
        {[0, 1, 2].map((line) => (
          <Skeleton key={line} h="2.5rem" />
        ))}
      </Stack>
    );
  }
  if (items.length === 0) return <Text c="dimmed">{t('timeline.empty')}</Text>;
  return (
    <>
      <ol className={classes.list} aria-label={label}>
        {items.map(({ id, at, title, actor, icon: IconOf = IconPointFilled, body }) => (
          <li key={id} className={classes.item}>
            <span className={classes.mark}>
              <IconOf size={14} stroke={1.75} aria-hidden />
            </span>
            <div className={classes.words}>
              <Text fw={600} component="div">
                {title}
              </Text>
              <Text size="xs" c="dimmed">
                <time dateTime={at}>{at.length === 10 ? format.date(at) : format.dateTime(at)}</time>
                {actor && ` · ${actor}`}
              </Text>
              {body}
            </div>
          </li>
        ))}
      </ol>
      {onMore && (
        <Button variant="default" size="xs" loading={loadingMore} onClick={onMore}>
          {t('timeline.more')}
        </Button>
      )}
    </>
  );
}
