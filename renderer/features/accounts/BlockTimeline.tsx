import { Paper, Text, Title } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AccountBlock } from '../../../shared/contract/accounts';
import { Timeline, type TimelineItem } from '../../ui/Timeline';
import { actorName } from './AccountNotice';

/** Every block of the account with its reason and its end, newest first. */
export function BlockTimeline({ blocks }: { blocks: readonly AccountBlock[] }) {
  const { t } = useTranslation('accounts');
  const items = blocks.flatMap(
    ({ id, reason, note, at, by, unblockedAt, unblockedBy, unblockNote }): TimelineItem[] => {
      const body = (text: string | null) => (text ? { body: <Text size="sm">{text}</Text> } : {});
      const begin = {
        id: `${id}-begin`,
        at,
        title: t('timeline.blocked', { reason: t(`reason.${reason}`) }),
        actor: actorName(t, by),
        icon: IconLock,
        ...body(note),
      };
      if (!unblockedAt) return [begin];
      const end = {
        id: `${id}-end`,
        at: unblockedAt,
        title: t('timeline.unblocked'),
        actor: actorName(t, unblockedBy ?? ''),
        icon: IconLockOpen,
        ...body(unblockNote),
      };
      return [end, begin];
    },
  );
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="blocks-title">
      <Title order={2} size="h4" id="blocks-title" mb="sm">
        {t('timeline.title')}
      </Title>
      {items.length === 0 ? (
        <Text c="dimmed">{t('timeline.none')}</Text>
      ) : (
        <Timeline label={t('timeline.title')} items={items} />
      )}
    </Paper>
  );
}
