import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconFileAlert, IconFileCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountConsent, AccountRecord, RegulationState } from '../../../shared/contract/accounts';
import { useFormat } from '../../ui/format';
import { Nothing, type RecordColumn, RecordTable } from '../../ui/RecordTable';
import { StateBadge } from '../../ui/StateBadge';
import { actorName } from './AccountNotice';
import { type Declaration, DeclareDrawer } from './DeclareDrawer';

/** Versions of the regulations with who accepted them how, and the consents beside them, each given and revoked by date. */
export function DeclarationsTab({ account }: { account: AccountRecord }) {
  const [declaring, setDeclaring] = useState<Declaration | null>(null);
  return (
    <Stack gap="md">
      <Regulations account={account} onDeclare={setDeclaring} />
      <Consents account={account} onDeclare={setDeclaring} />
      {declaring && <DeclareDrawer account={account} wanted={declaring} onClose={() => setDeclaring(null)} />}
    </Stack>
  );
}

interface PartProps {
  account: AccountRecord;
  onDeclare: (wanted: Declaration) => void;
}

function Regulations({ account, onDeclare }: PartProps) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const may = account.abilities.declare === null;
  const columns: RecordColumn<RegulationState>[] = [
    { key: 'label', header: t('regulation.version'), render: (row) => row.label },
    {
      key: 'effective',
      header: t('regulation.effective'),
      kind: 'date',
      render: (row) => format.date(row.effectiveOn),
    },
    { key: 'force', header: t('regulation.force'), render: (row) => t(`regulation.is.${row.inForce}`) },
    {
      key: 'accepted',
      header: t('regulation.accepted'),
      render: (row) => {
        if (row.acceptedAt) {
          const label = t('regulation.acceptedAt', {
            at: format.dateTime(row.acceptedAt),
            channel: row.channel ? t(`channel.${row.channel}`) : '',
          });
          return <StateBadge tone="ok" icon={IconFileCheck} label={label} />;
        }
        if (row.inForce === 'now') return <StateBadge tone="warn" icon={IconFileAlert} label={t('mustAccept')} />;
        return <Nothing>{t('regulation.notAccepted')}</Nothing>;
      },
    },
    {
      key: 'act',
      header: t('regulation.act'),
      render: (row) =>
        row.acceptedAt || row.inForce === 'past' ? (
          <Nothing />
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            disabled={!may}
            aria-label={t('regulation.recordOf', { version: row.label })}
            onClick={() => onDeclare({ what: 'regulations', versionId: row.versionId, label: row.label })}
          >
            {t('regulation.record')}
          </Button>
        ),
    },
  ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="regulations-title">
      <Title order={2} size="h4" id="regulations-title" mb="sm">
        {t('regulation.title')}
      </Title>
      {account.regulations.length === 0 ? (
        <Text c="dimmed">{t('regulation.none')}</Text>
      ) : (
        <RecordTable
          label={t('regulation.title')}
          columns={columns}
          rows={account.regulations}
          rowKey={(row) => row.versionId}
          minWidth={720}
        />
      )}
    </Paper>
  );
}

function Consents({ account, onDeclare }: PartProps) {
  const { t } = useTranslation('accounts');
  const format = useFormat();
  const may = account.abilities.declare === null;
  const stands = account.consents.some(({ kind, revokedAt }) => kind === 'e_invoice' && revokedAt === null);
  const how = (at: string, channel: string, by: string) =>
    `${format.dateTime(at)} · ${t(`channel.${channel as 'web'}`)} · ${actorName(t, by)}`;
  const columns: RecordColumn<AccountConsent>[] = [
    { key: 'kind', header: t('consent.kind'), render: (row) => t(`consent.is.${row.kind}`) },
    { key: 'given', header: t('consent.given'), render: (row) => how(row.givenAt, row.givenChannel, row.givenBy) },
    {
      key: 'revoked',
      header: t('consent.revoked'),
      render: (row) =>
        row.revokedAt && row.revokedChannel ? (
          how(row.revokedAt, row.revokedChannel, row.revokedBy ?? '')
        ) : (
          <StateBadge tone="ok" label={t('consent.stands')} />
        ),
    },
  ];
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="consents-title">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4" id="consents-title">
          {t('consent.title')}
        </Title>
        <Button
          size="xs"
          variant="default"
          disabled={!may}
          onClick={() => onDeclare({ what: 'consent', kind: 'e_invoice', given: !stands })}
        >
          {t(stands ? 'consent.revoke' : 'consent.give')}
        </Button>
      </Group>
      {account.consents.length === 0 ? (
        <Text c="dimmed">{t('consent.none')}</Text>
      ) : (
        <RecordTable
          label={t('consent.title')}
          columns={columns}
          rows={account.consents}
          rowKey={(row) => row.id}
          minWidth={720}
        />
      )}
    </Paper>
  );
}
