import { useRouter, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { linkTo } from '../../../shared/domain/places';
import { useMay } from '../../ui/permissions';
import { useShortcut } from '../../ui/shortcuts';
import { host } from '../host';
import { recordOf } from '../records';
import { useSession } from '../session';
import { useCommand } from './commands';

/** What can be done from everywhere, by name in the search box; the rarer ones have no key of their own. */
export function useShellCommands(): void {
  const { t } = useTranslation('shell');
  const { user, lock, signOut, saveSettings } = useSession();
  const router = useRouter();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const record = recordOf(path);
  const print = () => void host.print();
  const pop = () => void host.openWindow(path);
  const otherTheme = user.settings.theme === 'dark' ? 'light' : 'dark';
  const otherLanguage = user.settings.language === 'pl' ? 'en' : 'pl';

  useShortcut('Ctrl+P', t('command.print'), print);
  useShortcut('Alt+O', t('command.ownWindow'), pop, { enabled: record !== null });
  useCommand({ id: 'print', label: t('command.print'), keys: 'Ctrl+P', run: print });
  useCommand({ id: 'own-window', label: t('command.ownWindow'), keys: 'Alt+O', run: pop }, record !== null);
  useCommand(
    {
      id: 'copy-link',
      label: t('command.copyLink'),
      run: () => void navigator.clipboard.writeText(linkTo(path)).catch(() => undefined),
    },
    record !== null,
  );
  useCommand({ id: 'lock', label: t('person.lock'), keys: 'Ctrl+L', run: () => void lock() });
  useCommand({ id: 'sign-out', label: t('person.signOut'), run: () => void signOut() });
  useCommand({
    id: 'theme',
    label: t(`command.theme.${otherTheme}`),
    run: () => void saveSettings({ theme: otherTheme }),
  });
  useCommand({
    id: 'language',
    label: t(`command.language.${otherLanguage}`),
    run: () => void saveSettings({ language: otherLanguage }),
  });
  useCommand(
    {
      id: 'new-registration',
      label: t('command.newRegistration'),
      run: () => void router.navigate({ to: '/registrations', search: { create: true } }),
    },
    useMay('registrations.create'),
  );
  useCommand(
    {
      id: 'new-deletion',
      label: t('command.newDeletion'),
      run: () => void router.navigate({ to: '/deletions', search: { create: true } }),
    },
    useMay('deletions.request'),
  );
  useCommand({ id: 'back', label: t('command.back'), run: () => router.history.back() });
  useCommand(
    {
      id: 'notifications',
      label: t('command.notifications'),
      run: () => void Notification.requestPermission(),
    },
    // Electron's notices need no permission of the page.
    host.kind === 'loopback' && 'Notification' in window && Notification.permission === 'default',
  );
}
