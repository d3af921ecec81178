import {
  type Icon,
  IconCalendarOff,
  IconGavel,
  IconScale,
  IconServer,
  IconTemplate,
  IconUser,
  IconUsers,
} from '@tabler/icons-react';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../shared/permissions';
import { Can } from '../../ui/Can';
import classes from './SettingsLayout.module.css';

const PLACES = [
  { to: '/settings', word: 'own', icon: IconUser, action: 'session.saveSettings' },
  { to: '/settings/staff', word: 'staff', icon: IconUsers, action: 'staff.list' },
  { to: '/settings/rules', word: 'rules', icon: IconScale, action: 'rules.list' },
  { to: '/settings/regulations', word: 'regulations', icon: IconGavel, action: 'regulations.list' },
  { to: '/settings/holidays', word: 'holidays', icon: IconCalendarOff, action: 'holidays.list' },
  { to: '/settings/templates', word: 'templates', icon: IconTemplate, action: 'templates.list' },
  { to: '/settings/servers', word: 'servers', icon: IconServer, action: 'session.servers' },
] as const satisfies readonly { to: string; word: string; icon: Icon; action: Action }[];

/** The parts of the settings, as far as the role may open them, above the one that is open. */
export function SettingsLayout() {
  const { t } = useTranslation('settings');
  return (
    <>
      <nav className={classes.nav} aria-label={t('title')}>
        {PLACES.map(({ to, word, icon: IconOf, action }) => (
          <Can key={to} action={action}>
            <Link to={to} activeOptions={{ exact: true }} className={classes.place}>
              <IconOf size={16} stroke={1.75} aria-hidden />
              {t(`place.${word}`)}
            </Link>
          </Can>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
