import { IconMailFast, IconMailOff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LetterRunRow } from '../../../shared/contract/letter-runs';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
import { isNarrowed, standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useRunColumns } from './runColumns';
import { LETTER_RUNS } from './runRows';
import type { LetterRunsSearch } from './runsSearch';

/** All runs of letters to many, the last one first. */
export function LetterRunsPage({ search }: { search: LetterRunsSearch }) {
  const { t } = useTranslation('letterRuns');
  const format = useFormat();
  const navigate = useNavigate();
  const columns = useRunColumns();
  const standard = useMemo(() => standardView(columns, { key: 'number', descending: true }), [columns]);
  const arrangement = useSavedViews('letterruns', columns, standard);
  useAddressed(search, arrangement, () => undefined);
  const { total, leave, list } = useServerList(LETTER_RUNS, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/letter-runs', search: chosen, replace: true }),
  });
  const narrowed = isNarrowed(arrangement.view.question);
  return (
    <>
      <PageHeader title={t('title')} subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />} />
      <DataList
        {...list}
        label={t('title')}
        rowLabel={(row: LetterRunRow) => t('rowLabel', { number: row.id, at: format.dateTime(row.startedAt) })}
        empty={
          narrowed ? (
            <EmptyState icon={IconMailOff} title={t('empty.filtered')} />
          ) : (
            <EmptyState icon={IconMailFast} title={t('empty.title')} text={t('empty.text')} />
          )
        }
        onOpen={(row, index) => {
          leave(row, index);
          void navigate({ to: '/letter-runs/$id', params: { id: row.id } });
        }}
      />
    </>
  );
}
