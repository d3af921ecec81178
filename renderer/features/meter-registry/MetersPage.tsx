import { Group, SegmentedControl } from '@mantine/core';
import { IconGauge, IconGaugeOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeterRow } from '../../../shared/contract/meter-registry';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { selectionOf } from '../../ui/list/selection';
import { useChosen } from '../../ui/list/useChosen';
import { isNarrowed, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import type { ChosenMeters } from './chosenMeters';
import { useRegistryColumns } from './registryColumns';
import { askPreset, PRESETS, type Preset, presetOf } from './registryPresets';
import { METERS } from './registryRows';
import type { MetersSearch } from './registrySearch';

const SHOWN = [
  'factoryNo',
  'id',
  'validUntil',
  'status',
  'ownerKind',
  'acceptedOn',
  'maker',
  'model',
  'dn',
  'q3',
  'role',
  'address',
  'route',
];
const SORT = { key: 'factoryNo', descending: false } as const;

interface MetersPageProps {
  search: MetersSearch;
  /** What can be done from here with no meter chosen, such as accepting new ones. */
  actions?: ReactNode;
  /** What can be done with the chosen meters, such as labels for them. */
  acts?: (chosen: ChosenMeters) => ReactNode;
}

/** The register: every meter the office knows, in stock, built in or gone. */
export function MetersPage({ search, actions, acts }: MetersPageProps) {
  const { t } = useTranslation('registry');
  const navigate = useNavigate();
  const columns = useRegistryColumns(SHOWN);
  const standard = useMemo(() => standardView(columns, SORT), [columns]);
  const arrangement = useSavedViews('meters', columns, standard);
  const { view, onView } = arrangement;
  const { question } = view;
  useAddressed(search, arrangement, ({ show }) => {
    if (!show) return;
    onView({ ...standard, question: askPreset(standard.question, show) });
    void navigate({ to: '/meters', search: {}, replace: true });
  });
  const choosing = useChosen(JSON.stringify([question.words, question.filters]));
  const selection = useMemo(() => selectionOf(choosing.chosen, question), [choosing.chosen, question]);
  const { total, leave, list } = useServerList(METERS, arrangement, {
    columns,
    standard,
    title: t('title'),
    selection,
    onAddress: (chosen) => void navigate({ to: '/meters', search: chosen, replace: true }),
  });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />}
        actions={actions}
      />
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('presets')}
          data={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
          value={presetOf(question) ?? ''}
          onChange={(value) => onView({ ...view, question: askPreset(question, value as Preset) })}
        />
      </Group>
      <DataList
        {...list}
        label={t('title')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        empty={<Empty narrowed={isNarrowed(question)} />}
        onOpen={(row, index) => {
          leave(row, index);
          void navigate({ to: '/meters/$id', params: { id: row.id } });
        }}
        choosing={{
          ...choosing,
          acts: selection && acts?.({ selection, chosen: choosing.chosen, total, onDone: choosing.clear }),
        }}
      />
    </>
  );
}

const labelOf = ({ factoryNo, id }: MeterRow) => `${factoryNo} ${id}`;

function Empty({ narrowed }: { narrowed: boolean }) {
  const { t } = useTranslation('registry');
  return narrowed ? (
    <EmptyState icon={IconGaugeOff} title={t('empty.noneTitle')} text={t('empty.noneText')} />
  ) : (
    <EmptyState icon={IconGauge} title={t('empty.title')} text={t('empty.text')} />
  );
}
