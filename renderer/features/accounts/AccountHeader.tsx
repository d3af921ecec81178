import { Button, Group, Menu } from '@mantine/core';
import { IconAt, IconChevronDown, IconLock, IconLockOpen, IconMailForward, IconUserX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountAct, AccountRecord } from '../../../shared/contract/accounts';
import type { Neighbours } from '../../app/lists/useWalk';
import { Walk } from '../../app/lists/Walk';
import { PresenceMark } from '../../app/presence/PresenceMark';
import { useFormat } from '../../ui/format';
import { PageHeader } from '../../ui/PageHeader';
import { AccountState } from './AccountState';
import { BlockDrawer } from './BlockDrawer';
import { EmailDrawer } from './EmailDrawer';
import { RenewActivation } from './RenewActivation';
import { UnblockDrawer } from './UnblockDrawer';

type Opened = 'block' | 'unblock' | 'email' | 'activation' | null;

interface AccountHeaderProps {
  account: AccountRecord;
  neighbours: Neighbours;
  newTask: ReactNode;
  deletion: ReactNode;
}

/** Whose account it is, its state, and what can be done with it; what cannot be done says why not. */
export function AccountHeader({ account, neighbours, newTask, deletion }: AccountHeaderProps) {
  const { t } = useTranslation('accounts');
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  const { abilities, status } = account;
  const blocked = status === 'blocked';
  return (
    <>
      <PageHeader
        title={account.displayName || t('unnamed', { id: account.id })}
        subtitle={<Subtitle account={account} />}
        badges={
          <>
            <AccountState status={status} />
            <PresenceMark record={`accounts:${account.id}`} />
          </>
        }
        actions={
          <>
            {newTask}
            <MoreActs abilities={abilities} onOpen={setOpened} />
            {deletion}
            {blocked ? (
              <Button
                leftSection={<IconLockOpen size={16} aria-hidden />}
                disabled={abilities.unblock !== null}
                onClick={() => setOpened('unblock')}
              >
                {t('act.unblock')}
              </Button>
            ) : (
              abilities.block === null && (
                <Button
                  variant="default"
                  leftSection={<IconLock size={16} aria-hidden />}
                  onClick={() => setOpened('block')}
                >
                  {t('act.block')}
                </Button>
              )
            )}
            <Walk
              neighbours={neighbours}
              words={{ previous: t('record.previous'), next: t('record.next') }}
              editing={opened !== null}
            />
          </>
        }
      />
      {opened === 'block' && <BlockDrawer account={account} onClose={close} />}
      {opened === 'unblock' && <UnblockDrawer account={account} onClose={close} />}
      {opened === 'email' && <EmailDrawer account={account} onClose={close} />}
      {opened === 'activation' && <RenewActivation account={account} onClose={close} />}
    </>
  );
}

function Subtitle({ account }: { account: AccountRecord }) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const parts = [
    account.login ? t('record.login', { login: account.login }) : t('erased'),
    account.lastSignInAt
      ? t('record.lastSignIn', { at: format.dateTime(account.lastSignInAt) })
      : t('record.neverSignedIn'),
  ];
  return <Group gap="xs">{parts.filter(Boolean).join(' · ')}</Group>;
}

const MORE = [
  { act: 'renewActivation', opens: 'activation', icon: IconMailForward },
  { act: 'changeEmail', opens: 'email', icon: IconAt },
] as const;

/** The rarer acts; one that cannot be done now stays in sight with the reason. */
function MoreActs({ abilities, onOpen }: { abilities: AccountRecord['abilities']; onOpen: (opened: Opened) => void }) {
  const { t } = useTranslation('accounts');
  return (
    <Menu position="bottom-end" width="22rem">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden />}>
          {t('act.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {MORE.map(({ act, opens, icon: IconOf }) => (
          <Menu.Item
            key={act}
            leftSection={<IconOf size={16} aria-hidden />}
            disabled={abilities[act] !== null}
            onClick={() => onOpen(opens)}
          >
            {t(`act.${act}`)}
            <WhyNot abilities={abilities} act={act} />
          </Menu.Item>
        ))}
        {abilities.delete !== null && (
          <Menu.Item leftSection={<IconUserX size={16} aria-hidden />} disabled>
            {t('act.delete')}
            <WhyNot abilities={abilities} act="delete" />
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Why an act cannot be done now; nothing when it can. */
export function WhyNot({ abilities, act }: { abilities: AccountRecord['abilities']; act: AccountAct }) {
  const { t } = useTranslation('accounts');
  const why = abilities[act];
  return why ? <small style={{ display: 'block' }}>{t(`whyNot.${why}`)}</small> : null;
}
