import { ActionIcon, Menu } from '@mantine/core';
import { IconClockHour4, IconDots, IconKey, IconPlaneDeparture, IconUserOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffMember } from '../../../shared/contract/staff';
import { useSession } from '../../app/session';
import type { Column } from '../../ui/DataTable';
import { useFormat } from '../../ui/format';
import { useMay } from '../../ui/permissions';
import { StateBadge } from '../../ui/StateBadge';
import type { StaffAct } from './staffActs';

/** The columns of the staff list; the acts only for who may act, and never upon oneself. */
export function useStaffColumns(onAct: (act: StaffAct) => void): readonly Column<StaffMember>[] {
  const { t } = useTranslation('staff');
  const format = useFormat();
  const mayAct = useMay('staff.end');
  const { user } = useSession();
  return useMemo(() => {
    const shown: Column<StaffMember>[] = [
      { key: 'name', header: t('column.name'), width: 140, grow: 2, render: (member) => member.displayName },
      { key: 'login', header: t('column.login'), width: 105, grow: 1, render: (member) => member.login },
      { key: 'group', header: t('column.group'), width: 215, grow: 1, render: (member) => t(`group.${member.group}`) },
      { key: 'state', header: t('column.state'), width: 200, render: (member) => <State member={member} /> },
      { key: 'phone', header: t('column.phone'), width: 140, render: (member) => member.phone ?? '—' },
      {
        key: 'created',
        header: t('column.created'),
        width: 105,
        align: 'right',
        render: (member) => format.dateTime(member.createdAt).split(',')[0],
      },
    ];
    if (!mayAct) return shown;
    const acts: Column<StaffMember> = {
      key: 'acts',
      header: t('column.acts'),
      width: 90,
      align: 'center',
      render: (member) => member.active && member.login !== user.login && <Acts member={member} onAct={onAct} />,
    };
    return [...shown, acts];
  }, [t, format, mayAct, user.login, onAct]);
}

function State({ member }: { member: StaffMember }) {
  const { t } = useTranslation('staff');
  const format = useFormat();
  if (!member.active) return <StateBadge tone="neutral" icon={IconUserOff} label={t('state.ended')} />;
  if (member.mustChangePassword)
    return <StateBadge tone="warn" icon={IconClockHour4} label={t('state.firstPassword')} />;
  if (member.absentTo) {
    return (
      <StateBadge
        tone="info"
        icon={IconPlaneDeparture}
        label={t('state.absent', { day: format.date(member.absentTo) })}
      />
    );
  }
  return <StateBadge tone="ok" label={t('state.active')} />;
}

function Acts({ member, onAct }: { member: StaffMember; onAct: (act: StaffAct) => void }) {
  const { t } = useTranslation('staff');
  const choose = (act: StaffAct['act']) => () => onAct({ act, member, requestId: crypto.randomUUID() });
  return (
    // Outside of the list, which would cut it off, but inside the main landmark.
    <Menu position="bottom-end" portalProps={{ target: '#main' }}>
      <Menu.Target>
        <ActionIcon aria-label={t('acts', { name: member.displayName })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={choose('reset')}>
          {t('reset.act')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconUserOff size={16} aria-hidden />} onClick={choose('end')}>
          {t('end.act')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
