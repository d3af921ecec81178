import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconPlus, IconUserX } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionRow } from '../../../shared/contract/deletions';
import type { ListQuestion } from '../../../shared/contract/lists';
import { host } from '../../app/host';
import { useListMemory } from '../../app/lists/listMemory';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { exportColumns } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { readRows, usePages } from '../../ui/list/pages';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { useShortcut } from '../../ui/shortcuts';
import { useDeletionColumns } from './deletionColumns';
import { isNarrowedFurther, PRESETS, type Preset, presetOf, questionOf } from './deletionPresets';
import { deletionReader } from './deletionRows';
import type { DeletionsSearch } from './deletionsSearch';
import { RequestDeletion } from './RequestDeletion';

const OPEN = questionOf('open');

/** Requests for the deletion of an account: what is due first comes first. */
export function DeletionsPage({ search }: { search: DeletionsSearch }) {
  const { t } = useTranslation('deletions');
  const navigate = useNavigate();
  const mayAsk = useMay('deletions.request');
  const mayExport = useMay('lists.startExport');
  const columns = useDeletionColumns();
  const standard = useMemo(() => ({ ...standardView(columns, OPEN.sort), question: OPEN }), [columns]);
  const { at, walked, remember } = useListMemory('deletions');
  const arrangement = useSavedViews('deletions', columns, standard);
  const { view, onView, views } = arrangement;
  const [creating, setCreating] = useState(false);
  useAddressed(search, arrangement, ({ show, create }) => {
    if (show) onView({ ...standard, question: questionOf(show) });
    if (create && mayAsk) setCreating(true);
  });
  const { question } = view;
  const reader = useMemo(() => deletionReader(question), [question]);
  const { sort: _, ...counted } = question;
  const total = useQuery(
    trpc.deletions.count.queryOptions({ question: counted }, { placeholderData: keepPreviousData }),
  ).data;
  // The place one left is a place in that list only.
  const place = at && walked && JSON.stringify(walked) === reader.identity ? at : null;
  const rows = usePages(reader, total, place?.index ?? 0);
  const exporting = useExport(() => ({
    list: 'deletions',
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title: t('title'),
  }));
  const ask = () => setCreating(true);
  useShortcut('N', t('new'), ask, { enabled: mayAsk });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={total ? <Count count={total.count} /> : '\u00a0'}
        actions={
          mayAsk && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={ask}>
              {t('new')}
            </Button>
          )
        }
      />
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('which')}
          data={PRESETS.map((value) => ({ value, label: t(`preset.${value}`) }))}
          value={presetOf(question) ?? ''}
          onChange={(value) => onView({ ...view, question: questionOf(value as Preset) })}
        />
      </Group>
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
          void navigate({ to: '/deletions/$id', params: { id: row.id } });
        }}
        startAt={place}
        views={{
          ...views,
          choose: (chosen) => {
            views.choose(chosen);
            void navigate({ to: '/deletions', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        {...(mayExport ? { exporting } : {})}
        printer={host.print}
      />
      {creating && <RequestDeletion onClose={() => setCreating(false)} />}
    </>
  );
}

const keyOf = (row: DeletionRow) => row.id;
const labelOf = (row: DeletionRow) => row.number;

/** Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. */
function useAddressed(
  search: DeletionsSearch,
  { showView }: ReturnType<typeof useSavedViews>,
  show: (search: DeletionsSearch) => void,
) {
  const navigate = useNavigate();
  const done = useRef<DeletionsSearch>(null);
  useEffect(() => {
    if (done.current === search) return;
    if (search.view && showView(search.view) === null) return;
    done.current = search;
    if (!search.show && !search.create) return;
    show(search);
    void navigate({ to: '/deletions', search: {}, replace: true });
  });
}

function Count({ count }: { count: number }) {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  return <span aria-live="polite">{t('count', { count, formatted: format.count(count) })}</span>;
}

function Empty({ question }: { question: ListQuestion }) {
  const { t } = useTranslation('deletions');
  const preset = isNarrowedFurther(question) ? null : presetOf(question);
  return (
    <EmptyState
      icon={IconUserX}
      title={t(preset ? `empty.${preset}` : 'empty.filtered')}
      {...(preset === 'open' ? { text: t('empty.text') } : {})}
    />
  );
}
