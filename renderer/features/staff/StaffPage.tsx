import { Button } from '@mantine/core';
import { IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../app/trpc';
import { Can } from '../../ui/Can';
import { DataTable } from '../../ui/DataTable';
import { EmptyState } from '../../ui/EmptyState';
import { PageHeader } from '../../ui/PageHeader';
import { CreateStaff } from './CreateStaff';
import { EndStaff } from './EndStaff';
import { FirstPassword, type IssuedPassword } from './FirstPassword';
import { ResetPassword } from './ResetPassword';
import type { StaffAct } from './staffActs';
import { useStaffColumns } from './staffColumns';

/** Who works here and in which role; the administrator adds, resets and ends. */
export function StaffPage() {
  const { t } = useTranslation('staff');
  const list = useQuery(trpc.staff.list.queryOptions());
  const [creating, setCreating] = useState(false);
  const [act, setAct] = useState<StaffAct | null>(null);
  const [issued, setIssued] = useState<IssuedPassword | null>(null);
  const columns = useStaffColumns(setAct);
  const members = list.data?.members ?? [];
  const active = members.filter((member) => member.active).length;

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
      <DataTable
        main
        label={t('list')}
        columns={columns}
        rows={members}
        rowKey={(member) => member.id}
        loading={list.isPending}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState icon={IconUsersGroup} title={t('empty')} />}
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
      <EndStaff asked={act?.act === 'end' ? act : null} onClose={() => setAct(null)} />
      <FirstPassword issued={issued} onDone={() => setIssued(null)} />
    </>
  );
}
