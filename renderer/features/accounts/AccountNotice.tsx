import { Alert, List, Text } from '@mantine/core';
import { IconHourglass, IconLock, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AccountRecord } from '../../../shared/contract/accounts';
import { AnchorLink } from '../../ui/AnchorLink';
import { useFormat } from '../../ui/format';

/** What has to be known before one does anything: why it waits, why it is blocked, where its deletion stands. */
export function AccountNotice({ account }: { account: AccountRecord }) {
  const { status } = account;
  if (status === 'pending') return <Waiting account={account} />;
  if (status === 'blocked') return <Blocked account={account} />;
  if (status === 'deleting' || status === 'deleted') return <Leaving account={account} />;
  return null;
}

function Waiting({ account: { missing, activation } }: { account: AccountRecord }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  return (
    <Alert
      variant="light"
      color="blue"
      mb="md"
      p="sm"
      icon={<IconHourglass size={18} aria-hidden />}
      title={t('waiting.title')}
    >
      <List size="sm">
        {missing.map((each) => (
          <List.Item key={each}>{t(`waiting.${each}`)}</List.Item>
        ))}
        <List.Item>
          {t(`activation.${activation.state}`, {
            at: activation.at ? format.dateTime(activation.at) : '',
            until: activation.expiresAt ? format.dateTime(activation.expiresAt) : '',
          })}
        </List.Item>
      </List>
    </Alert>
  );
}

function Blocked({ account: { abilities, blocks } }: { account: AccountRecord }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const [block] = blocks;
  if (!block) return null;
  const why = abilities.unblock;
  return (
    <Alert variant="light" color="red" mb="md" p="sm" icon={<IconLock size={18} aria-hidden />}>
      <Text fw={600}>
        {t('blockedSince', {
          at: format.dateTime(block.at),
          by: actorName(t, block.by),
          reason: t(`reason.${block.reason}`),
        })}
      </Text>
      {block.note && <Text>{block.note}</Text>}
      {why && <Text>{t('cannotUnblock', { why: t(`whyNot.${why}`) })}</Text>}
    </Alert>
  );
}

function Leaving({ account }: { account: AccountRecord }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const { status, deletionId, deletedAt } = account;
  return (
    <Alert variant="light" color="yellow" mb="md" p="sm" icon={<IconTrash size={18} aria-hidden />}>
      {status === 'deleted' && deletedAt ? t('deletedAt', { at: format.dateTime(deletedAt) }) : t('leaving')}{' '}
      {deletionId && (
        <AnchorLink underline="always" to="/deletions/$id" params={{ id: deletionId }}>
          {t('openDeletion')}
        </AnchorLink>
      )}
    </Alert>
  );
}

/** A person's name, or what the portal and the worker are called. */
export function actorName(t: (key: 'actor.portal' | 'actor.worker') => string, by: string): string {
  if (by === 'ibok_portal') return t('actor.portal');
  return by === 'ibok_worker' ? t('actor.worker') : by;
}
