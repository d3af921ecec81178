import { Alert, Button, Drawer, Group, Stack, Tabs, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileTypePdf, IconInfoCircle, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RegulationVersion } from '../../../shared/contract/regulations';
import { VersionPreview } from '../../app/preview/VersionPreview';
import { client, trpc } from '../../app/trpc';
import { useFormat } from '../../ui/format';
import { KeyValue } from '../../ui/KeyValue';
import { useMay } from '../../ui/permissions';
import { StateBadge } from '../../ui/StateBadge';
import { ShortcutLayer } from '../../ui/shortcuts';
import { showError } from '../../ui/showError';
import { MoveVersion } from './MoveVersion';
import { VersionAccounts } from './VersionAccounts';
import { STATE_TONES, versionState } from './versionState';

interface VersionDrawerProps {
  version: RegulationVersion;
  today: string;
  /** First day a version announced today may take effect on. */
  earliest: string;
  history: (id: string) => ReactNode;
  onClose: () => void;
}

/** One version: its text, its notices, who accepted it. */
export function VersionDrawer({ version, today, earliest, history, onClose }: VersionDrawerProps) {
  const { t } = useTranslation('regulations');
  // What stands over the drawer: Esc closes that, and not both.
  const [over, setOver] = useState<'reading' | 'moving' | null>(null);
  const state = versionState(version, today, earliest);
  const mayAccounts = useMay('regulations.accounts');
  return (
    <Drawer
      opened
      onClose={onClose}
      closeOnEscape={over === null}
      position="right"
      size="min(48rem, 92vw)"
      title={<Text fw={650}>{version.label}</Text>}
      closeButtonProps={{ 'aria-label': t('close', { ns: 'ui' }) }}
    >
      <ShortcutLayer>
        <Stack gap="md">
          <Group justify="space-between">
            <StateBadge tone={STATE_TONES[state]} label={t(`state.${state}`)} />
            {version.file && (
              <Button
                variant="default"
                leftSection={<IconFileTypePdf size={16} aria-hidden />}
                onClick={() => setOver('reading')}
              >
                {t('read')}
              </Button>
            )}
          </Group>
          <VersionActs version={version} state={state} earliest={earliest} onMove={() => setOver('moving')} />
          <Tabs defaultValue="facts" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="facts">{t('tab.facts')}</Tabs.Tab>
              {mayAccounts && (
                <>
                  <Tabs.Tab value="undelivered">{t('tab.undelivered', { count: version.undelivered })}</Tabs.Tab>
                  <Tabs.Tab value="missing">
                    {t('tab.missing', { count: version.accounts - version.accepted })}
                  </Tabs.Tab>
                </>
              )}
              <Tabs.Tab value="history">{t('tab.history')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="facts">
              <Facts version={version} />
            </Tabs.Panel>
            <Tabs.Panel value="undelivered">
              <VersionAccounts id={version.id} which="undelivered" />
            </Tabs.Panel>
            <Tabs.Panel value="missing">
              <VersionAccounts id={version.id} which="missing" />
            </Tabs.Panel>
            <Tabs.Panel value="history">{history(version.id)}</Tabs.Panel>
          </Tabs>
        </Stack>
      </ShortcutLayer>
      {over === 'reading' && <ReadVersion version={version} onClose={() => setOver(null)} />}
      {over === 'moving' && <MoveVersion version={version} earliest={earliest} onClose={() => setOver(null)} />}
    </Drawer>
  );
}

function Facts({ version }: { version: RegulationVersion }) {
  const { t } = useTranslation('regulations');
  const format = useFormat();
  const { effectiveOn, recordedAt, recordedByName, announcedAt, announcedByName, summary } = version;
  const { told, waiting, undelivered, left, accepted, accounts } = version;
  const act = (at: string, by: string | null) => [format.dateTime(at), by].filter(Boolean).join(', ');
  return (
    <KeyValue
      items={[
        { label: t('column.effectiveOn'), value: format.date(effectiveOn) },
        { label: t('fact.recorded'), value: act(recordedAt, recordedByName) },
        { label: t('column.announcedAt'), value: announcedAt && act(announcedAt, announcedByName) },
        ...(announcedAt
          ? [
              {
                label: t('fact.notices'),
                value: t('fact.noticesValue', {
                  told: format.count(told),
                  waiting: format.count(waiting),
                  undelivered: format.count(undelivered),
                }),
              },
            ]
          : []),
        ...(left > 0 ? [{ label: t('fact.left'), value: format.count(left) }] : []),
        {
          label: t('column.accepted'),
          value: t('ofAccounts', { done: format.count(accepted), of: format.count(accounts) }),
        },
        { label: t('add.summary'), value: summary && <Text style={{ whiteSpace: 'pre-line' }}>{summary}</Text> },
      ]}
    />
  );
}

interface VersionActsProps {
  version: RegulationVersion;
  state: ReturnType<typeof versionState>;
  earliest: string;
  onMove: () => void;
}

/** Telling the accounts, or putting a day right that came too near. */
function VersionActs({ version, state, earliest, onMove }: VersionActsProps) {
  const { t } = useTranslation('regulations');
  const format = useFormat();
  const queries = useQueryClient();
  const mayAnnounce = useMay('regulations.announce');
  const announce = useMutation(
    trpc.regulations.announce.mutationOptions({
      onSuccess: ({ done }) => {
        notifications.show({ message: t('announce.done', { count: done }), color: 'green' });
      },
      onError: showError,
      onSettled: () => queries.invalidateQueries(trpc.regulations.pathFilter()),
    }),
  );
  if (!mayAnnounce || state === 'inForce' || state === 'past') return null;
  if (state === 'announced' && version.left === 0) return null;
  // Where nobody has an account yet, nobody has to be told in time.
  const inTime = version.accounts === 0 || version.effectiveOn >= earliest;
  return (
    <Alert color={inTime ? 'blue' : 'red'} icon={<IconInfoCircle size={18} aria-hidden />}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {inTime
            ? t(state === 'announced' ? 'announce.rest' : 'announce.text')
            : t('announce.late', { day: format.date(earliest) })}
        </Text>
        <Group gap="xs">
          {inTime && version.file && (version.left > 0 || !version.announcedAt) && (
            <Button
              leftSection={<IconSend size={16} aria-hidden />}
              loading={announce.isPending}
              onClick={() => announce.mutate({ id: version.id })}
            >
              {version.left > 0
                ? t('announce.act', { count: version.left, formatted: format.count(version.left) })
                : t('announce.nobody')}
            </Button>
          )}
          {!version.announcedAt && (
            <Button variant="default" onClick={onMove}>
              {t('move.act')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}

function ReadVersion({ version, onClose }: { version: RegulationVersion; onClose: () => void }) {
  const { id, label, file } = version;
  if (!file) return null;
  return (
    <VersionPreview
      title={label}
      version={{ id: file.versionId, fileName: file.fileName, mime: 'application/pdf', size: file.size }}
      source={() => client.regulations.open.mutate({ id })}
      onClose={onClose}
    />
  );
}
