import { Group, SegmentedControl } from '@mantine/core';
import { IconClipboardCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListQuestion } from '../../../shared/contract/lists';
import type { MeterCaseRow } from '../../../shared/contract/meter-cases';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useCaseColumns } from './caseColumns';
import { isNarrowedFurther, PRESETS, type Preset, presetOf, questionOf } from './casePresets';
import { METER_CASES } from './caseRows';
import type { MeterCasesSearch } from './casesSearch';

const OPEN = questionOf('open');

/** Sub-meters on their way to deduction and meters whose correctness is disputed: what each waits for. */
export function MeterCasesPage({ search }: { search: MeterCasesSearch }) {
  const { t } = useTranslation('meterCases');
  const navigate = useNavigate();
  const columns = useCaseColumns();
  const standard = useMemo(() => ({ ...standardView(columns, OPEN.sort), question: OPEN }), [columns]);
  const arrangement = useSavedViews('metercases', columns, standard);
  const { view, onView } = arrangement;
  useAddressed(search, arrangement, ({ show }) => {
    if (!show) return;
    onView({ ...standard, question: questionOf(show) });
    void navigate({ to: '/meter-cases', search: {}, replace: true });
  });
  const { question } = view;
  const { total, leave, list } = useServerList(METER_CASES, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/meter-cases', search: chosen, replace: true }),
  });
  return (
    <>
      <PageHeader title={t('title')} subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />} />
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
          void navigate({ to: '/meter-cases/$id', params: { id: row.id } });
        }}
      />
    </>
  );
}

const labelOf = (row: MeterCaseRow) => row.number;

function Empty({ question }: { question: ListQuestion }) {
  const { t } = useTranslation('meterCases');
  const preset = isNarrowedFurther(question) ? null : presetOf(question);
  return (
    <EmptyState
      icon={IconClipboardCheck}
      title={t(preset ? `empty.${preset}` : 'empty.filtered')}
      text={t('empty.text')}
    />
  );
}
