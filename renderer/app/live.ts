import type { Hint } from '../../shared/bridge';
import { concerns } from './hints';
import { host } from './host';
import { setLink } from './liveState';
import { queryClient } from './trpc';

/** Hints come in bursts (one act touches several tables): what they ask for is read once, this much later. */
const GATHER_MS = 120;

let gathered: Hint[] = [];

/** Starts turning hints into refetches; `onSession` hears what the core did to the session: locked or ended it. */
export function startLive(onSession: (what: string | undefined) => void): () => void {
  return host.onHint((hint) => {
    if (hint.topic === 'link') return setLink(hint.id === 'up');
    setLink(true);
    if (hint.topic === 'session') return onSession(hint.id);
    if (gathered.push(hint) === 1) setTimeout(flush, GATHER_MS);
  });
}

function flush(): void {
  const hints = gathered;
  gathered = [];
  if (hints.some(({ topic }) => topic === 'resync')) {
    void queryClient.invalidateQueries();
    return;
  }
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => hints.some((hint) => concerns(hint, queryKey)) });
}
