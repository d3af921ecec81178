import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconGaugeOff, IconReplace } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangeRow } from '../../../shared/contract/exchanges';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { useShortcut } from '../../ui/shortcuts';
import { useExchangeColumns } from './exchangeColumns';
import { askPreset, PRESETS, type Preset, presetOf } from './exchangePresets';
import { EXCHANGES } from './exchangeRows';
import type { ExchangesSearch } from './exchangesSearch';

const STANDING = askPreset({ filters: {}, sort: { key: 'doneOn', descending: true } }, 'standing');

/** Exchanges, installations and removals of meters, the newest first. */
export function ExchangesPage({ search }: { search: ExchangesSearch }) {
  const { t } = useTranslation('exchanges');
  const navigate = useNavigate();
  const mayRecord = useMay('exchanges.record');
  const columns = useExchangeColumns();
  const standard = useMemo(() => ({ ...standardView(columns, STANDING.sort), question: STANDING }), [columns]);
  const arrangement = useSavedViews('exchanges', columns, standard);
  const { view, onView } = arrangement;
  useAddressed(search, arrangement, ({ show }) => {
    if (!show) return;
    onView({ ...standard, question: askPreset(STANDING, show) });
    void navigate({ to: '/exchanges', search: {}, replace: true });
  });
  const { total, leave, list } = useServerList(EXCHANGES, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/exchanges', search: chosen, replace: true }),
  });
  const begin = () => void navigate({ to: '/exchange/new' });
  useShortcut('N', t('new'), begin, { enabled: mayRecord });
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<ListTotal total={total} words={(counted) => t('subtitle.count', counted)} />}
        actions={
          <Can action="exchanges.record">
            <Button leftSection={<IconReplace size={16} aria-hidden />} onClick={begin}>
              {t('new')}
            </Button>
          </Can>
        }
      />
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('presets')}
          data={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
          value={presetOf(view.question) ?? ''}
          onChange={(value) => onView({ ...view, question: askPreset(view.question, value as Preset) })}
        />
      </Group>
      <DataList
        {...list}
        label={t('title')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        empty={<EmptyState icon={IconGaugeOff} title={t('empty')} text={t('emptyText')} />}
        onOpen={(row, index) => {
          leave(row, index);
          void navigate({ to: '/exchanges/$id', params: { id: row.id } });
        }}
      />
    </>
  );
}

const labelOf = (row: ExchangeRow) => `${row.id} ${row.address}`;
