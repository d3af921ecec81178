import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../shared/contract/tasks';
import { client, trpc } from '../../app/trpc';
import { showError } from '../../ui/showError';
import { undoNotice } from './undoNotice';

export type TaskAct = 'complete' | 'cancel' | 'takeOver' | 'reopen';

/** What takes an act back; taking over is given back through the task's form. */
const BACK: Partial<Record<TaskAct, TaskAct>> = { complete: 'reopen', cancel: 'reopen' };

/** Completes, cancels, reopens or takes over a task, says so, and offers the way back. One act at a time per task. */
export function useTaskActs(): (act: TaskAct, task: Pick<TaskRow, 'id' | 'title'>) => void {
  const { t } = useTranslation('tasks');
  const queries = useQueryClient();
  const busy = useRef(new Set<string>());
  const run = useCallback(
    (act: TaskAct, task: Pick<TaskRow, 'id' | 'title'>) => {
      if (busy.current.has(task.id)) return;
      busy.current.add(task.id);
      const input = { id: task.id, requestId: crypto.randomUUID() };
      const sent = {
        complete: () => client.tasks.complete.mutate(input),
        cancel: () => client.tasks.cancel.mutate(input),
        reopen: () => client.tasks.reopen.mutate(input),
        takeOver: () => client.tasks.takeOver.mutate(input),
      }[act]();
      sent
        .then(() => {
          const back = BACK[act];
          const message = t(`done.${act}`, { title: task.title });
          if (back) undoNotice(message, t('undo'), () => run(back, task));
          else notifications.show({ message, color: 'green' });
        }, showError)
        .finally(() => {
          busy.current.delete(task.id);
          void queries.invalidateQueries(trpc.tasks.pathFilter());
        });
    },
    [queries, t],
  );
  return run;
}
