import { ActionIcon } from '@mantine/core';
import { type Icon, IconBuildingCommunity, IconExternalLink, IconGauge, IconUser, IconX } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../ui/shortcuts';
import { host } from './host';
import classes from './RecordTabs.module.css';
import { closeRecord, type OpenRecord, type RecordKind, recordOf, useRecords } from './records';
import { queryClient } from './trpc';

const ICONS: Record<RecordKind, Icon> = { customers: IconUser, premises: IconBuildingCommunity, meters: IconGauge };

/** Where a record's name is found: the query that loads it, and the field that names it. */
const NAMED_BY: Record<RecordKind, { path: readonly [string, string]; field: string }> = {
  customers: { path: ['customers', 'card'], field: 'displayName' },
  premises: { path: ['customers', 'premise'], field: 'address' },
  meters: { path: ['meters', 'get'], field: 'factoryNo' },
};

/** The open records as tabs of links; names come from what this session has already read, and from nowhere else. */
export function RecordTabs({ path }: { path: string }) {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const records = useRecords();
  const shown = recordOf(path);

  function close(record: OpenRecord) {
    const next = closeRecord(record);
    if (shown?.kind !== record.kind || shown.id !== record.id) return;
    void (next ? navigate({ to: `/${next.kind}/$id`, params: { id: next.id } }) : navigate({ to: '/' }));
  }
  useShortcut('Alt+W', t('tabs.closeShown'), () => shown && close(shown), { enabled: shown !== null });

  if (records.length === 0) return null;
  return (
    <nav aria-label={t('tabs.label')} className={classes.tabs}>
      <ul className={classes.list}>
        {records.map((record) => {
          const active = shown?.kind === record.kind && shown.id === record.id;
          return (
            <Tab key={`${record.kind}-${record.id}`} record={record} active={active} onClose={() => close(record)} />
          );
        })}
      </ul>
    </nav>
  );
}

function Tab({ record, active, onClose }: { record: OpenRecord; active: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell');
  const { kind, id } = record;
  const name = useSyncExternalStore(
    (listener) => queryClient.getQueryCache().subscribe(listener),
    () => nameOf(record),
  );
  const word = name ?? t(`tabs.unnamed.${kind}`, { id });
  const IconOf = ICONS[kind];
  return (
    <li className={classes.tab} data-active={active || undefined}>
      <Link
        to={`/${kind}/$id`}
        params={{ id }}
        className={classes.link}
        aria-current={active ? 'page' : undefined}
        title={word}
      >
        <IconOf size={15} stroke={1.6} aria-hidden className={classes.icon} />
        <span className={classes.word}>{word}</span>
      </Link>
      {active && (
        <ActionIcon
          size="xs"
          aria-label={t('command.ownWindow')}
          title={t('command.ownWindow')}
          onClick={() => void host.openWindow(`/${kind}/${id}`)}
        >
          <IconExternalLink size={13} aria-hidden />
        </ActionIcon>
      )}
      <ActionIcon size="xs" aria-label={t('tabs.close', { name: word })} onClick={onClose}>
        <IconX size={13} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** The record's name in the query cache, whatever else its query was asked for. */
function nameOf({ kind, id }: OpenRecord): string | null {
  const { path, field } = NAMED_BY[kind];
  for (const query of queryClient.getQueryCache().findAll({ queryKey: [path] })) {
    const [, options] = query.queryKey as [unknown, { input?: { id?: string } }?];
    const name = (query.state.data as Record<string, unknown> | undefined)?.[field];
    if (options?.input?.id === id && typeof name === 'string') return name;
  }
  return null;
}
