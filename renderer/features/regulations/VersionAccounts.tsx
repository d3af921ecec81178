import { Button, Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMailCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegulationAccount, WhichAccounts } from '../../../shared/contract/regulations';
import { trpc } from '../../app/trpc';
import { AnchorLink } from '../../ui/AnchorLink';
import { EmptyState } from '../../ui/EmptyState';
import { ErrorState } from '../../ui/ErrorState';
import { useMay } from '../../ui/permissions';
import { type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { showError } from '../../ui/showError';

/** As many as travel; a longer list is cut, and says so. */
const MOST = 1000;

/** The accounts behind a number of a version, each a link to its record. */
export function VersionAccounts({ id, which }: { id: string; which: WhichAccounts }) {
  const { t } = useTranslation('regulations');
  // A notice belongs to whoever announced the version; of the others only a supervisor sends it again.
  const mayAnnounce = useMay('regulations.announce');
  const mayResend = useMay('mail.resend') && mayAnnounce;
  const list = useQuery(trpc.regulations.accounts.queryOptions({ id, which }));
  const resend = useResend();
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton height={160} />;
  const { accounts } = list.data;
  if (accounts.length === 0) {
    return <EmptyState icon={IconMailCheck} title={t(`none.${which}`)} />;
  }
  const columns: RecordColumn<RegulationAccount>[] = [
    {
      key: 'name',
      header: t('account.name'),
      render: (account) => (
        <AnchorLink to="/accounts/$id" params={{ id: account.id }}>
          {account.name}
        </AnchorLink>
      ),
    },
    { key: 'login', header: t('account.login'), render: ({ login }) => login },
    { key: 'status', header: t('account.status'), render: ({ status }) => t(`account.state.${status}`) },
    ...(which === 'undelivered'
      ? [
          {
            key: 'mail',
            header: t('account.mail'),
            render: ({ mailState }: RegulationAccount) =>
              mailState && (
                <StateBadge
                  tone={mailState === 'unsure' ? 'warn' : 'danger'}
                  label={t(`account.mailState.${mailState}`)}
                />
              ),
          },
          {
            key: 'acts',
            header: t('account.acts'),
            kind: 'code' as const,
            render: ({ mailId }: RegulationAccount) =>
              mayResend &&
              mailId && (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={resend.busy === mailId}
                  onClick={() => resend.again(mailId)}
                >
                  {t('account.resend')}
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <RecordTable
        label={t(`accounts.${which}`)}
        columns={columns}
        rows={accounts}
        rowKey={(account) => account.id}
        minWidth={520}
      />
      {accounts.length === MOST && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('cut', { count: MOST })}
        </Text>
      )}
    </>
  );
}

/** Sends a notice once more to the same address. One mail's wish keeps its request id until it was heard. */
function useResend() {
  const { t } = useTranslation('regulations');
  const queries = useQueryClient();
  const wishes = useRef(new Map<string, string>());
  const mutation = useMutation(
    trpc.mail.resend.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('account.resent'), color: 'green' });
        void queries.invalidateQueries(trpc.regulations.pathFilter());
      },
      onError: showError,
    }),
  );
  return {
    busy: mutation.isPending ? mutation.variables.id : null,
    again: (mailId: string) => {
      const requestId = wishes.current.get(mailId) ?? crypto.randomUUID();
      wishes.current.set(mailId, requestId);
      mutation.mutate({ id: mailId, requestId, to: null });
    },
  };
}
