import { Button, Skeleton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Health } from '../../../shared/contract/health';
import { trpc } from '../../app/trpc';
import { ErrorState } from '../../ui/ErrorState';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { PageHeader } from '../../ui/PageHeader';
import { Nothing, RecordTable } from '../../ui/RecordTable';
import { ConditionBadge } from './ConditionBadge';
import { HealthPanel } from './HealthPanel';
import classes from './health.module.css';
import { JobTable } from './JobTable';

const REFRESH_MS = 15_000;

/** One page that says whether everything behind the desk does its work: each part with a verdict and its figures. */
export function HealthPage() {
  const { t } = useTranslation('health');
  const format = useFormat();
  const state = useQuery(trpc.health.get.queryOptions(undefined, { refetchInterval: REFRESH_MS }));
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={state.data ? t('asOf', { time: format.dateTime(state.data.now) }) : '\u00a0'}
        actions={
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={state.isRefetching}
            onClick={() => void state.refetch()}
          >
            {t('refresh')}
          </Button>
        }
      />
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.isPending && <Skeleton h="24rem" />}
      {state.data && (
        <div className={classes.grid}>
          <Server health={state.data} />
          <Sealer sealer={state.data.sealer} />
          <MailQueue mail={state.data.mail} />
          <Connections health={state.data} />
          <Mirrors mirrors={state.data.mirrors} />
          <JobTable worker={state.data.worker} now={state.data.now} />
          <Alarms alarms={state.data.alarms} />
        </div>
      )}
    </>
  );
}

function Server({ health: { server, hosts, schema, queues } }: { health: Health }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const standbyWords = ({ host, lagSeconds }: NonNullable<Health['hosts']['standby']>) =>
    lagSeconds === null ? host : t('server.standbyValue', { host, seconds: format.count(Math.ceil(lagSeconds)) });
  return (
    <HealthPanel
      title={t('server.title')}
      condition={schema.found === schema.expected ? server.condition : 'down'}
      word={server.condition === 'good' ? undefined : t('server.update')}
    >
      <KeyValue
        items={[
          { label: t('server.version'), value: server.version },
          { label: t('server.floor'), value: server.floor },
          {
            label: t('server.writable'),
            value:
              hosts.writable && hosts.count > 1
                ? t('server.ofHosts', { host: hosts.writable, hosts: hosts.count })
                : hosts.writable,
          },
          ...(hosts.standby ? [{ label: t('server.standby'), value: standbyWords(hosts.standby) }] : []),
          { label: t('server.schema'), value: t('server.schemaValue', schema) },
          { label: t('server.size'), value: `${format.count(Math.round(server.databaseBytes / 1_048_576))} MB` },
          { label: t('server.openImports'), value: format.count(queues.openImports) },
          { label: t('server.openApprovals'), value: format.count(queues.openApprovals) },
        ]}
      />
      {server.condition !== 'good' && <p className={classes.note}>{t('server.old')}</p>}
    </HealthPanel>
  );
}

function Sealer({ sealer }: { sealer: Health['sealer'] }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  return (
    <HealthPanel title={t('sealer.title')} condition={sealer.condition}>
      <KeyValue
        items={[
          { label: t('sealer.unsealed'), value: format.count(sealer.unsealed) },
          { label: t('sealer.last'), value: sealer.lastSealAt && format.dateTime(sealer.lastSealAt) },
          { label: t('sealer.anchor'), value: sealer.lastAnchorDay && format.date(sealer.lastAnchorDay) },
          { label: t('sealer.notStored'), value: format.count(sealer.anchorsNotStored) },
          { label: t('sealer.notMailed'), value: format.count(sealer.anchorsNotMailed) },
        ]}
      />
    </HealthPanel>
  );
}

function MailQueue({ mail }: { mail: Health['mail'] }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  return (
    <HealthPanel title={t('mail.title')} condition={mail.condition}>
      <KeyValue
        items={[
          { label: t('mail.waiting'), value: format.count(mail.waiting) },
          { label: t('mail.oldest'), value: mail.oldestDueAt && format.dateTime(mail.oldestDueAt) },
          { label: t('mail.held'), value: format.count(mail.held) },
          { label: t('mail.unsure'), value: format.count(mail.unsure) },
          { label: t('mail.failed'), value: format.count(mail.failed) },
        ]}
      />
    </HealthPanel>
  );
}

function Connections({ health: { connections, programs } }: { health: Health }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  return (
    <HealthPanel title={t('connections.title')} condition={connections.condition}>
      <KeyValue
        items={[
          {
            label: t('connections.staff'),
            value: t('connections.staffValue', {
              staff: format.count(connections.staff),
              persons: t('connections.persons', { count: connections.persons }),
            }),
          },
          { label: t('connections.others'), value: format.count(connections.others) },
          { label: t('connections.most'), value: format.count(connections.most) },
          ...programs.map(({ name, persons }) => ({
            label: name,
            value: t('connections.persons', { count: persons }),
          })),
        ]}
      />
    </HealthPanel>
  );
}

function Mirrors({ mirrors }: { mirrors: Health['mirrors'] }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  const late = mirrors.some(({ condition }) => condition !== 'good');
  return (
    <HealthPanel title={t('mirrors.title')} condition={late ? 'late' : 'good'}>
      {mirrors.length === 0 ? (
        <Nothing>{t('mirrors.none')}</Nothing>
      ) : (
        <KeyValue
          items={mirrors.map(({ source, at, condition }) => ({
            label: t(`mirrors.source.${source}` as 'mirrors.source.customers', { defaultValue: source }),
            value: format.dateTime(at),
            action: condition === 'good' ? undefined : <ConditionBadge condition={condition} />,
          }))}
        />
      )}
    </HealthPanel>
  );
}

function Alarms({ alarms }: { alarms: Health['alarms'] }) {
  const { t } = useTranslation('health');
  const format = useFormat();
  return (
    <HealthPanel title={t('alarms.title')} wide>
      {alarms.length === 0 ? (
        <Nothing>{t('alarms.none')}</Nothing>
      ) : (
        <RecordTable
          label={t('alarms.title')}
          minWidth={480}
          rows={alarms}
          rowKey={({ at, login, kind }) => `${at}${login}${kind}`}
          columns={[
            { key: 'at', header: t('alarms.at'), kind: 'date', render: ({ at }) => format.dateTime(at) },
            {
              key: 'kind',
              header: t('alarms.kind'),
              render: ({ kind }) => t(`alarms.kinds.${kind}` as 'alarms.kinds.card_opens', { defaultValue: kind }),
            },
            { key: 'login', header: t('alarms.login'), kind: 'code', render: ({ login }) => login },
            { key: 'detail', header: t('alarms.detail'), render: ({ detail }) => detail },
          ]}
        />
      )}
    </HealthPanel>
  );
}
