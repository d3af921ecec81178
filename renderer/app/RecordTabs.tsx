import { ActionIcon, Menu } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  type Icon,
  IconBuildingCommunity,
  IconChevronDown,
  IconClipboardCheck,
  IconExternalLink,
  IconFileText,
  IconGauge,
  IconReplace,
  IconUser,
  IconUserCircle,
  IconUserX,
  IconX,
} from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcut } from '../ui/shortcuts';
import { host } from './host';
import classes from './RecordTabs.module.css';
import { closeRecord, type OpenRecord, type RecordKind, recordOf, useRecords } from './records';
import { queryClient } from './trpc';

const ICONS: Record<RecordKind, Icon> = {
  customers: IconUser,
  premises: IconBuildingCommunity,
  meters: IconGauge,
  registrations: IconFileText,
  accounts: IconUserCircle,
  deletions: IconUserX,
  exchanges: IconReplace,
  'meter-cases': IconClipboardCheck,
};

/** Where a record's name is found: the query that loads it, and the field that names it. */
const NAMED_BY: Record<RecordKind, { path: readonly [string, string]; field: string }> = {
  customers: { path: ['customers', 'card'], field: 'displayName' },
  premises: { path: ['customers', 'premise'], field: 'address' },
  meters: { path: ['meters', 'get'], field: 'factoryNo' },
  accounts: { path: ['accounts', 'get'], field: 'displayName' },
  registrations: { path: ['registrations', 'get'], field: 'name' },
  deletions: { path: ['deletions', 'get'], field: 'number' },
  exchanges: { path: ['exchanges', 'get'], field: 'address' },
  'meter-cases': { path: ['meterCases', 'get'], field: 'number' },
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
  return <Tabs records={records} shown={shown} onClose={close} />;
}

/** Narrowest tab whose name can be read, and the room of the menu for the others; in rem. */
const NARROWEST = 9;
const MENU_ROOM = 4.5;

interface TabsProps {
  records: readonly OpenRecord[];
  shown: OpenRecord | null;
  onClose: (record: OpenRecord) => void;
}

/** As many tabs as can be read; the others in a menu. The one on screen always has its tab. */
function Tabs({ records, shown, onClose }: TabsProps) {
  const { t } = useTranslation('shell');
  const { ref, width } = useElementSize<HTMLElement>();
  const isShown = ({ kind, id }: OpenRecord) => shown?.kind === kind && shown.id === id;
  const fit = tabsThatFit(records.length, width);
  const first = records.slice(0, fit);
  const late = records.slice(fit).find(isShown);
  const inRow = late ? [...first.slice(0, -1), late] : first;
  const inMenu = records.filter((record) => !inRow.includes(record));
  return (
    <nav ref={ref} aria-label={t('tabs.label')} className={classes.tabs}>
      <ul className={classes.list}>
        {inRow.map((record) => (
          <Tab key={keyOf(record)} record={record} active={isShown(record)} onClose={() => onClose(record)} />
        ))}
        {inMenu.length > 0 && (
          <li className={classes.rest}>
            <Menu position="bottom-end" withinPortal>
              <Menu.Target>
                <button type="button" className={classes.more} aria-label={t('tabs.more', { count: inMenu.length })}>
                  +{inMenu.length}
                  <IconChevronDown size={14} aria-hidden />
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                {inMenu.map((record) => (
                  <MenuTab key={keyOf(record)} record={record} />
                ))}
              </Menu.Dropdown>
            </Menu>
          </li>
        )}
      </ul>
    </nav>
  );
}

const keyOf = ({ kind, id }: OpenRecord) => `${kind}-${id}`;

/** All of them while the width is not known. */
function tabsThatFit(count: number, width: number): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (width === 0 || count * NARROWEST * rem <= width) return count;
  return Math.max(1, Math.floor((width - MENU_ROOM * rem) / (NARROWEST * rem)));
}

function MenuTab({ record }: { record: OpenRecord }) {
  const { kind, id } = record;
  const IconOf = ICONS[kind];
  return (
    <Menu.Item
      component={Link}
      to={`/${kind}/$id`}
      params={{ id } as never}
      leftSection={<IconOf size={16} stroke={1.6} aria-hidden />}
    >
      {useName(record)}
    </Menu.Item>
  );
}

/** The record's name as far as this session has read it, else its kind and key. */
function useName(record: OpenRecord): string {
  const { t } = useTranslation('shell');
  const name = useSyncExternalStore(
    (listener) => queryClient.getQueryCache().subscribe(listener),
    () => nameOf(record),
  );
  return name ?? `${t(`tabs.unnamed.${record.kind}`)} ${record.id}`;
}

function Tab({ record, active, onClose }: { record: OpenRecord; active: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell');
  const { kind, id } = record;
  const word = useName(record);
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
