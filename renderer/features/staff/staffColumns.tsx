import { ActionIcon, Menu } from '@mantine/core';
import {
  IconClockHour4,
  IconDots,
  IconKey,
  IconPencil,
  IconPlaneDeparture,
  IconSwitchHorizontal,
  IconUserOff,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffMember } from '../../../shared/contract/staff';
import { STAFF_GROUPS } from '../../../shared/permissions';
import { useSession } from '../../app/session';
import { useFormat } from '../../ui/format';
import type { ListColumn } from '../../ui/list/columns';
import { useMay } from '../../ui/permissions';
import { StateBadge } from '../../ui/StateBadge';
import type { StaffAct } from './staffActs';

/** The columns of the staff list; the acts only for who may act, and never upon oneself. */
export function useStaffColumns(today: string, onAct: (act: StaffAct) => void): readonly ListColumn<StaffMember>[] {
  const { t } = useTranslation('staff');
  const format = useFormat();
  const mayAct = useMay('staff.end');
  const { user } = useSession();
  const supervises = mayAct || user.group === 'bok_supervisor';
  return useMemo(() => {
    const groups = STAFF_GROUPS.map((value) => ({ value, label: t(`group.${value}`) }));
    const day = (key: 'created' | 'passwordSet', at: (member: StaffMember) => string): ListColumn<StaffMember> => ({
      key,
      header: t(`column.${key}`),
      width: 120,
      align: 'right',
      sortKey: key,
      value: at,
      print: (member) => format.dateTime(at(member)).split(',')[0],
      render: (member) => format.dateTime(at(member)).split(',')[0],
    });
    const shown: ListColumn<StaffMember>[] = [
      {
        key: 'name',
        header: t('column.name'),
        width: 140,
        grow: 2,
        fixed: true,
        searched: true,
        sortKey: 'name',
        filter: { by: 'text' },
        value: (member) => member.displayName,
        render: (member) => member.displayName,
      },
      {
        key: 'login',
        header: t('column.login'),
        width: 105,
        grow: 1,
        searched: true,
        sortKey: 'login',
        filter: { by: 'text' },
        value: (member) => member.login,
        render: (member) => member.login,
      },
      {
        key: 'group',
        header: t('column.group'),
        width: 215,
        grow: 1,
        filter: { by: 'values', choices: groups },
        words: Object.fromEntries(groups.map(({ value, label }) => [value, label])),
        value: (member) => member.group,
        render: (member) => t(`group.${member.group}`),
      },
      {
        key: 'state',
        header: t('column.state'),
        width: 200,
        value: (member) => member.absentTo,
        print: (member) => <State member={member} today={today} />,
        render: (member) => <State member={member} today={today} />,
      },
      {
        key: 'phone',
        header: t('column.phone'),
        width: 140,
        searched: true,
        filter: { by: 'text', nothing: true },
        value: (member) => member.phone,
        render: (member) => member.phone ?? '—',
      },
      { ...day('created', (member) => member.createdAt), hidden: true },
      day('passwordSet', (member) => member.passwordResetAt),
    ];
    if (!supervises) return shown;
    const acts: ListColumn<StaffMember> = {
      key: 'acts',
      fixed: true,
      offPaper: true,
      value: () => null,
      header: t('column.acts'),
      width: 90,
      align: 'center',
      render: (member) =>
        member.active && <Acts member={member} administers={mayAct && member.login !== user.login} onAct={onAct} />,
    };
    return [...shown, acts];
  }, [t, format, today, mayAct, supervises, user.login, onAct]);
}

function State({ member, today }: { member: StaffMember; today: string }) {
  const { t } = useTranslation('staff');
  const format = useFormat();
  if (!member.active) return <StateBadge tone="neutral" icon={IconUserOff} label={t('state.ended')} />;
  if (member.mustChangePassword)
    return <StateBadge tone="warn" icon={IconClockHour4} label={t('state.firstPassword')} />;
  // A long past absence says nothing any more; one to come is worth knowing.
  if (member.absentFrom && (!member.absentTo || member.absentTo >= today)) {
    const from = format.date(member.absentFrom);
    const until = member.absentTo && t('state.absent', { day: format.date(member.absentTo) });
    const label = member.absentFrom > today ? t('state.absentFrom', { day: from }) : (until ?? t('state.absentOpen'));
    return <StateBadge tone="info" icon={IconPlaneDeparture} label={label} />;
  }
  return <StateBadge tone="ok" label={t('state.active')} />;
}

interface ActsProps {
  member: StaffMember;
  /** All acts, or the absence alone. */
  administers: boolean;
  onAct: (act: StaffAct) => void;
}

function Acts({ member, administers, onAct }: ActsProps) {
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
        <Menu.Item leftSection={<IconPlaneDeparture size={16} aria-hidden />} onClick={choose('absence')}>
          {t('absence.act')}
        </Menu.Item>
        {administers && (
          <>
            <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={choose('details')}>
              {t('details.act')}
            </Menu.Item>
            <Menu.Item leftSection={<IconSwitchHorizontal size={16} aria-hidden />} onClick={choose('group')}>
              {t('regroup.act')}
            </Menu.Item>
            <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={choose('reset')}>
              {t('reset.act')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconUserOff size={16} aria-hidden />} onClick={choose('end')}>
              {t('end.act')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
