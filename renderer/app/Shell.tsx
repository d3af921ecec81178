import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type Icon, IconFileImport, IconHome, IconUserCog, IconUsers } from '@tabler/icons-react';
import { useRouter, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../shared/permissions';
import { Can } from '../ui/Can';
import { useShortcut } from '../ui/shortcuts';
import { AllowedOutlet } from './AllowedOutlet';
import { LiveBadge } from './LiveBadge';
import { Mark } from './Mark';
import { PersonMenu } from './PersonMenu';
import { PlaceLink } from './PlaceLink';
import { RecordTabs } from './RecordTabs';
import { openRecord, recordOf } from './records';
import { Search } from './Search';
import classes from './Shell.module.css';
import { useSession } from './session';

const PLACES = [
  { to: '/', word: 'home', icon: IconHome, action: 'dashboard.figures' },
  { to: '/customers', word: 'customers', icon: IconUsers, action: 'customers.list' },
  { to: '/imports', word: 'imports', icon: IconFileImport, action: 'imports.check' },
  { to: '/staff', word: 'staff', icon: IconUserCog, action: 'staff.list' },
] as const satisfies readonly { to: string; word: string; icon: Icon; action: Action }[];

/** The frame around every screen: where one can go, the search box, how fresh the data is, who one is. */
export function Shell() {
  const { t } = useTranslation('shell');
  const { lock } = useSession();
  const [navOpen, nav] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const place = PLACES.find(({ to }) => (to === '/' ? path === '/' : path.startsWith(to)));
  useFollow(path, nav.close);
  useShortcut('Ctrl+L', t('person.lock'), () => void lock(), { everywhere: true });

  return (
    <AppShell
      header={{ height: '3.5rem' }}
      navbar={{ width: '13.5rem', breakpoint: 'sm', collapsed: { mobile: !navOpen } }}
      padding={0}
      transitionDuration={0}
    >
      {/* biome-ignore lint/a11y/useValidAnchor: screen readers know a skip link by its address */}
      <a
        href="#main"
        className="skip-link"
        onClick={(event) => {
          // The address belongs to the router: move the focus instead.
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
      >
        {t('skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Group gap="sm" wrap="nowrap" className={classes.brand}>
          <Burger opened={navOpen} onClick={nav.toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.toggle')} />
          <Mark size={26} />
          <Text fw={700} visibleFrom="sm" className={classes.name}>
            IBOK Desk
          </Text>
        </Group>
        <div className={classes.middle}>
          <Can action="customers.search">
            <Search />
          </Can>
        </div>
        <Group gap="md" wrap="nowrap">
          <LiveBadge />
          <PersonMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={t('nav.label')}>
        {PLACES.map(({ to, word, icon: IconOf, action }) => (
          <Can key={to} action={action}>
            <PlaceLink
              to={to}
              label={t(`nav.${word}`)}
              leftSection={<IconOf size={18} stroke={1.6} aria-hidden />}
              active={place?.to === to}
              aria-current={place?.to === to ? 'page' : undefined}
              className={classes.link}
            />
          </Can>
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <RecordTabs path={path} />
        <div className={classes.page}>
          <AllowedOutlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

/** Follows a change of screen: keeps the record's tab, closes the narrow navigation, moves the focus to the title. */
function useFollow(path: string, closeNav: () => void): void {
  const router = useRouter();
  const shown = useRef(path);
  useEffect(() => {
    const record = recordOf(path);
    if (record) openRecord(record);
  }, [path]);
  useEffect(
    () =>
      router.subscribe('onRendered', ({ toLocation }) => {
        if (toLocation.pathname === shown.current) return;
        shown.current = toLocation.pathname;
        closeNav();
        focusTitle();
        window.scrollTo(0, 0);
      }),
    [router, closeNav],
  );
}

const TITLE_WAIT_MS = 3_000;

/**
 * Puts the focus on the title of the screen. While its data is on the way the title is not there yet, or is still the
 * one before: whenever the focus has fallen off the page meanwhile, it is put on the title anew.
 */
function focusTitle(): void {
  const main = document.getElementById('main');
  if (!main) return;
  const put = () => (main.querySelector<HTMLElement>('[data-page-title]') ?? main).focus({ preventScroll: true });
  put();
  const watch = new MutationObserver(() => {
    if (document.activeElement === document.body || document.activeElement === main) put();
  });
  watch.observe(main, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), TITLE_WAIT_MS);
}
