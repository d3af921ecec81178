import { Alert, Drawer, Group, Skeleton, Stack, Tabs } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Approval } from '../../../shared/contract/approvals';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { ShortcutLayer } from '../../ui/shortcuts';
import { ApprovalImpact } from './ApprovalImpact';
import { ApprovalState } from './ApprovalState';
import { ApprovalSubject } from './ApprovalSubject';
import { Decision } from './Decision';
import { useApprovalWords } from './useApprovalWords';

interface ApprovalDrawerProps {
  id: string;
  /** Another feature's part, put together in `app/routes.tsx`. */
  history: ReactNode;
  onClose: () => void;
}

/** One request: who asks for what and why, what it would touch, and the decision. */
export function ApprovalDrawer({ id, history, onClose }: ApprovalDrawerProps) {
  const { t } = useTranslation(['approvals', 'ui']);
  const words = useApprovalWords();
  const asked = useQuery(trpc.approvals.get.queryOptions({ id }));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="34rem"
      title={asked.data ? words.kind(asked.data.kind) : t('approvals:tab.request')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <ShortcutLayer>
        <Tabs defaultValue="request" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="request">{t('approvals:tab.request')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('approvals:tab.history')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="request">
            {asked.isError ? (
              <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
            ) : asked.data ? (
              <Request approval={asked.data} onDone={onClose} />
            ) : (
              <Skeleton h="16rem" />
            )}
          </Tabs.Panel>
          <Tabs.Panel value="history">{history}</Tabs.Panel>
        </Tabs>
      </ShortcutLayer>
    </Drawer>
  );
}

function Request({ approval, onDone }: { approval: Approval; onDone: () => void }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const open = approval.state === 'open';
  const decision = approval.decidedAt && `${approval.decidedByName} · ${format.dateTime(approval.decidedAt)}`;
  return (
    <Stack gap="lg">
      <Group>
        <ApprovalState approval={approval} />
      </Group>
      <KeyValue
        items={[
          { label: t('column.label'), value: <ApprovalSubject approval={approval} /> },
          {
            label: t('column.requestedBy'),
            value: `${approval.requestedByName} · ${format.dateTime(approval.requestedAt)}`,
          },
          { label: t('column.reason'), value: approval.reason },
          ...(open ? [{ label: t('column.expiresAt'), value: format.dateTime(approval.expiresAt) }] : []),
          ...(decision ? [{ label: t('column.decidedBy'), value: decision }] : []),
          ...(approval.note ? [{ label: t('noteLabel'), value: approval.note }] : []),
        ]}
      />
      {approval.changed && (
        <Alert color="yellow" p="sm" icon={<IconAlertTriangle size={18} aria-hidden />}>
          {t('changed')}
        </Alert>
      )}
      <ApprovalImpact approval={approval} />
      {open && <Decision approval={approval} onDone={onDone} />}
    </Stack>
  );
}
