import { useMantineColorScheme } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { SessionState, SessionUser, Settings } from '../../shared/contract/session';
import { DensityProvider } from '../ui/density';
import { DraftsProvider } from '../ui/drafts';
import { type DraftVault, importDraftKey, openVault } from '../ui/draftVault';
import { ErrorState } from '../ui/ErrorState';
import { ActionsProvider } from '../ui/permissions';
import { SingleKeysProvider } from '../ui/shortcuts';
import { showError } from '../ui/showError';
import { useIdle } from './idle';
import { startLive } from './live';
import { rememberLanguage } from './preferences';
import { forgetRecords } from './records';
import { client, onSessionFault, queryClient } from './trpc';

const SignIn = lazy(() => import('../features/session/SignIn').then((module) => ({ default: module.SignIn })));
const NewPassword = lazy(() =>
  import('../features/session/NewPassword').then((module) => ({ default: module.NewPassword })),
);
const LockScreen = lazy(() =>
  import('../features/session/LockScreen').then((module) => ({ default: module.LockScreen })),
);

interface Session {
  user: SessionUser;
  lock: () => Promise<void>;
  signOut: () => Promise<void>;
  saveSettings: (changed: Partial<Settings>) => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

/** The signed-in person and what can be done to the session. Throws outside of an active session. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no active session');
  return session;
}

/** Shows sign-in, first password, lock screen or the application, as the core's session stands. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [state, setState] = useState<SessionState | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  /** The core ended the session; the person did not sign out. */
  const [ended, setEnded] = useState(false);

  /** What was read belongs to the session it was read in: another state starts with an empty cache. */
  const enter = useCallback((next: SessionState) => {
    setFault(null);
    setState(next);
    if (next.status !== 'active') {
      queryClient.clear();
      // A message may name a record or hold what somebody typed: the lock screen is anybody's.
      notifications.clean();
    }
    if (next.status === 'signedOut') forgetRecords();
  }, []);
  const refresh = useCallback(async () => {
    try {
      enter(await client.session.state.query());
    } catch (error) {
      setFault(error);
    }
  }, [enter]);

  useEffect(() => {
    onSessionFault(() => void refresh());
    void refresh();
    return startLive((what) => {
      if (what === 'ended') setEnded(true);
      void refresh();
    });
  }, [refresh]);

  if (!state) return fault ? <ErrorState page error={fault} onRetry={() => void refresh()} /> : null;
  if (state.status === 'active') {
    return (
      <ActiveSession state={state} onState={enter}>
        {children}
      </ActiveSession>
    );
  }
  return (
    <Suspense fallback={null}>
      {state.status === 'signedOut' && (
        <SignIn
          servers={state.servers}
          ended={ended}
          onState={(next) => {
            setEnded(false);
            enter(next);
          }}
        />
      )}
      {state.status === 'newPassword' && (
        <NewPassword displayName={state.displayName} login={state.login} onState={enter} />
      )}
      {state.status === 'locked' && <LockScreen displayName={state.displayName} login={state.login} onState={enter} />}
    </Suspense>
  );
}

interface ActiveSessionProps {
  state: Extract<SessionState, { status: 'active' }>;
  onState: (state: SessionState) => void;
  children: ReactNode;
}

function ActiveSession({ state, onState, children }: ActiveSessionProps) {
  const { user, idleSeconds } = state;
  const vault = useVault(user.login, user.draftKey);
  useSettings(user.settings);

  const lock = useCallback(async () => {
    // The screen goes first: whatever the core answers, nobody may read on.
    onState({ status: 'locked', login: user.login, displayName: user.displayName });
    await client.session.lock.mutate().then(onState, showError);
  }, [onState, user.login, user.displayName]);
  const touch = useCallback(() => {
    client.session.touch.mutate().catch(() => undefined);
  }, []);
  useIdle(user.login, idleSeconds, touch, () => void lock());

  const session = useMemo<Session>(
    () => ({
      user,
      lock,
      signOut: () => client.session.signOut.mutate().then(onState, showError),
      saveSettings: async (changed) => {
        onState({ ...state, user: { ...user, settings: { ...user.settings, ...changed } } });
        await client.session.saveSettings.mutate(changed).catch(showError);
      },
    }),
    [user, lock, onState, state],
  );

  // Forms must not start before their drafts can be read.
  if (!vault) return null;
  return (
    <SessionContext value={session}>
      <ActionsProvider actions={user.actions}>
        <DensityProvider density={user.settings.density}>
          <SingleKeysProvider enabled={user.settings.singleKeys}>
            <DraftsProvider vault={vault}>{children}</DraftsProvider>
          </SingleKeysProvider>
        </DensityProvider>
      </ActionsProvider>
    </SessionContext>
  );
}

function useVault(login: string, draftKey: string): DraftVault | null {
  const [vault, setVault] = useState<DraftVault | null>(null);
  useEffect(() => {
    let gone = false;
    void importDraftKey(draftKey).then((key) => !gone && setVault(openVault(login, key)));
    return () => {
      gone = true;
    };
  }, [login, draftKey]);
  return vault;
}

/** From this size on (percent) the frame leaves out what only adorns it. */
const LARGE_TEXT = 150;

function useSettings({ language, theme, textSize }: Settings): void {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => setColorScheme(theme), [theme, setColorScheme]);
  useEffect(() => {
    rememberLanguage(language);
    void i18next.changeLanguage(language);
  }, [language]);
  useEffect(() => {
    // Everything is measured in rem, so that all of it grows.
    const { style, dataset } = document.documentElement;
    style.fontSize = textSize === 100 ? '' : `${textSize}%`;
    if (textSize >= LARGE_TEXT) dataset.largeText = '';
    return () => {
      style.fontSize = '';
      delete dataset.largeText;
    };
  }, [textSize]);
}
