import { Button, Group, SegmentedControl } from '@mantine/core';
import { IconPlus, IconUserX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeletionRow } from '../../../shared/contract/deletions';
import type { ListQuestion } from '../../../shared/contract/lists';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { useShortcut } from '../../ui/shortcuts';
import { useDeletionColumns } from './deletionColumns';
import { isNarrowedFurther, PRESETS, type Preset, presetOf, questionOf } from './deletionPresets';
import { DELETIONS } from './deletionRows';
import type { DeletionsSearch } from './deletionsSearch';
import { RequestDeletion } from './RequestDeletion';

const OPEN = questionOf('open');

/** Requests for the deletion of an account: what is due first comes first. */
export function DeletionsPage({ search }: { search: DeletionsSearch }) {
  const { t } = useTranslation('deletions');
  const navigate = useNavigate();
  const mayAsk = useMay('deletions.request');
  const columns = useDeletionColumns();
  const standard = useMemo(() => ({ ...standardView(columns, OPEN.sort), question: OPEN }), [columns]);
  const arrangement = useSavedViews('deletions', columns, standard);
  const { view, onView } = arrangement;
  const [creating, setCreating] = useState(false);
  useAddressed(search, arrangement, ({ show, create }) => {
    if (!show && !create) return;
    if (show) onView({ ...standard, question: questionOf(show) });
    if (create && mayAsk) setCreating(true);
    void navigate({ to: '/deletions', search: {}, replace: true });
  });
  const { question } = view;
  const { total, leave, list } = useServerList(DELETIONS, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/deletions', search: chosen, replace: true }),
  });
  const ask = () => setCreating(true);
  useShortcut('N', t('new'), ask, { enabled: mayAsk });

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />}
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
        {...list}
        label={t('title')}
        rowLabel={labelOf}
        wordsHint={t('wordsHint')}
        empty={<Empty question={question} />}
        onOpen={(row, index) => {
          leave(row, index);
          void navigate({ to: '/deletions/$id', params: { id: row.id } });
        }}
      />
      {creating && <RequestDeletion onClose={() => setCreating(false)} />}
    </>
  );
}

const labelOf = (row: DeletionRow) => row.number;

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
