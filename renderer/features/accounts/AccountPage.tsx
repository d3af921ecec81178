import { Skeleton, Stack, Tabs } from '@mantine/core';
import { IconHistory, IconId, IconLogin, IconMailOpened, IconSignature, IconUserEdit } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountRecord } from '../../../shared/contract/accounts';
import { useWalk } from '../../app/lists/useWalk';
import { usePresence } from '../../app/presence/usePresence';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { AccountHeader } from './AccountHeader';
import { AccountNotice } from './AccountNotice';
import { ACCOUNT_TABS, type AccountSearch, type AccountTab, accountSearch } from './accountsSearch';
import { BlockTimeline } from './BlockTimeline';
import { ChangesTab } from './ChangesTab';
import { DataTab } from './DataTab';
import { DeclarationsTab } from './DeclarationsTab';
import { ACCOUNTS } from './lists';
import { SignInsTab } from './SignInsTab';

const ICONS = {
  data: IconId,
  declarations: IconSignature,
  signIns: IconLogin,
  changes: IconUserEdit,
  letters: IconMailOpened,
  history: IconHistory,
};

interface AccountPageProps {
  id: string;
  search: AccountSearch;
  /** Parts that other features bring: put together in `app/routes.tsx`. */
  documents: ReactNode;
  letters: ReactNode;
  history: ReactNode;
  /** The act that makes a task about the account, whose name it shows. */
  newTask: (name: string) => ReactNode;
  /** The act that asks for the account's deletion. */
  deletion: (account: AccountRecord) => ReactNode;
}

/** Everything about an account of the portal: who, whose data, declarations, sign-ins, wanted changes, what happened. */
export function AccountPage(props: AccountPageProps) {
  const { id, search, documents, letters, history, newTask, deletion } = props;
  const { t } = useTranslation('accounts');
  const navigate = useNavigate();
  const show = (other: string) =>
    void navigate({
      to: '/accounts/$id',
      params: { id: other },
      search: ({ tab }) => ({ tab: accountSearch.parse({ tab }).tab }),
      replace: true,
    });
  const neighbours = useWalk({ list: 'accounts', kind: 'accounts', id, readerOf: ACCOUNTS.readerOf, show });
  usePresence(`accounts:${id}`, false);
  const account = useQuery(trpc.accounts.get.queryOptions({ id }));
  if (account.isError) return <ErrorState page error={account.error} onRetry={() => void account.refetch()} />;
  if (account.isPending) return <AccountSkeleton />;
  const { data } = account;
  return (
    <>
      <AccountHeader
        account={data}
        neighbours={neighbours}
        newTask={newTask(data.displayName || t('unnamed', { id }))}
        deletion={deletion(data)}
      />
      <AccountNotice account={data} />
      <Tabs
        value={search.tab ?? 'data'}
        onChange={(next) =>
          void navigate({
            to: '/accounts/$id',
            params: { id },
            search: { tab: next === 'data' ? undefined : (next as AccountTab) },
            replace: true,
          })
        }
        keepMounted={false}
      >
        <Tabs.List aria-label={t('record.tabs')} mb="md">
          {ACCOUNT_TABS.map((each) => {
            const IconOf = ICONS[each];
            const waiting = each === 'changes' && data.openDataChanges > 0 ? ` (${data.openDataChanges})` : '';
            return (
              <Tabs.Tab key={each} value={each} leftSection={<IconOf size={16} stroke={1.75} aria-hidden />}>
                {t(`record.tab.${each}`)}
                {waiting}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value="data">
          <DataTab account={data} />
        </Tabs.Panel>
        <Tabs.Panel value="declarations">
          <DeclarationsTab account={data} />
        </Tabs.Panel>
        <Tabs.Panel value="signIns">
          <SignInsTab account={data} />
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <ChangesTab accountId={id} />
        </Tabs.Panel>
        <Tabs.Panel value="letters">
          <Stack gap="lg">
            {letters}
            {documents}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <Stack gap="md">
            <BlockTimeline blocks={data.blocks} />
            {history}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function AccountSkeleton() {
  return (
    <Stack gap="md">
      <Skeleton height={32} width="24rem" maw="100%" />
      <Skeleton height="10rem" />
      <Skeleton height="8rem" />
    </Stack>
  );
}
