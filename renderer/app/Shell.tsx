import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import {
  type Icon,
  IconCalendarDue,
  IconChecklist,
  IconClipboardCheck,
  IconClipboardList,
  IconFileImport,
  IconFileText,
  IconGauge,
  IconHeartRateMonitor,
  IconHome,
  IconMail,
  IconMailFast,
  IconNotebook,
  IconReplace,
  IconRoute,
  IconRubberStamp,
  IconSettings,
  IconUserCircle,
  IconUserEdit,
  IconUsers,
  IconUserX,
} from '@tabler/icons-react';
import { useNavigate, useRouter, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../shared/permissions';
import { Can } from '../ui/Can';
import { useShortcut } from '../ui/shortcuts';
import { AllowedOutlet } from './AllowedOutlet';
import { ApprovalCounter } from './ApprovalCounter';
import { CommandsProvider, useCommand } from './desktop/commands';
import { usePlaces } from './desktop/usePlaces';
import { useShellCommands } from './desktop/useShellCommands';
import { useWaiting } from './desktop/useWaiting';
import { useWorkspace } from './desktop/useWorkspace';
import { LiveBadge } from './LiveBadge';
import { PinnedViews } from './lists/PinnedViews';
import { Mark } from './Mark';
import { MailNotice } from './mail/MailNotice';
import { PersonMenu } from './PersonMenu';
import { PlaceLink } from './PlaceLink';
import { RecordTabs } from './RecordTabs';
import { RegistrationCounter } from './RegistrationCounter';
import { openRecord, recordOf } from './records';
import { Search } from './Search';
import classes from './Shell.module.css';
import { useSession } from './session';
import { TaskCounter, TaskLink } from './TaskCounter';
import { UndoMenu } from './undo/UndoMenu';

const PLACES = [
  { to: '/', word: 'home', icon: IconHome, action: 'dashboard.figures' },
  { to: '/tasks', word: 'tasks', icon: IconChecklist, action: 'tasks.list' },
  { to: '/approvals', word: 'approvals', icon: IconRubberStamp, action: 'approvals.list' },
  { to: '/customers', word: 'customers', icon: IconUsers, action: 'customers.list' },
  { to: '/registrations', word: 'registrations', icon: IconFileText, action: 'registrations.list', group: 'accounts' },
  { to: '/accounts', word: 'accounts', icon: IconUserCircle, action: 'accounts.list', group: 'accounts' },
  { to: '/data-changes', word: 'dataChanges', icon: IconUserEdit, action: 'dataChanges.list', group: 'accounts' },
  { to: '/deletions', word: 'deletions', icon: IconUserX, action: 'deletions.list', group: 'accounts' },
  { to: '/meters', word: 'meters', icon: IconGauge, action: 'meters.list', group: 'meters' },
  { to: '/legalization', word: 'legalization', icon: IconCalendarDue, action: 'legalization.chart', group: 'meters' },
  { to: '/orders', word: 'orders', icon: IconClipboardList, action: 'orders.list', group: 'meters' },
  { to: '/my-orders', word: 'myOrders', icon: IconRoute, action: 'exchanges.record', group: 'meters' },
  { to: '/exchanges', word: 'exchanges', icon: IconReplace, action: 'exchanges.list', group: 'meters' },
  {
    to: '/meter-cases',
    word: 'meterCases',
    icon: IconClipboardCheck,
    action: 'meterCases.list',
    group: 'meters',
  },
  { to: '/letter-runs', word: 'letterRuns', icon: IconMailFast, action: 'letterRuns.list', group: 'meters' },
  { to: '/outbox', word: 'outbox', icon: IconMail, action: 'mail.list' },
  { to: '/imports', word: 'imports', icon: IconFileImport, action: 'imports.check' },
  { to: '/journal', word: 'journal', icon: IconNotebook, action: 'audit.journal' },
  { to: '/health', word: 'health', icon: IconHeartRateMonitor, action: 'health.get' },
  { to: '/settings', word: 'settings', icon: IconSettings, action: 'session.saveSettings' },
] as const satisfies readonly { to: string; word: string; icon: Icon; action: Action; group?: 'accounts' | 'meters' }[];

/** The first place of each group of places: the group's name stands before it. */
const GROUP_BEGINS = new Map(
  PLACES.flatMap((place) => ('group' in place ? [[place.group, place.to] as const] : [])).toReversed(),
);

/** Beside a place: what waits there for this person. */
const COUNTERS: Readonly<Record<string, ReactNode>> = {
  '/tasks': <TaskCounter />,
  '/approvals': <ApprovalCounter />,
  '/registrations': <RegistrationCounter />,
};

/** From this width on, at the usual text size, the navigation stands beside the screen: Mantine's `sm`. */
const NAV_FROM_EM = 48;

/** The frame around every screen: where one can go, the search box, how fresh the data is, who one is. */
export function Shell() {
  return (
    <CommandsProvider>
      <Frame />
    </CommandsProvider>
  );
}

function Frame() {
  const { t } = useTranslation('shell');
  const { lock, user } = useSession();
  const [navOpen, nav] = useDisclosure(false);
  // Media queries know nothing of the chosen text size: twice the text needs twice the window for the same room.
  const navFrom = `${(NAV_FROM_EM * user.settings.textSize) / 100}em`;
  const navStands = useMediaQuery(`(min-width: ${navFrom})`, true, { getInitialValueInEffect: false });
  const path = useRouterState({ select: (state) => state.location.pathname });
  const place = PLACES.find(({ to }) => (to === '/' ? path === '/' : path.startsWith(to)));
  useFollow(path, nav.close);
  useShellCommands();
  useWorkspace();
  useWaiting();
  usePlaces();
  useShortcut('Ctrl+L', t('person.lock'), () => void lock(), { everywhere: true });

  return (
    <AppShell
      header={{ height: '3.5rem' }}
      navbar={{ width: '13.5rem', breakpoint: navFrom, collapsed: { mobile: !navOpen } }}
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
          {!navStands && <Burger opened={navOpen} onClick={nav.toggle} size="sm" aria-label={t('nav.toggle')} />}
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
          <Can action="mail.waiting">
            <MailNotice />
          </Can>
          <Can action="undo.stack">
            <UndoMenu />
          </Can>
          <LiveBadge />
          <TaskLink />
          <PersonMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} mod={{ away: !navStands && !navOpen }} aria-label={t('nav.label')}>
        {PLACES.map(({ to, word, icon: IconOf, action }) => (
          <Can key={to} action={action}>
            <PlaceCommand to={to} label={t('command.go', { place: t(`nav.${word}`) })} />
            {[...GROUP_BEGINS].map(
              ([group, first]) =>
                first === to && (
                  <Text key={group} size="xs" c="dimmed" fw={600} className={classes.group}>
                    {t(`nav.group.${group}`)}
                  </Text>
                ),
            )}
            <PlaceLink
              to={to}
              label={t(`nav.${word}`)}
              leftSection={<IconOf size={18} stroke={1.6} aria-hidden />}
              active={place?.to === to}
              rightSection={COUNTERS[to]}
              aria-current={place?.to === to ? 'page' : undefined}
              className={classes.link}
            />
            {word === 'customers' && <PinnedViews list="customers" />}
            {word === 'tasks' && <PinnedViews list="tasks" />}
            {word === 'outbox' && <PinnedViews list="outbox" />}
            {word === 'approvals' && <PinnedViews list="approvals" />}
            {word === 'registrations' && <PinnedViews list="registrations" />}
            {word === 'accounts' && <PinnedViews list="accounts" />}
            {word === 'deletions' && <PinnedViews list="deletions" />}
            {word === 'exchanges' && <PinnedViews list="exchanges" />}
            {word === 'meterCases' && <PinnedViews list="metercases" />}
            {word === 'letterRuns' && <PinnedViews list="letterruns" />}
            {word === 'meters' && <PinnedViews list="meters" />}
            {word === 'legalization' && <PinnedViews list="legalization" />}
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

/** A screen that can be called by its name from the search box. */
function PlaceCommand({ to, label }: { to: (typeof PLACES)[number]['to']; label: string }) {
  const navigate = useNavigate();
  useCommand({ id: `go ${to}`, label, run: () => void navigate({ to }) });
  return null;
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
