import { Button, Chip, Group, SegmentedControl } from '@mantine/core';
import { IconFileOff, IconFileText, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { RegistrationRow } from '../../../shared/contract/registrations';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { usePresenceMarks } from '../../app/presence/PresenceMark';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
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
import { REGISTRATIONS } from './registrationRows';
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
  const arrangement = useSavedViews('registrations', columns, standard);
  const { view, onView } = arrangement;
  const [creating, setCreating] = useState(false);
  const ask = (question: ListQuestion) => onView({ ...view, question });
  useAddressed(search, arrangement, ({ show, due, create }) => {
    if (!show && !due && !create) return;
    if (show || due) onView({ ...standard, question: askDue(askPreset(OPEN, show ?? 'open'), due ?? null, days) });
    if (create && mayCreate) setCreating(true);
    void navigate({ to: '/registrations', search: {}, replace: true });
  });
  const { question } = view;
  const { total, leave, list } = useServerList(REGISTRATIONS, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/registrations', search: chosen, replace: true }),
  });
  const mark = usePresenceMarks('registrations');
  const rowBadge = useCallback((row: RegistrationRow) => mark(row.id), [mark]);
  useShortcut('N', t('new'), () => setCreating(true), { enabled: mayCreate });
  const open = (id: string) => void navigate({ to: '/registrations/$id', params: { id } });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<ListTotal total={total} words={(counted) => t('subtitle.count', counted)} />}
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
        {...list}
        label={t('title')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        empty={<Empty question={question} />}
        onOpen={(row, index) => {
          leave(row, index);
          open(row.id);
        }}
        rowBadge={rowBadge}
      />
      {creating && <NewRegistration onClose={() => setCreating(false)} onCreated={open} />}
    </>
  );
}

const labelOf = (row: RegistrationRow) => `${row.number} ${row.name}`;

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

function Empty({ question }: { question: ListQuestion }) {
  const { t } = useTranslation('registrations');
  return presetOf(question) === 'open' && !isNarrowedFurther(question) ? (
    <EmptyState icon={IconFileText} title={t('empty.open')} text={t('empty.openText')} />
  ) : (
    <EmptyState icon={IconFileOff} title={t('empty.filtered')} />
  );
}
