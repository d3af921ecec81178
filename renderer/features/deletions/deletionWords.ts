import { useTranslation } from 'react-i18next';
import type { DeletionRow } from '../../../shared/contract/deletions';
import { useFormat } from '../../ui/format';

type Term = Pick<DeletionRow, 'dueOn' | 'daysLeft' | 'overdue'>;

/** The day it is due in words, with the working days left; a closed request only had a day. */
export function useDueWords(): (term: Term) => string {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  return ({ dueOn, daysLeft, overdue }) => {
    const day = format.date(dueOn);
    if (daysLeft === null) return day;
    if (overdue) return `${day} · ${t('left.late', { count: -daysLeft })}`;
    return `${day} · ${daysLeft === 0 ? t('left.today') : t('left.days', { count: daysLeft })}`;
  };
}

/** Who did something and when; the portal and the background service by their names on screen. */
export function useByWhom(): (name: string | null, at: string | null) => string | null {
  const { t } = useTranslation('deletions');
  const format = useFormat();
  return (name, at) => {
    if (!name || !at) return null;
    const who = name === 'ibok_portal' || name === 'ibok_worker' ? t(`machine.${name}`) : name;
    return `${who}, ${format.dateTime(at)}`;
  };
}
