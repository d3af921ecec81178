import { Button, Chip, Group, SegmentedControl } from '@mantine/core';
import { IconFileOff, IconFileText, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListCount, ListQuestion } from '../../../shared/contract/lists';
import type { RegistrationRow } from '../../../shared/contract/registrations';
import { host } from '../../app/host';
import { useListMemory } from '../../app/lists/listMemory';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { usePresenceMarks } from '../../app/presence/PresenceMark';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { exportColumns } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { readRows, usePages } from '../../ui/list/pages';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { useShortcut } from '../../ui/shortcuts';
import { NewRegistration } from './NewRegistration';
import { useRegistrationColumns } from './registrationColumns';
import {
  askDue,
  askPreset,
  type Days,
  DUES,
  type Due,
  dueAsked,
  isNarrowedFurther,
  PRESETS,
  type Preset,
  presetOf,
} from './registrationPresets';
import { registrationReader } from './registrationRows';
import type { RegistrationsSearch } from './registrationsSearch';

const OPEN = askPreset({ filters: {}, sort: { key: 'dueTo', descending: false } }, 'open');

/** The queue of applications for an account: what is due first comes first, what each still lacks is named. */
export function RegistrationsPage({ search }: { search: RegistrationsSearch }) {
  // The office's day decides what is late; it is there at once when any screen has asked before.
  const days = useQuery(trpc.registrations.counters.queryOptions()).data;
  return days ? <Queue search={search} days={days} /> : null;
}

function Queue({ search, days }: { search: RegistrationsSearch; days: Days }) {
  const { t } = useTranslation('registrations');
  const navigate = useNavigate();
  const mayCreate = useMay('registrations.create');
  const columns = useRegistrationColumns();
  const standard = useMemo(() => ({ ...standardView(columns, OPEN.sort), question: OPEN }), [columns]);
  const { at, walked, remember } = useListMemory('registrations');
  const arrangement = useSavedViews('registrations', columns, standard);
  const { view, onView, views } = arrangement;
  const [creating, setCreating] = useState(false);
  const ask = (question: ListQuestion) => onView({ ...view, question });
  useAddressed(search, arrangement, ({ show, due, create }) => {
    if (show || due) onView({ ...standard, question: askDue(askPreset(OPEN, show ?? 'open'), due ?? null, days) });
    if (create && mayCreate) setCreating(true);
  });
  const { question } = view;
  const reader = useMemo(() => registrationReader(question), [question]);
  const { sort: _, ...counted } = question;
  const total = useQuery(
    trpc.registrations.count.queryOptions({ question: counted }, { placeholderData: keepPreviousData }),
  ).data;
  // The place one left is a place in that list only.
  const place = at && walked && JSON.stringify(walked) === reader.identity ? at : null;
  const rows = usePages(reader, total, place?.index ?? 0);
  const exporting = useExport(() => ({
    list: 'registrations',
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title: t('title'),
  }));
  const mayExport = useMay('lists.startExport');
  const mark = usePresenceMarks('registrations');
  const rowBadge = useCallback((row: RegistrationRow) => mark(row.id), [mark]);
  useShortcut('N', t('new'), () => setCreating(true), { enabled: mayCreate });
  const open = (id: string) => void navigate({ to: '/registrations/$id', params: { id } });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<Count total={total} />}
        actions={
          <Can action="registrations.create">
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
              {t('new')}
            </Button>
          </Can>
        }
      />
      <Presets question={question} days={days} onAsk={ask} />
      <DataList
        label={t('title')}
        title={t('title')}
        columns={columns}
        rowKey={keyOf}
        rowLabel={labelOf}
        rows={{ ...rows, readRows: (most) => readRows(reader, most) }}
        total={total}
        view={view}
        onView={onView}
        standard={standard}
        wordsHint={t('wordsHint')}
        empty={<Empty question={question} />}
        onOpen={(row, index) => {
          remember({ walked: question, at: { key: row.id, index } });
          open(row.id);
        }}
        startAt={place}
        views={{
          ...views,
          choose: (chosen) => {
            views.choose(chosen);
            void navigate({ to: '/registrations', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        {...(mayExport ? { exporting } : {})}
        rowBadge={rowBadge}
        printer={host.print}
      />
      {creating && <NewRegistration onClose={() => setCreating(false)} onCreated={open} />}
    </>
  );
}

const keyOf = (row: RegistrationRow) => row.id;
const labelOf = (row: RegistrationRow) => `${row.number} ${row.name}`;

/** Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. */
function useAddressed(
  search: RegistrationsSearch,
  { showView }: ReturnType<typeof useSavedViews>,
  show: (search: RegistrationsSearch) => void,
) {
  const navigate = useNavigate();
  const done = useRef<RegistrationsSearch>(null);
  useEffect(() => {
    if (done.current === search) return;
    if (search.view && showView(search.view) === null) return;
    done.current = search;
    if (!search.show && !search.due && !search.create) return;
    show(search);
    void navigate({ to: '/registrations', search: {}, replace: true });
  });
}

interface PresetsProps {
  question: ListQuestion;
  days: Days;
  onAsk: (question: ListQuestion) => void;
}

/** The questions people ask most; what else narrows the list stands beside it as every list's filters do. */
function Presets({ question, days, onAsk }: PresetsProps) {
  const { t } = useTranslation('registrations');
  return (
    <Group mb="sm" gap="md">
      <SegmentedControl
        size="xs"
        aria-label={t('presets')}
        data={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
        value={presetOf(question) ?? ''}
        onChange={(value) => onAsk(askPreset(question, value as Preset))}
      />
      <Chip.Group
        value={dueAsked(question, days) ?? ''}
        onChange={(value) => onAsk(askDue(question, DUES.find((each) => each === (value as Due)) ?? null, days))}
      >
        <Group gap={6} role="radiogroup" aria-label={t('column.dueTo')}>
          {(['all', ...DUES] as const).map((value) => (
            <Chip key={value} value={value} size="xs">
              {t(`due.${value}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Group>
  );
}

function Count({ total }: { total: ListCount | undefined }) {
  const { t } = useTranslation('registrations');
  const format = useFormat();
  // A no-break space keeps the line's height while nothing is known.
  if (!total) return <span>{'\u00a0'}</span>;
  const formatted = format.count(total.count);
  return (
    <span aria-live="polite">
      {total.capped ? t('subtitle.capped', { formatted }) : t('subtitle.count', { count: total.count, formatted })}
    </span>
  );
}

function Empty({ question }: { question: ListQuestion }) {
  const { t } = useTranslation('registrations');
  return presetOf(question) === 'open' && !isNarrowedFurther(question) ? (
    <EmptyState icon={IconFileText} title={t('empty.open')} text={t('empty.openText')} />
  ) : (
    <EmptyState icon={IconFileOff} title={t('empty.filtered')} />
  );
}
