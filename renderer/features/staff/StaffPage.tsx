import { Button, SegmentedControl } from '@mantine/core';
import { IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { host } from '../../app/host';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { EmptyState } from '../../ui/EmptyState';
import { MemoryList } from '../../ui/list/MemoryList';
import { PageHeader } from '../../ui/PageHeader';
import { AbsenceDrawer } from './AbsenceDrawer';
import { ChangeGroup } from './ChangeGroup';
import { CreateStaff } from './CreateStaff';
import { DetailsDrawer } from './DetailsDrawer';
import { EndStaff } from './EndStaff';
import { FirstPassword, type IssuedPassword } from './FirstPassword';
import { ResetPassword } from './ResetPassword';
import type { StaffAct } from './staffActs';
import { useStaffColumns } from './staffColumns';

const BY_NAME = { key: 'name', descending: false };

/** Who works here and in which role; the administrator adds, resets and ends. */
export function StaffPage() {
  const { t } = useTranslation('staff');
  const list = useQuery(trpc.staff.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const [act, setAct] = useState<StaffAct | null>(null);
  const [issued, setIssued] = useState<IssuedPassword | null>(null);
  const [shown, setShown] = useState<'active' | 'ended'>('active');
  const office = useQuery(trpc.staff.colleagues.queryOptions());
  const columns = useStaffColumns(office.data?.today ?? '', setAct);
  const members = list.data?.members ?? [];
  const active = members.filter((member) => member.active).length;
  const rows = members.filter((member) => member.active === (shown === 'active'));

  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={list.data ? t('count', { count: active }) : '\u00a0'}
        actions={
          <Can action="staff.create">
            <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>
              {t('add')}
            </Button>
          </Can>
        }
      />
      <SegmentedControl
        mb="sm"
        size="xs"
        aria-label={t('shown.label')}
        style={{ alignSelf: 'flex-start', flex: 'none' }}
        data={[
          { value: 'active', label: t('shown.active') },
          { value: 'ended', label: t('shown.ended', { count: members.length - active }) },
        ]}
        value={shown}
        onChange={(value) => setShown(value as 'active' | 'ended')}
      />
      <MemoryList
        label={t('list')}
        title={t('title')}
        columns={columns}
        rows={list.data && rows}
        rowKey={(member) => member.id}
        rowLabel={(member) => member.displayName}
        sort={BY_NAME}
        wordsHint={t('wordsHint')}
        printer={host.print}
        error={list.error ?? undefined}
        onRetry={() => void list.refetch()}
        empty={<EmptyState icon={IconUsersGroup} title={t(shown === 'active' ? 'empty' : 'emptyEnded')} />}
      />
      {creating && (
        <CreateStaff
          onClose={() => setCreating(false)}
          onCreated={(password) => {
            setCreating(false);
            setIssued(password);
          }}
        />
      )}
      <ResetPassword
        asked={act?.act === 'reset' ? act : null}
        onClose={() => setAct(null)}
        onReset={(password) => {
          setAct(null);
          setIssued(password);
        }}
      />
      {act?.act === 'group' && <ChangeGroup asked={act} onClose={() => setAct(null)} />}
      {act?.act === 'absence' && <AbsenceDrawer member={act.member} onClose={() => setAct(null)} />}
      {act?.act === 'details' && <DetailsDrawer member={act.member} onClose={() => setAct(null)} />}
      <EndStaff asked={act?.act === 'end' ? act : null} onClose={() => setAct(null)} />
      <FirstPassword issued={issued} onDone={() => setIssued(null)} />
    </>
  );
}
