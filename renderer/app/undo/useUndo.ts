import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { UndoResult, UndoStep } from '../../../shared/contract/lists';
import { showError } from '../../ui/showError';
import { trpc } from '../trpc';
import { useStepWords } from './stepWords';

/** How many of the changes that stand in the way are named in the message. */
const NAMED = 3;

/** Takes one act back and says what came of it; `undoing` while one is under way. */
export function useUndo() {
  const { t } = useTranslation(['undo', 'customers', 'tasks']);
  const cache = useQueryClient();
  const words = useStepWords();
  const run = useMutation(trpc.undo.run.mutationOptions());
  const { mutateAsync, isPending } = run;

  const refusal = useCallback(
    (answer: Extract<UndoResult, { status: 'refused' }>): string => {
      const named = answer.changedSince
        .slice(0, NAMED)
        .map(({ subject, label, login, field }) =>
          [
            label,
            field &&
              (subject.startsWith('task:')
                ? t(`tasks:column.${field}` as 'tasks:column.title', { defaultValue: field })
                : t(`customers:contact.field.${field}` as 'customers:contact.field.phone', { defaultValue: field })),
            login,
          ]
            .filter(Boolean)
            .join(', '),
        );
      return [t('undo:refusedText'), ...named].join(' · ');
    },
    [t],
  );
  const undo = useCallback(
    async (step: UndoStep): Promise<void> => {
      try {
        const answer = await mutateAsync({ id: step.id, requestId: crypto.randomUUID() });
        if (answer.status === 'undone') {
          notifications.show({ message: t('undo:done', { what: words(step) }) });
        } else {
          notifications.show({
            color: 'yellow',
            title: t('undo:refused'),
            message: refusal(answer),
            autoClose: 12_000,
          });
        }
      } catch (error) {
        showError(error);
      } finally {
        await cache.invalidateQueries(trpc.undo.stack.pathFilter());
      }
    },
    [cache, mutateAsync, refusal, t, words],
  );
  /** Asked anew: what was newest a moment ago may not be any more. */
  const undoNewest = useCallback(async (): Promise<void> => {
    try {
      const { steps } = await cache.fetchQuery(trpc.undo.stack.queryOptions(undefined, { staleTime: 0 }));
      const newest = steps.find(({ state }) => state === 'open');
      if (newest) await undo(newest);
      else notifications.show({ message: t('undo:empty') });
    } catch (error) {
      showError(error);
    }
  }, [cache, undo, t]);
  return { undo, undoNewest, undoing: isPending };
}
