import { Group, SegmentedControl } from '@mantine/core';
import { IconRubberStamp } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalRow } from '../../../shared/contract/approvals';
import type { ListQuestion } from '../../../shared/contract/lists';
import { host } from '../../app/host';
import { useExport } from '../../app/lists/useExport';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useSession } from '../../app/session';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { useFormat } from '../../ui/format';
import { exportColumns } from '../../ui/list/columns';
import { DataList } from '../../ui/list/DataList';
import { PAGE_ROWS, type PageReader, readRows, usePages } from '../../ui/list/pages';
import { standardView } from '../../ui/list/viewState';
import { PageHeader } from '../../ui/PageHeader';
import { useMay } from '../../ui/permissions';
import { ApprovalDrawer } from './ApprovalDrawer';
import { useApprovalColumns } from './approvalColumns';
import { PRESETS, type Preset, presetOf, questionOf } from './approvalPresets';
import type { ApprovalsSearch } from './approvalsSearch';

interface ApprovalsPageProps {
  search: ApprovalsSearch;
  /** The history of a request, which another feature brings. */
  history: (id: string) => ReactNode;
}

/** The one inbox of everything that takes a second person. */
export function ApprovalsPage({ search, history }: ApprovalsPageProps) {
  const { t } = useTranslation('approvals');
  const navigate = useNavigate();
  const { user } = useSession();
  const decides = useMay('approvals.decide');
  const columns = useApprovalColumns();
  const standard = useMemo(() => {
    const question = questionOf(decides ? 'waiting' : 'mine', user.login);
    return { ...standardView(columns, question.sort), question };
  }, [columns, decides, user.login]);
  const arrangement = useSavedViews('approvals', columns, standard);
  const { view, onView, views } = arrangement;
  useAddressedView(search, arrangement, (show) => onView({ ...standard, question: questionOf(show, user.login) }));
  const { question } = view;
  const reader = useMemo(() => approvalReader(question), [question]);
  const { sort: _, ...counted } = question;
  const total = useQuery(
    trpc.approvals.count.queryOptions({ question: counted }, { placeholderData: keepPreviousData }),
  ).data;
  const rows = usePages(reader, total);
  const exporting = useExport(() => ({
    list: 'approvals',
    question,
    selection: null,
    columns: exportColumns(view, columns),
    title: t('title'),
  }));
  const open = (approval: string | undefined) =>
    void navigate({ to: '/approvals', search: approval ? { approval } : {}, replace: true });
  const preset = presetOf(question, user.login);
  const offered = PRESETS.filter((each) => decides || each !== 'waiting');

  return (
    <>
      <PageHeader title={t('title')} subtitle={total ? <Count count={total.count} /> : '\u00a0'} />
      <Group mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('which')}
          data={offered.map((value) => ({ value, label: t(`preset.${value}`) }))}
          value={preset ?? ''}
          onChange={(value) => onView({ ...view, question: questionOf(value as Preset, user.login) })}
        />
      </Group>
      <DataList
        label={t('list')}
        title={t('title')}
        columns={columns}
        rowKey={keyOf}
        rowLabel={labelOf}
        rows={{ ...rows, readRows: (most) => readRows(reader, most) }}
        total={total}
        view={view}
        onView={onView}
        standard={standard}
        onOpen={(row) => open(row.id)}
        empty={
          <EmptyState
            icon={IconRubberStamp}
            title={t(`empty.${preset ?? 'filtered'}`)}
            {...(preset && preset !== 'decided' ? { text: t('empty.text') } : {})}
          />
        }
        views={{
          ...views,
          choose: (chosen) => {
            views.choose(chosen);
            void navigate({ to: '/approvals', search: chosen ? { view: chosen.id } : {}, replace: true });
          },
        }}
        exporting={exporting}
        printer={host.print}
      />
      {search.approval && (
        <ApprovalDrawer
          key={search.approval}
          id={search.approval}
          history={history(search.approval)}
          onClose={() => open(undefined)}
        />
      )}
    </>
  );
}

const keyOf = (approval: ApprovalRow) => approval.id;
const labelOf = (approval: ApprovalRow) => approval.label ?? approval.id;

function approvalReader(question: ListQuestion): PageReader<ApprovalRow> {
  const input = (cursor: string | null) => ({ question, cursor, limit: PAGE_ROWS });
  return {
    identity: `approvals ${JSON.stringify(question)}`,
    key: (cursor) => trpc.approvals.list.queryKey(input(cursor)),
    read: (cursor, signal) => client.approvals.list.query(input(cursor), { signal }),
  };
}

/** Shows what the address asks for, once for each address: afterwards the person arranges the list as they like. */
function useAddressedView(
  search: ApprovalsSearch,
  { showView }: ReturnType<typeof useSavedViews>,
  showPreset: (show: Preset) => void,
) {
  const navigate = useNavigate();
  const done = useRef<ApprovalsSearch>(null);
  useEffect(() => {
    if (done.current === search) return;
    if (search.view && showView(search.view) === null) return;
    done.current = search;
    if (!search.show) return;
    showPreset(search.show);
    void navigate({
      to: '/approvals',
      search: search.approval ? { approval: search.approval } : {},
      replace: true,
    });
  });
}

function Count({ count }: { count: number }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  return <span aria-live="polite">{t('count', { count, formatted: format.count(count) })}</span>;
}
