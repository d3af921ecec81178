import type { Hint } from '../../shared/bridge';
import { concerns, isLogged } from './hints';
import { host } from './host';
import { setLink } from './liveState';
import { pace } from './pace';
import { queryClient } from './trpc';

const pacing = pace(readAgain, () => document.hidden);

/** Starts turning hints into refetches; `onSession` hears what the core did to the session: locked or ended it. */
export function startLive(onSession: (what: string | undefined) => void): () => void {
  const onVisibility = () => {
    if (!document.hidden) pacing.shown();
  };
  document.addEventListener('visibilitychange', onVisibility);
  const stop = host.onHint((hint) => {
    if (hint.topic === 'link') return setLink(hint.id === 'up');
    setLink(true);
    if (hint.topic === 'session') return onSession(hint.id);
    pacing.add(hint);
  });
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    stop();
  };
}

function readAgain(hints: readonly Hint[], hidden: boolean): void {
  const all = hints.some(({ topic }) => topic === 'resync');
  void queryClient.invalidateQueries({
    predicate: ({ queryKey }) =>
      !(hidden && isLogged(queryKey)) && (all || hints.some((hint) => concerns(hint, queryKey))),
  });
}
