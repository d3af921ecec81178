import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskField } from './TaskFields';

/** Names of a task's fields, and what must be typed. */
export function useTaskLabels() {
  const { t } = useTranslation('tasks');
  return useMemo(() => {
    const labels: Record<TaskField, string> = {
      title: t('column.title'),
      note: t('note'),
      dueOn: t('column.dueOn'),
      assignee: t('column.assignee'),
    };
    const validate = (typed: Readonly<Record<TaskField, string>>): Partial<Record<TaskField, string>> => ({
      ...(typed.title.trim() ? {} : { title: t('titleMissing') }),
      ...(typed.dueOn ? {} : { dueOn: t('dueMissing') }),
    });
    return { labels, validate };
  }, [t]);
}
