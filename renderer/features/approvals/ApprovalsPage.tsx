import { Group, SegmentedControl } from '@mantine/core';
import { IconRubberStamp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalRow } from '../../../shared/contract/approvals';
import { serverList } from '../../app/lists/serverList';
import { useAddressed } from '../../app/lists/useAddressed';
import { useSavedViews } from '../../app/lists/useSavedViews';
import { useServerList } from '../../app/lists/useServerList';
import { useSession } from '../../app/session';
import { client, trpc } from '../../app/trpc';
import { EmptyState } from '../../ui/EmptyState';
import { DataList } from '../../ui/list/DataList';
import { ListTotal } from '../../ui/list/ListTotal';
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

const APPROVALS = serverList<ApprovalRow>('approvals', trpc.approvals, client.approvals);

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
  const { view, onView } = arrangement;
  useAddressed(search, arrangement, ({ show, approval }) => {
    if (!show) return;
    onView({ ...standard, question: questionOf(show, user.login) });
    void navigate({ to: '/approvals', search: approval ? { approval } : {}, replace: true });
  });
  const { question } = view;
  const { total, list } = useServerList(APPROVALS, arrangement, {
    columns,
    standard,
    title: t('title'),
    onAddress: (chosen) => void navigate({ to: '/approvals', search: chosen, replace: true }),
  });
  const open = (approval: string | undefined) =>
    void navigate({ to: '/approvals', search: approval ? { approval } : {}, replace: true });
  const preset = presetOf(question, user.login);
  const offered = PRESETS.filter((each) => decides || each !== 'waiting');

  return (
    <>
      <PageHeader title={t('title')} subtitle={<ListTotal total={total} words={(counted) => t('count', counted)} />} />
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
        {...list}
        label={t('list')}
        rowLabel={labelOf}
        onOpen={(row) => open(row.id)}
        empty={
          <EmptyState
            icon={IconRubberStamp}
            title={t(`empty.${preset ?? 'filtered'}`)}
            {...(preset && preset !== 'decided' ? { text: t('empty.text') } : {})}
          />
        }
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

const labelOf = (approval: ApprovalRow) => approval.label ?? approval.id;
