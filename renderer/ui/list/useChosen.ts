import { notifications } from '@mantine/notifications';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ALL_CHOSEN, type Chosen, choose, NOTHING_CHOSEN } from './selection';

/** What is chosen in a list. Another question is another list: what was chosen in the last one is not carried over. */
export function useChosen(question: string) {
  const { t } = useTranslation('lists');
  const [kept, setKept] = useState<{ question: string; chosen: Chosen }>({ question, chosen: NOTHING_CHOSEN });
  const chosen = kept.question === question ? kept.chosen : NOTHING_CHOSEN;
  const latest = useRef(chosen);
  latest.current = chosen;
  const set = useCallback((next: Chosen) => setKept({ question, chosen: next }), [question]);
  const say = useCallback(
    (message: string) => notifications.show({ id: 'list-selection', color: 'yellow', role: 'alert', message }),
    [],
  );
  return {
    chosen,
    set,
    chooseRows: useCallback(
      (keys: readonly string[], on: boolean) => {
        const next = choose(latest.current, keys, on);
        if (next) set(next);
        else say(t('selection.tooMany'));
      },
      [set, say, t],
    ),
    chooseAll: useCallback(() => set(ALL_CHOSEN), [set]),
    clear: useCallback(() => {
      const some = latest.current.all || latest.current.keys.size > 0;
      if (some) set(NOTHING_CHOSEN);
      return some;
    }, [set]),
    sayUnloaded: useCallback(() => say(t('selection.unloaded')), [say, t]),
  };
}
